package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.MetaRow.Label;
import io.github.deqa4j.dataset.MetaRow.TaskType;
import io.github.deqa4j.dataset.MetaRow.Truth;
import io.github.deqa4j.dataset.MetaRow.Turn;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.dataset.SplitFile;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Prompt;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.Set;

/**
 * Turns opinions and a split into the rows of training and test files.
 *
 * @param settings how labels are made
 * @param imagePrefix folder of the images below the image root, put before each path with a {@code /}; empty for none
 * @param questions what may be asked
 * @param seed what the draw of questions follows from; one is drawn for every image of the split, in the order of the
 *     opinions, train and test alike
 */
public record LabelGenerator(LabelSettings settings, String imagePrefix, Questions questions, long seed) {
    /** Takes the prefix with or without a {@code /} at its end. */
    public LabelGenerator {
        imagePrefix = imagePrefix.endsWith("/") ? imagePrefix.substring(0, imagePrefix.length() - 1) : imagePrefix;
    }

    /**
     * The rows of a data set's two files.
     *
     * @param train rows with labels and conversations; may have none
     * @param test rows without; may have none
     * @param summary how well the labels of both keep mean and std of the opinions
     */
    public record LabeledSet(MetaFile train, MetaFile test, LabelSummary summary) {}

    /**
     * Makes the rows, in the order of the opinions. The scale reaches over all opinions, those of no split included.
     *
     * @throws DeqaException if two images have one name, the split names an image without an opinion, all scores are
     *     equal, or a std is missing
     */
    public LabeledSet generate(MosFile opinions, SplitFile split) {
        requireKnown(split, names(opinions));
        MosScale scale = MosScale.of(opinions.opinions());
        SoftLabelBuilder builder = new SoftLabelBuilder(settings, scale);
        Set<String> train = Set.copyOf(split.train());
        Set<String> test = Set.copyOf(split.test());
        Random random = new Random(seed);
        List<SoftLabel> labels = new ArrayList<>();
        List<MetaRow> trainRows = new ArrayList<>();
        List<MetaRow> testRows = new ArrayList<>();
        for (Opinion opinion : opinions.opinions()) {
            boolean training = train.contains(opinion.basename());
            if (training || test.contains(opinion.basename())) {
                SoftLabel label = builder.build(opinion);
                String question = questions.draw(random);
                labels.add(label);
                if (training) {
                    trainRows.add(trainRow(opinion, label, scale, question));
                } else {
                    testRows.add(testRow(opinion, label));
                }
            }
        }
        return new LabeledSet(MetaFile.of(trainRows), MetaFile.of(testRows), LabelSummary.of(labels));
    }

    private MetaRow trainRow(Opinion opinion, SoftLabel label, MosScale scale, String question) {
        OptionalDouble std = opinion.std().isEmpty() && label.std().isPresent()
                ? OptionalDouble.of(scale.rawStd(label.std().getAsDouble()))
                : opinion.std();
        return new MetaRow(
                id(opinion),
                image(opinion),
                TaskType.SCORE,
                Optional.of(new Truth(opinion.mos(), label.mean(), std, label.std())),
                Optional.of(new Label(label.raw(), label.probabilities())),
                List.of(
                        new Turn("human", question + "\n" + Prompt.IMAGE),
                        new Turn("gpt", Prompt.ANSWER_STEM + " " + label.level().word() + ".")));
    }

    /** A test row holds mean and std of the ratings. A pseudo-std is left out. */
    private MetaRow testRow(Opinion opinion, SoftLabel label) {
        OptionalDouble std = opinion.std();
        OptionalDouble stdNorm = std.isPresent() ? label.std() : OptionalDouble.empty();
        return new MetaRow(
                id(opinion),
                image(opinion),
                TaskType.SCORE,
                Optional.of(new Truth(opinion.mos(), label.mean(), std, stdNorm)),
                Optional.empty(),
                List.of());
    }

    private static String id(Opinion opinion) {
        return opinion.basename() + "->" + opinion.mosText();
    }

    private String image(Opinion opinion) {
        return imagePrefix.isEmpty() ? opinion.path() : imagePrefix + "/" + opinion.path();
    }

    private static Set<String> names(MosFile opinions) {
        Set<String> names = new HashSet<>();
        for (Opinion opinion : opinions.opinions()) {
            if (!names.add(opinion.basename())) {
                throw new DeqaException("two images of the opinions are named " + Excerpt.quoted(opinion.basename())
                        + "; a split names images without their folders, so rename one");
            }
        }
        return names;
    }

    private static void requireKnown(SplitFile split, Set<String> known) {
        List<String> unknown = new ArrayList<>(split.train());
        unknown.addAll(split.test());
        unknown.removeIf(known::contains);
        if (!unknown.isEmpty()) {
            throw new DeqaException("the split names " + Excerpt.quoted(unknown.get(0))
                    + (unknown.size() > 1 ? " and " + (unknown.size() - 1) + " more images" : "")
                    + ", of which there are no opinions; correct the split or add the opinions");
        }
    }
}
