package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.ResultFile;
import io.github.deqa4j.dataset.ResultRow;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.LevelProbabilities;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Brings a file of results and a file of truths together by the images' ids. Rows of truth for descriptions have no
 * score and are passed over.
 *
 * @param set the images that both files have, in the order of the truths
 * @param leftOut how many images only one file has; 0 unless that is allowed
 */
public record EvaluationJoin(EvaluationSet set, int leftOut) {
    private static final int SHOWN = 3;

    /**
     * Reads and joins two files.
     *
     * @param name what tables call the data set
     * @param allowMissing whether images that only one file has are left out instead of being an error
     * @throws DeqaException if a file cannot be read or holds numbers out of range, the files have different images,
     *     or the images cannot be evaluated
     */
    public static EvaluationJoin read(String name, Path results, Path truth, boolean allowMissing) {
        Map<String, ResultRow> predicted = ResultFile.read(results).rows().stream()
                .collect(Collectors.toMap(ResultRow::id, Function.identity(), (a, b) -> a, LinkedHashMap::new));
        List<MetaRow> rated = MetaFile.read(truth).rows().stream()
                .filter(row -> row.truth().isPresent())
                .toList();
        List<String> unrated = unrated(predicted, rated);
        List<String> unpredicted = rated.stream()
                .map(MetaRow::id)
                .filter(id -> !predicted.containsKey(id))
                .toList();
        if (unpredicted.size() == rated.size()) {
            throw new InvalidDataException(
                    results,
                    "none of its " + predicted.size() + " ids is in " + truth + ", such as " + some(unrated)
                            + "; name the truth that these results were made for");
        }
        if (!allowMissing) {
            requireSame(results, truth, predicted.size(), unrated, rated.size(), unpredicted);
        }
        List<EvaluatedImage> images = new ArrayList<>();
        for (MetaRow row : rated) {
            ResultRow result = predicted.get(row.id());
            if (result != null) {
                images.add(image(row, result, truth));
            }
        }
        EvaluationSet set = set(name, images, results, truth).withModel(model(results, predicted.values()));
        return new EvaluationJoin(set, unrated.size() + unpredicted.size());
    }

    /** The one model that all rows are of; empty where no row names one. */
    private static Optional<String> model(Path results, Collection<ResultRow> rows) {
        ResultRow first = rows.iterator().next();
        rows.stream()
                .filter(row -> !row.model().equals(first.model()))
                .findFirst()
                .ifPresent(other -> {
                    throw new InvalidDataException(
                            results,
                            "its rows are of several models: " + Excerpt.quoted(first.id()) + " of " + text(first)
                                    + ", "
                                    + Excerpt.quoted(other.id()) + " of " + text(other)
                                    + "; put the rows of each into a file of their own");
                });
        return first.model();
    }

    private static String text(ResultRow row) {
        return row.model().map(Excerpt::quoted).orElse("one that is not named");
    }

    private static EvaluationSet set(String name, List<EvaluatedImage> images, Path results, Path truth) {
        try {
            return new EvaluationSet(name, images);
        } catch (DeqaException e) {
            throw new DeqaException(results + ", " + truth + ": " + e.getMessage(), e);
        }
    }

    private static List<String> unrated(Map<String, ResultRow> predicted, List<MetaRow> rated) {
        Set<String> known = rated.stream().map(MetaRow::id).collect(Collectors.toCollection(HashSet::new));
        return predicted.keySet().stream().filter(id -> !known.contains(id)).toList();
    }

    private static EvaluatedImage image(MetaRow row, ResultRow result, Path file) {
        MetaRow.Truth truth = row.truth().orElseThrow();
        LevelProbabilities levels = LevelProbabilities.softmax(result.logits().toArray());
        try {
            return new EvaluatedImage(
                    row.id(),
                    row.image(),
                    levels.mean(),
                    levels.std(),
                    truth.scoreNorm(),
                    truth.stdNorm().orElse(Double.NaN));
        } catch (DeqaException e) {
            throw new InvalidDataException(file, String.valueOf(e.getMessage()));
        }
    }

    private static void requireSame(
            Path results, Path truth, int predicted, List<String> unrated, int rated, List<String> unpredicted) {
        if (!unrated.isEmpty()) {
            throw new UnmatchedImagesException(
                    results,
                    unrated.size() + " of its " + predicted + " ids are not in " + truth + ", such as " + some(unrated)
                            + "; name the truth that these results were made for, or allow missing images");
        }
        if (!unpredicted.isEmpty()) {
            throw new UnmatchedImagesException(
                    results,
                    unpredicted.size() + " of the " + rated + " images of " + truth + " have no result, such as "
                            + some(unpredicted)
                            + "; finish the prediction, or allow missing images");
        }
    }

    private static String some(List<String> ids) {
        return ids.stream().limit(SHOWN).map(Excerpt::quoted).collect(Collectors.joining(", "));
    }
}
