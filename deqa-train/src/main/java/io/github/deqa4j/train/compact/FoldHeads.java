package io.github.deqa4j.train.compact;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.LevelValues;
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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Errors of networks on images that these did not learn from, in minutes instead of hours: for each fold a few heads are trained on the
 * images of the other folds, on a trunk that nobody trains. Their logits are averaged.
 */
public final class FoldHeads {
    /** Heads of a fold. One head's scores differ by its seed; the mean's hardly do. */
    private static final int HEADS = 3;

    private static final String MODEL = "heads on a frozen trunk";

    private FoldHeads() {}

    /**
     * A fold, as {@code deqa labels} writes it.
     *
     * @param name of the file of results, {@code predictions_NAME.jsonl}
     * @param train training file: the images of the other folds
     * @param test test file: the images of this fold
     */
    public record Fold(String name, Path train, Path test) {}

    /**
     * The images of all folds, each once.
     *
     * @param images the folder that the files' paths start from
     * @throws InvalidDataException if a file is malformed, or an image is not there
     */
    public static List<Path> images(List<Fold> folds, Path images) {
        return List.copyOf(files(folds, images).values());
    }

    /**
     * Writes the results of each fold's images, whole or not at all.
     *
     * @param start the small network before training: its trunk is used as it is, and its head is where the heads start
     * @param folds at least one
     * @param images the folder that the files' paths start from
     * @param step told after each of the {@link #images}
     * @param output directory of the results; it does not exist or is empty
     * @throws io.github.deqa4j.DeqaException if a file is malformed, an image cannot be read, the network is of another kind, or the
     *     directory cannot be written
     */
    public static void write(ModelFiles start, List<Fold> folds, Path images, Runnable step, Path output) {
        OutputFolder.requireNew(output);
        folds.forEach(fold -> rows(fold.train()).forEach(row -> rating(fold.train(), row))); // before the long work
        Map<String, float[]> statistics = new LinkedHashMap<>();
        try (NetworkStatistics network = new NetworkStatistics(start)) {
            files(folds, images).forEach((name, file) -> {
                statistics.put(name, network.of(network.read(file)));
                step.run();
            });
        }
        AtomicDirectory.write(output.toAbsolutePath().normalize(), folder -> {
            for (Fold fold : folds) {
                write(start, fold, statistics, folder.resolve("predictions_" + fold.name() + ".jsonl"));
            }
        });
    }

    private static void write(ModelFiles start, Fold fold, Map<String, float[]> statistics, Path output) {
        List<Example> examples = rows(fold.train()).stream()
                .map(row -> new Example(of(statistics, row), rating(fold.train(), row)))
                .toList();
        List<MetaRow> rows = rows(fold.test());
        double[][] logits = logits(
                start, examples, rows.stream().map(row -> of(statistics, row)).toList());
        try (ResultAppender results = new ResultAppender(output)) {
            for (int i = 0; i < logits.length; i++) {
                results.append(result(rows.get(i), logits[i]));
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

    private static ResultRow result(MetaRow row, double[] logits) {
        OptionalDouble score =
                row.truth().map(truth -> OptionalDouble.of(truth.score())).orElse(OptionalDouble.empty());
        return new ResultRow(
                row.id(), row.image(), score, LevelValues.of(logits), Optional.empty(), Optional.of(MODEL));
    }

    private static float[] of(Map<String, float[]> statistics, MetaRow row) {
        return Objects.requireNonNull(statistics.get(row.image()));
    }

    private static Map<String, Path> files(List<Fold> folds, Path images) {
        Map<String, Path> files = new LinkedHashMap<>();
        for (Fold fold : folds) {
            for (Path meta : List.of(fold.train(), fold.test())) {
                rows(meta)
                        .forEach(row -> files.computeIfAbsent(
                                row.image(), name -> CompactReliability.image(meta, images, name)));
            }
        }
        return files;
    }

    private static List<MetaRow> rows(Path meta) {
        List<MetaRow> rows = new ArrayList<>(MetaFile.read(meta).rows());
        rows.removeIf(row -> row.taskType() != MetaRow.TaskType.SCORE);
        return rows;
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
