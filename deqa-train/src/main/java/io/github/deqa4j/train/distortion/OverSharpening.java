package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * An unsharp mask that is too strong: v + a (v − G∗v), G a Gaussian of {@value #SIGMA} pixels, with halos at edges. In
 * sRGB, as cameras and editors do. KADID-10k has a = 1, 2, 3, 6, 12.
 */
final class OverSharpening implements Distortion {
    private static final Scale AMOUNT = Scale.ofRatios(0.7, 7);
    private static final double SIGMA = 1.5;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        float amount = (float) AMOUNT.at(strength);
        GaussianFilter blur = new GaussianFilter(SIGMA);
        return Planes.codes(image)
                .map(plane -> {
                    float[][] result = blur.apply(plane);
                    for (int y = 0; y < plane.length; y++) {
                        sharpen(plane[y], result[y], amount);
                    }
                    return result;
                })
                .roundCodes();
    }

    /** Turns a row that is blurred into one that is sharpened. */
    private static void sharpen(float[] row, float[] blurred, float amount) {
        for (int x = 0; x < row.length; x++) {
            blurred[x] = row[x] + amount * (row[x] - blurred[x]);
        }
    }
}
