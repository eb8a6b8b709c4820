package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Normal deviates of σ code values added to Cb and Cr, while Y stays: what is left when a camera has smoothed the noise
 * in brightness alone. The deviates of neighbors go together (a Gaussian of {@value #GRAIN} pixels), since the sensor
 * has each color at some pixels only. In sRGB. KADID-10k has σ = 3, 6, 8, 11, 14, on Y too and without grain.
 */
final class ColorNoise implements Distortion {
    private static final Scale SIGMA = Scale.ofRatios(5, 32);
    private static final double GRAIN = 1.2;

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        float sigma = (float) SIGMA.at(strength);
        float[][] cb = grain(image, random);
        float[][] cr = grain(image, random);
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        int i = 0;
        for (int y = 0; y < image.height(); y++) {
            for (int x = 0; x < image.width(); x++, i += RgbImage.CHANNELS) {
                float blue = sigma * cb[y][x];
                float red = sigma * cr[y][x];
                samples[i] = Planes.roundCode((from[i] & 0xFF) + Luma.RED_OF_CR * red);
                samples[i + 1] =
                        Planes.roundCode((from[i + 1] & 0xFF) + Luma.GREEN_OF_CB * blue + Luma.GREEN_OF_CR * red);
                samples[i + 2] = Planes.roundCode((from[i + 2] & 0xFF) + Luma.BLUE_OF_CB * blue);
            }
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    /** Noise with neighbors that go together and a standard deviation of 1. */
    private static float[][] grain(RgbImage image, SplittableRandom random) {
        GaussianFilter filter = new GaussianFilter(GRAIN);
        float[][] noise = new float[image.height()][image.width()];
        for (float[] row : noise) {
            for (int x = 0; x < row.length; x++) {
                row[x] = (float) random.nextGaussian() / filter.noiseGain();
            }
        }
        return filter.apply(noise);
    }
}
