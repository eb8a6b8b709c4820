package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.Familiarity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays the axes through the images that a network learned from. The distances of these images from their own axes would be too small. Typical
 * distances therefore come from images that are left out, a fifth at a time.
 */
final class FamiliarityFit {
    /** With 3,584 statistics in float16 they take 459 kB. */
    private static final int AXES = 64;

    private static final int PARTS = 5;

    /** The limit, in typical distances of images that are left out. */
    private static final double LIMIT = 1.75;

    private FamiliarityFit() {}

    /**
     * An image that the network learned from.
     *
     * @param logarithms of its statistics
     * @param source the number of the image; that of a distorted version is the number of the pristine image
     * @param distorted whether it is a distorted version, whose distance is not asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record LearnedImage(double[] logarithms, int source, boolean distorted) {
        boolean isIn(int part) {
            return source % PARTS == part;
        }
    }

    /** @throws DeqaException if there are fewer than 10 images, or all have the same statistics */
    static Familiarity of(List<LearnedImage> images) {
        if (images.size() < 2 * PARTS) {
            throw new DeqaException("there are " + images.size() + " images; at least " + 2 * PARTS
                    + " are needed to say what is familiar");
        }
        PrincipalAxes axes = axes(images);
        double typical = Math.sqrt(IntStream.range(0, PARTS)
                .parallel()
                .boxed()
                .flatMap(part -> squares(images, part).stream())
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow());
        if (axes.axes().length == 0 || typical == 0) {
            throw new DeqaException("all images have the same statistics, so nothing says what is familiar");
        }
        double[] all =
                Arrays.stream(axes.axes()).flatMapToDouble(Arrays::stream).toArray();
        return new Familiarity(floats(axes.mean()), floats(all), (float) (LIMIT * typical));
    }

    /** The squared distances of the images of a part from the axes of all others. */
    private static List<Double> squares(List<LearnedImage> images, int part) {
        PrincipalAxes others =
                axes(images.stream().filter(image -> !image.isIn(part)).toList());
        return images.stream()
                .filter(image -> image.isIn(part) && !image.distorted())
                .map(image -> Math.pow(others.residual(image.logarithms()), 2))
                .toList();
    }

    private static PrincipalAxes axes(List<LearnedImage> images) {
        return PrincipalAxes.of(images.stream().map(LearnedImage::logarithms).toList(), AXES);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
