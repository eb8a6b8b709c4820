package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.Familiarity;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The axes through the images that a network learned from. The distances of these images from their own axes would be too small. All distances here are
 * therefore from axes that are laid without the image, leaving out a fifth of the images at a time.
 *
 * @param familiarity the axes through all images, and the limit of the distance
 * @param distances of the images that are not distorted, in their order, divided by the limit
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record FamiliarityFit(Familiarity familiarity, double[] distances) {
    /** With 3,584 statistics in float16 they take 459 kB. */
    private static final int AXES = 64;

    private static final int PARTS = 5;

    /** The limit, in typical distances: the root of their mean square. */
    private static final double LIMIT = 1.75;

    /**
     * An image that the network learned from.
     *
     * @param logarithms of its statistics
     * @param source the number of the image; that of a distorted version is the number of the pristine image
     * @param distorted whether it is a distorted version, whose distance is not asked for
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record LearnedImage(double[] logarithms, int source, boolean distorted) {
        int part() {
            return source % PARTS;
        }
    }

    /** @throws DeqaException if there are fewer than 10 images, or all have the same statistics */
    static FamiliarityFit of(List<LearnedImage> images) {
        if (images.size() < 2 * PARTS) {
            throw new DeqaException("there are " + images.size() + " images; at least " + 2 * PARTS
                    + " are needed to say what is familiar");
        }
        PrincipalAxes axes = axes(images);
        double[] distances = leftOut(images);
        double square = Arrays.stream(distances)
                .map(distance -> distance * distance)
                .average()
                .orElseThrow();
        if (axes.axes().length == 0 || square == 0) {
            throw new DeqaException("all images have the same statistics, so nothing says what is familiar");
        }
        double limit = LIMIT * Math.sqrt(square);
        double[] all =
                Arrays.stream(axes.axes()).flatMapToDouble(Arrays::stream).toArray();
        return new FamiliarityFit(
                new Familiarity(Floats.of(axes.mean()), Floats.of(all), (float) limit),
                Arrays.stream(distances).map(distance -> distance / limit).toArray());
    }

    /** The distances of images from the axes of the other parts. */
    private static double[] leftOut(List<LearnedImage> images) {
        List<PrincipalAxes> others = IntStream.range(0, PARTS)
                .parallel()
                .mapToObj(part -> axes(
                        images.stream().filter(image -> image.part() != part).toList()))
                .toList();
        return images.stream()
                .filter(image -> !image.distorted())
                .mapToDouble(image -> others.get(image.part()).residual(image.logarithms()))
                .toArray();
    }

    private static PrincipalAxes axes(List<LearnedImage> images) {
        return PrincipalAxes.of(images.stream().map(LearnedImage::logarithms).toList(), AXES);
    }
}
