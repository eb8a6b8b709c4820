package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Light averaged over a disk of some pixels' radius: a lens that is out of focus, by geometrical optics. KADID-10k has
 * the radii 1, 2, 4, 6, 8.
 */
final class LensBlur implements Distortion {
    private static final Scale RADIUS = Scale.ofRatios(1, 8);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        return Planes.light(image).map(disk(RADIUS.at(strength))).roundLight();
    }

    /** A pixel on the rim counts by about the part of it that the disk covers. */
    private static Kernel disk(double radius) {
        int size = (int) Math.ceil(radius);
        double[][] weights = new double[2 * size + 1][2 * size + 1];
        for (int y = -size; y <= size; y++) {
            for (int x = -size; x <= size; x++) {
                double inside = radius + 0.5 - Math.sqrt(x * x + y * y);
                weights[y + size][x + size] = Math.max(0, Math.min(1, inside));
            }
        }
        return new Kernel(weights);
    }
}
