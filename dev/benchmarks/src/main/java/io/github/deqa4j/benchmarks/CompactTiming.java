package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Milliseconds an image, from file to score, over the images of a folder: {@code CompactTiming MODEL FOLDER PRECISION COUNT}.
 * {@code peer/score_compact.py} does the same in PyTorch.
 */
public final class CompactTiming {
    private static final double NANOS = 1e6;
    private static final int WARM_UP = 10;

    private CompactTiming() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[3]);
        List<Path> images;
        try (Stream<Path> files = Files.list(Path.of(args[1]))) {
            images = files.filter(file -> file.toString().matches(".*\\.(jpg|png)"))
                    .sorted()
                    .limit(count + WARM_UP)
                    .toList();
        }
        long start = System.nanoTime();
        ScorerSettings settings = ScorerSettings.defaults().withPrecision(Precision.parse(args[2]));
        try (Scorer scorer = Scorers.open(ModelSource.directory(Path.of(args[0])), settings)) {
            System.out.printf(Locale.ROOT, "load %.0f ms%n", since(start));
            double[] decoding = new double[images.size()];
            double[] scoring = new double[images.size()];
            double sum = 0;
            for (int i = 0; i < decoding.length; i++) {
                long before = System.nanoTime();
                RgbImage image = scorer.decode(EncodedImage.of(images.get(i)));
                decoding[i] = since(before);
                sum += scorer.score(image).score();
                scoring[i] = since(before) - decoding[i];
                if (i == 0) {
                    System.out.printf(Locale.ROOT, "first score after %.0f ms%n", since(start));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d images after %d to warm up: median %.1f ms to decode, %.1f ms to score; mean score %.5f%n",
                    decoding.length - WARM_UP,
                    WARM_UP,
                    median(decoding),
                    median(scoring),
                    sum / scoring.length);
        }
    }

    private static double median(double[] times) {
        double[] warm = Arrays.copyOfRange(times, WARM_UP, times.length);
        Arrays.sort(warm);
        return warm[warm.length / 2];
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / NANOS;
    }
}
