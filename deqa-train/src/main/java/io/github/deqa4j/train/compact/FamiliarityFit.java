package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.Familiarity;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The distribution of statistics of images. Distances of the images themselves would be too small, because the axes were laid through them.
 * Typical distances therefore come from images that are left out, a fifth at a time.
 */
final class FamiliarityFit {
    /** With 3,584 statistics in float16 they take 459 kB. */
    private static final int AXES = 64;

    private static final int PARTS = 5;

    /** The share of images that are within the limit when they are left out. */
    private static final double WITHIN = 0.99;

    private FamiliarityFit() {}

    /** @throws DeqaException if there are fewer than 10 images, or all have the same statistics */
    static Familiarity of(List<float[]> statistics) {
        if (statistics.size() < 2 * PARTS) {
            throw new DeqaException("there are " + statistics.size() + " images; at least " + 2 * PARTS
                    + " are needed to say what is familiar");
        }
        double[] residuals = new double[statistics.size()];
        List<PrincipalAxes> parts = new ArrayList<>();
        for (int part = 0; part < PARTS; part++) {
            PrincipalAxes axes = PrincipalAxes.of(without(statistics, part), AXES);
            for (int i = part; i < residuals.length; i += PARTS) {
                residuals[i] = axes.residual(statistics.get(i));
            }
            parts.add(axes);
        }
        double residual =
                Math.sqrt(Arrays.stream(residuals).map(r -> r * r).average().orElseThrow());
        double[] distances = new double[statistics.size()];
        for (int part = 0; part < PARTS; part++) {
            Familiarity rest = familiarity(parts.get(part), residual, 1);
            for (int i = part; i < distances.length; i += PARTS) {
                distances[i] = rest.unfamiliarity(statistics.get(i));
            }
        }
        Arrays.sort(distances);
        double limit = distances[(int) Math.ceil(WITHIN * distances.length) - 1];
        return familiarity(PrincipalAxes.of(statistics, AXES), residual, limit);
    }

    private static List<float[]> without(List<float[]> statistics, int part) {
        return IntStream.range(0, statistics.size())
                .filter(i -> i % PARTS != part)
                .mapToObj(statistics::get)
                .toList();
    }

    private static Familiarity familiarity(PrincipalAxes axes, double residual, double limit) {
        double[] all =
                Arrays.stream(axes.axes()).flatMapToDouble(Arrays::stream).toArray();
        return new Familiarity(
                floats(axes.mean()), floats(all), floats(axes.deviations()), (float) residual, (float) limit);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
