package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;

/** Time to load, time an image (median) and peak resident memory: {@code ScoreTiming MODEL PICTURE PRECISION RUNS}. */
public final class ScoreTiming {
    private static final double NANOS = 1e9;
    private static final Path STATUS = Path.of("/proc/self/status");

    private ScoreTiming() {}

    public static void main(String[] args) throws IOException {
        ScorerSettings settings = ScorerSettings.defaults().withPrecision(Precision.parse(args[2]));
        long start = System.nanoTime();
        try (Scorer scorer = Scorers.open(ModelSource.directory(Path.of(args[0])), settings)) {
            System.out.printf(Locale.ROOT, "load %.2f s%n", seconds(start));
            RgbImage image = scorer.decode(EncodedImage.of(Path.of(args[1])));
            double[] times = new double[Integer.parseInt(args[3])];
            for (int i = 0; i < times.length; i++) {
                long before = System.nanoTime();
                QualityScore quality = scorer.score(image);
                times[i] = seconds(before);
                System.out.printf(Locale.ROOT, "image %.2f s, score %.4f%n", times[i], quality.score());
            }
            Arrays.sort(times);
            System.out.printf(Locale.ROOT, "median %.2f s an image%n", times[times.length / 2]);
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            lines.filter(line -> line.startsWith("VmHWM") || line.startsWith("Rss"))
                    .forEach(System.out::println);
        }
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / NANOS;
    }
}
