package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.metric.Estimate;
import io.github.deqa4j.metric.EvaluatedImage;
import io.github.deqa4j.metric.EvaluationReport;
import io.github.deqa4j.metric.EvaluationSet;
import io.github.deqa4j.metric.EvaluationSettings;
import io.github.deqa4j.metric.EvaluationTable;
import io.github.deqa4j.metric.Metric;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.train.config.EvaluationPlan;
import io.github.deqa4j.train.data.TrainingImageReader;
import io.github.deqa4j.train.report.EvaluationRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Evaluates a network on rated images by the correlations of its scores with the ratings. */
final class Evaluator {
    private static final int READ_TOGETHER = 32;

    private final List<MetaRow> rows;
    private final Path folder;
    private final TrainingImageReader images;
    private final ProcessGroup group;
    private final EvaluationSettings settings;

    /**
     * An evaluator.
     *
     * @param group the processes, each of which scores its share of the images
     * @throws DeqaException if the file is malformed, an image is missing, or fewer than two rows have a score
     */
    Evaluator(EvaluationPlan plan, TrainingImageReader images, ProcessGroup group) {
        Path meta = Path.of(plan.meta());
        this.folder = Path.of(plan.images());
        this.images = images;
        this.group = group;
        settings = EvaluationSettings.standard().withCurve(Optional.empty()).withResamples(0);
        rows = MetaFile.read(meta).rows().stream()
                .filter(row -> row.truth().isPresent())
                .toList();
        rows.stream()
                .filter(row -> !Files.exists(folder.resolve(row.image())))
                .findFirst()
                .ifPresent(row -> {
                    throw new InvalidDataException(
                            meta,
                            "the row " + Excerpt.quoted(row.id()) + " names an image that is not there: "
                                    + folder.resolve(row.image()));
                });
        if (rows.stream().mapToDouble(Evaluator::truth).distinct().count() < 2) {
            throw new InvalidDataException(meta, "an evaluation needs at least two rows with different scores");
        }
    }

    /**
     * Scores every image. If a score is not finite, or all are equal, both correlations are NaN.
     *
     * @throws DeqaException if an image cannot be read, on all ranks
     */
    EvaluationRow evaluate(LevelNetwork network, int step) {
        double[] scores = group.sum(group.together(() -> ownScores(network)));
        if (DoubleStream.of(scores).anyMatch(Double::isNaN)
                || DoubleStream.of(scores).distinct().count() < 2) { // a correlation with a constant is undefined
            return new EvaluationRow(step, Double.NaN, Double.NaN);
        }
        return row(
                step,
                IntStream.range(0, scores.length)
                        .mapToObj(i -> evaluated(rows.get(i), scores[i]))
                        .toList());
    }

    /** The scores of all images: those of this rank's share, and 0 for the others. */
    private double[] ownScores(LevelNetwork network) {
        double[] scores = new double[rows.size()];
        List<Integer> own =
                group.share(IntStream.range(0, scores.length).boxed().toList());
        for (int start = 0; start < own.size(); start += READ_TOGETHER) {
            List<Integer> part = own.subList(start, Math.min(own.size(), start + READ_TOGETHER));
            List<Pixels> pixels = part.parallelStream()
                    .map(i -> images.read(folder.resolve(rows.get(i).image())))
                    .toList();
            for (int i = 0; i < pixels.size(); i++) {
                scores[part.get(i)] = score(network, pixels.get(i));
            }
        }
        return scores;
    }

    private EvaluationRow row(int step, List<EvaluatedImage> scored) {
        EvaluationReport report = EvaluationTable.of(List.of(new EvaluationSet("evaluation", scored)), settings)
                .reports()
                .get(0);
        return new EvaluationRow(step, value(report, Metric.SRCC), value(report, Metric.PLCC));
    }

    private double score(LevelNetwork network, Pixels pixels) {
        try (NativeScope scope = NativeScope.inference()) {
            float[] logits = Tensors.toFloats(network.logits(LevelNetwork.batch(List.of(pixels))));
            double[] five = IntStream.range(0, logits.length)
                    .mapToDouble(i -> logits[i])
                    .toArray();
            return DoubleStream.of(five).allMatch(Double::isFinite)
                    ? LevelProbabilities.softmax(five).mean()
                    : Double.NaN;
        }
    }

    private static EvaluatedImage evaluated(MetaRow row, double score) {
        return new EvaluatedImage(row.id(), row.image(), score, 0, truth(row), Double.NaN);
    }

    private static double truth(MetaRow row) {
        return row.truth().orElseThrow().scoreNorm();
    }

    private static double value(EvaluationReport report, Metric metric) {
        return report.estimate(metric).map(Estimate::value).orElse(Double.NaN);
    }
}
