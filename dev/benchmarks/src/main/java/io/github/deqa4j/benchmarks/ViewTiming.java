package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What the views cost: {@code ViewTiming PRECISION RUNS IMAGE…}. Prints the median milliseconds that decoding, the whole and detail take, for
 * each image, in Markdown.
 */
public final class ViewTiming {
    private static final int IMAGES = 2;
    private static final double MEGA = 1e6;
    private static final double NANOS_PER_MS = 1e6;

    private ViewTiming() {}

    public static void main(String[] args) {
        ScorerSettings settings = ScorerSettings.defaults().withPrecision(Precision.parse(args[0]));
        int runs = Integer.parseInt(args[1]);
        List<Path> files = Arrays.stream(args).skip(IMAGES).map(Path::of).toList();
        try (Scorer scorer = Scorers.open(ModelSource.bundled(), settings)) {
            System.out.println("| image | megapixels | decode | whole | detail | tiles | of |");
            System.out.println("|---|---|---|---|---|---|---|");
            for (Path file : files) {
                print(scorer, file, runs);
            }
        }
    }

    private static void print(Scorer scorer, Path file, int runs) {
        double[] decoding = new double[runs];
        double[] whole = new double[runs];
        double[] detail = new double[runs];
        RgbImage image = scorer.decode(EncodedImage.of(file)); // the first run of the code is slower
        DetailScore views = scorer.scoreDetail(image, DetailSettings.defaults());
        for (int run = 0; run < runs; run++) {
            long start = System.nanoTime();
            scorer.decode(EncodedImage.of(file));
            decoding[run] = milliseconds(start);
            start = System.nanoTime();
            scorer.score(image);
            whole[run] = milliseconds(start);
            start = System.nanoTime();
            scorer.scoreDetail(image, DetailSettings.defaults());
            detail[run] = milliseconds(start);
        }
        System.out.printf(
                Locale.ROOT,
                "| %s, %d×%d | %.1f | %.0f ms | %.0f ms | %.0f ms | %d | %d |%n",
                file.getFileName(),
                image.width(),
                image.height(),
                image.width() * (double) image.height() / MEGA,
                median(decoding),
                median(whole),
                median(detail),
                views.tiles().size(),
                views.places());
    }

    private static double milliseconds(long start) {
        return (System.nanoTime() - start) / NANOS_PER_MS;
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
