package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** Noise. */
final class NoiseDistortions {
    private NoiseDistortions() {}

    /**
     * A normal deviate of σ code values added to each sample, independent of all others. In sRGB, as in KADID-10k, whose
     * variances 0.001, 0.002, 0.003, 0.005, 0.01 of the range are σ = 8, 11, 14, 18, 25.
     */
    static final class WhiteNoise implements Distortion {
        private static final StrengthScale SIGMA = StrengthScale.ofRatios(6, 48);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double sigma = SIGMA.at(strength);
            return FloatImage.eachCode(image, code -> code + sigma * random.nextGaussian());
        }
    }

    /**
     * Normal deviates of σ code values added to Cb and Cr, while Y stays: what is left when a camera has smoothed the noise
     * in brightness alone. The deviates of neighbors go together (a Gaussian of {@value #GRAIN} pixels), since the sensor
     * has each color at some pixels only. In sRGB. KADID-10k has σ = 3, 6, 8, 11, 14, on Y too and without grain.
     */
    static final class ColorNoise implements Distortion {
        private static final StrengthScale SIGMA = StrengthScale.ofRatios(5, 32);
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
                    samples[i] = FloatImage.roundCode((from[i] & 0xFF) + YCbCr.RED_OF_CR * red);
                    samples[i + 1] = FloatImage.roundCode(
                            (from[i + 1] & 0xFF) + YCbCr.GREEN_OF_CB * blue + YCbCr.GREEN_OF_CR * red);
                    samples[i + 2] = FloatImage.roundCode((from[i + 2] & 0xFF) + YCbCr.BLUE_OF_CB * blue);
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

    /**
     * Some of the samples are 0 or 255 instead, each color by itself ("salt and pepper"). KADID-10k has the parts 0.001,
     * 0.005, 0.01, 0.02, 0.03. What a low strength hits, a higher one hits too.
     */
    static final class ImpulseNoise implements Distortion {
        private static final StrengthScale PART = StrengthScale.ofRatios(0.003, 0.12);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double half = PART.at(strength) / 2;
            byte[] samples = image.samples().clone();
            for (int i = 0; i < samples.length; i++) {
                double drawn = random.nextDouble();
                if (drawn < half) {
                    samples[i] = 0;
                } else if (drawn > 1 - half) {
                    samples[i] = (byte) 255;
                }
            }
            return new RgbImage(image.width(), image.height(), samples);
        }
    }

    /**
     * Multiplicative noise: v (1 + σ n) with a normal deviate n for each sample, so that bright places suffer and dark ones
     * do not. In sRGB, as in KADID-10k, whose variances 0.001, 0.005, 0.01, 0.02, 0.05 are σ = 0.03, 0.07, 0.1, 0.14, 0.22.
     */
    static final class SpeckleNoise implements Distortion {
        private static final StrengthScale SIGMA = StrengthScale.ofRatios(0.06, 0.4);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double sigma = SIGMA.at(strength);
            return FloatImage.eachCode(image, code -> code * (1 + sigma * random.nextGaussian()));
        }
    }
}
