package io.github.deqa4j.train.compact;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.ResultAppender;
import io.github.deqa4j.dataset.ResultRow;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.HeadTraining.Example;
import io.github.deqa4j.train.data.Rating;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Errors of networks on images that these did not learn from, in minutes instead of hours: for each fold a few heads are trained on the
 * images of the other folds, on a trunk that nobody trains. Their logits are averaged.
 */
public final class FoldHeads {
    /** Heads of a fold. One head's scores differ by its seed; the mean's hardly do. */
    private static final int HEADS = 3;

    private static final String MODEL = "heads on a frozen trunk";

    private final List<Rows> folds;
    private final Map<String, Path> files = new LinkedHashMap<>();

    private FoldHeads(List<Rows> folds, Path images) {
        this.folds = folds;
        for (Rows rows : folds) {
            rows.train().forEach(row -> put(rows.fold().train(), images, row));
            rows.test().forEach(row -> put(rows.fold().test(), images, row));
        }
    }

    private void put(Path meta, Path images, MetaRow row) {
        files.computeIfAbsent(row.image(), name -> CompactReliability.image(meta, images, name));
    }

    /**
     * A fold, as {@code deqa labels} writes it.
     *
     * @param name of the file of results, {@code predictions_NAME.jsonl}
     * @param train training file: the images of the other folds
     * @param test test file: the images of this fold
     */
    public record Fold(String name, Path train, Path test) {}

    /** The images of a fold's two files. */
    private record Rows(Fold fold, List<MetaRow> train, List<MetaRow> test) {
        static Rows read(Fold fold) {
            return new Rows(fold, rows(fold.train()), rows(fold.test()));
        }

        private static List<MetaRow> rows(Path meta) {
            return MetaFile.read(meta).rows().stream()
                    .filter(row -> row.taskType() == MetaRow.TaskType.SCORE)
                    .toList();
        }

        List<Rating> ratings() {
            return train.stream().map(row -> rating(fold.train(), row)).toList();
        }
    }

    /**
     * Reads the files of folds.
     *
     * @param folds at least one
     * @param images the folder that the files' paths start from
     * @throws InvalidDataException if a file is malformed, lacks ratings with a std or labels, or an image is not there
     */
    public static FoldHeads of(List<Fold> folds, Path images) {
        List<Rows> rows = folds.stream().map(Rows::read).toList();
        rows.forEach(Rows::ratings); // before the long work
        return new FoldHeads(rows, images);
    }

    /** The images of all folds, each once. */
    public List<Path> images() {
        return List.copyOf(files.values());
    }

    /**
     * Writes the results of each fold's images, whole or not at all.
     *
     * @param start the small network before training: its trunk is used as it is, and its head is where the heads start
     * @param step told after each of the {@link #images}; the heads are trained after the last one
     * @param output directory of the results; it does not exist or is empty
     * @throws io.github.deqa4j.DeqaException if an image cannot be read, the network is of another kind, or the directory cannot be written
     */
    public void write(ModelFiles start, Runnable step, Path output) {
        OutputFolder.requireNew(output);
        Map<String, float[]> statistics = new HashMap<>();
        try (NetworkStatistics network = new NetworkStatistics(start)) {
            files.forEach((name, file) -> {
                statistics.put(name, network.of(network.read(file)));
                step.run();
            });
        }
        AtomicDirectory.write(output.toAbsolutePath().normalize(), folder -> {
            for (Rows rows : folds) {
                write(
                        start,
                        rows,
                        statistics,
                        folder.resolve("predictions_" + rows.fold().name() + ".jsonl"));
            }
        });
    }

    private static void write(ModelFiles start, Rows fold, Map<String, float[]> statistics, Path output) {
        List<float[]> learned = of(statistics, fold.train());
        List<Rating> ratings = fold.ratings();
        List<Example> examples = IntStream.range(0, learned.size())
                .mapToObj(i -> new Example(learned.get(i), ratings.get(i)))
                .toList();
        double[][] logits = logits(start, examples, of(statistics, fold.test()));
        try (ResultAppender results = new ResultAppender(output)) {
            for (int i = 0; i < logits.length; i++) {
                results.append(ResultRow.of(fold.test().get(i), logits[i], MODEL));
            }
        }
    }

    /** The mean logits of several heads. */
    private static double[][] logits(ModelFiles start, List<Example> examples, List<float[]> others) {
        double[][] mean = new double[others.size()][Level.ALL.size()];
        for (int seed = 1; seed <= HEADS; seed++) {
            float[][] logits = HeadTraining.logits(start, examples, others, seed);
            for (int i = 0; i < mean.length; i++) {
                for (int level = 0; level < mean[i].length; level++) {
                    mean[i][level] += (double) logits[i][level] / HEADS;
                }
            }
        }
        return mean;
    }

    private static List<float[]> of(Map<String, float[]> statistics, List<MetaRow> rows) {
        return rows.stream()
                .map(row -> Objects.requireNonNull(statistics.get(row.image())))
                .toList();
    }

    private static Rating rating(Path meta, MetaRow row) {
        MetaRow.Truth truth = row.truth().orElseThrow();
        if (row.label().isEmpty() || truth.std().isEmpty()) {
            throw new InvalidDataException(
                    meta,
                    "the row " + Excerpt.quoted(row.id())
                            + " lacks \"level_probs\" or \"std\"; generate the labels, from opinions with a std");
        }
        return new Rating(
                row.label().get().probabilities(), truth.score(), truth.std().getAsDouble());
    }
}
