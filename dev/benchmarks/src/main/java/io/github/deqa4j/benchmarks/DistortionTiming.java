package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.train.distortion.DistortionKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** Milliseconds that each kind of distortion takes on one core: {@code DistortionTiming PICTURE REPEATS}; the median. */
public final class DistortionTiming {
    private static final double[] STRENGTHS = {0.2, 0.6, 1};
    private static final double NANOS_PER_MILLI = 1e6;

    private DistortionTiming() {}

    public static void main(String[] args) {
        RgbImage image = new ImageReader(ReaderSettings.standard()).read(Path.of(args[0]));
        int repeats = Integer.parseInt(args[1]);
        System.out.printf(
                Locale.ROOT,
                "%d×%d pixels, ms at strengths %s%n",
                image.width(),
                image.height(),
                Arrays.toString(STRENGTHS));
        for (DistortionKind kind : DistortionKind.values()) {
            System.out.printf(Locale.ROOT, "%-16s", kind);
            for (double strength : STRENGTHS) {
                System.out.printf(Locale.ROOT, " %6.1f", median(image, kind, strength, repeats));
            }
            System.out.println();
        }
    }

    /** Of the second half of the repetitions; the first is for the compiler. */
    private static double median(RgbImage image, DistortionKind kind, double strength, int repeats) {
        double[] times = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            long start = System.nanoTime();
            RgbImage result = kind.apply(image, strength, i);
            times[i] = (System.nanoTime() - start) / NANOS_PER_MILLI;
            if (result.width() != image.width()) {
                throw new IllegalStateException(kind + " changed the size");
            }
        }
        double[] later = Arrays.copyOfRange(times, repeats / 2, repeats);
        Arrays.sort(later);
        return later[later.length / 2];
    }
}
