package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Shrunk by a factor with Keys' cubic kernel, widened so that it smooths, and enlarged again with the kernel as it is
 * (Keys: "Cubic Convolution Interpolation for Digital Image Processing", 1981; a = −½). In sRGB, as programs that
 * resize do.
 */
final class Downsampling implements Distortion {
    private static final Scale FACTOR_LESS_ONE = Scale.ofRatios(0.6, 7);

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double factor = 1 + FACTOR_LESS_ONE.at(strength);
        CubicAxis narrower = CubicAxis.shrink(image.width(), factor);
        CubicAxis lower = CubicAxis.shrink(image.height(), factor);
        CubicAxis wider = CubicAxis.enlarge(image.width(), factor);
        CubicAxis higher = CubicAxis.enlarge(image.height(), factor);
        return Planes.codes(image)
                .map(plane -> wider.rows(higher.columns(lower.columns(narrower.rows(plane)))))
                .roundCodes();
    }
}
