package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * Normal deviates of σ code values added to Cb and Cr, while Y stays: what is left when a camera has smoothed the noise
 * in brightness alone. The deviates of neighbours go together (a Gaussian of {@value #GRAIN} pixels), since the sensor
 * has each colour at some pixels only. In sRGB. KADID-10k has σ = 3, 6, 8, 11, 14, on Y too and without grain.
 */
final class ColourNoise implements Distortion {
    private static final Scale SIGMA = Scale.ofRatios(5, 32);
    private static final double GRAIN = 1.2;

    @Override
    public RgbImage apply(RgbImage picture, double strength, SplittableRandom random) {
        float sigma = (float) SIGMA.at(strength);
        float[][] cb = grain(picture, random);
        float[][] cr = grain(picture, random);
        byte[] from = picture.samples();
        byte[] samples = new byte[from.length];
        int i = 0;
        for (int y = 0; y < picture.height(); y++) {
            for (int x = 0; x < picture.width(); x++, i += RgbImage.CHANNELS) {
                float blue = sigma * cb[y][x];
                float red = sigma * cr[y][x];
                samples[i] = Planes.roundCode((from[i] & 0xFF) + Luma.RED_OF_CR * red);
                samples[i + 1] =
                        Planes.roundCode((from[i + 1] & 0xFF) + Luma.GREEN_OF_CB * blue + Luma.GREEN_OF_CR * red);
                samples[i + 2] = Planes.roundCode((from[i + 2] & 0xFF) + Luma.BLUE_OF_CB * blue);
            }
        }
        return new RgbImage(picture.width(), picture.height(), samples);
    }

    /** Noise with neighbours that go together and a standard deviation of 1. */
    private static float[][] grain(RgbImage picture, SplittableRandom random) {
        GaussianFilter filter = new GaussianFilter(GRAIN);
        float[][] noise = new float[picture.height()][picture.width()];
        for (float[] row : noise) {
            for (int x = 0; x < row.length; x++) {
                row[x] = (float) random.nextGaussian() / filter.noiseGain();
            }
        }
        return filter.apply(noise);
    }
}
