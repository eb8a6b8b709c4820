package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** Distortions of brightness and contrast. */
final class ToneDistortions {
    private ToneDistortions() {}

    /**
     * Koschmieder's law of vision through air, in light: J t + A (1 − t), with t = exp(−β d) and a gray veil A = {@value
     * #VEIL}. The depth d falls from 1 at the top to {@value #NEAR} at the bottom, as it mostly does outdoors.
     */
    static final class Haze implements Distortion {
        private static final StrengthScale BETA = StrengthScale.ofRatios(0.1, 2);
        private static final double VEIL = 0.8;
        private static final double NEAR = 0.4;

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double beta = BETA.at(strength);
            int height = image.height();
            byte[] from = image.samples();
            byte[] samples = new byte[from.length];
            int row = samples.length / height;
            byte[] table = new byte[Srgb.CODES];
            for (int y = 0; y < height; y++) {
                double depth = 1 - (1 - NEAR) * (y + 0.5) / height;
                fill(table, StrictMath.exp(-beta * depth));
                for (int i = y * row; i < (y + 1) * row; i++) {
                    samples[i] = table[from[i] & 0xFF];
                }
            }
            return new RgbImage(image.width(), height, samples);
        }

        private static void fill(byte[] table, double transmission) {
            for (int code = 0; code < table.length; code++) {
                table[code] = Srgb.code((float) (Srgb.light(code) * transmission + VEIL * (1 - transmission)));
            }
        }
    }

    /**
     * Light multiplied by 2 to the power of some stops, and clipped: more or less time than the scene needed. What is too
     * bright is lost in white; what is dark is lost in the rounding to eight bits.
     */
    static final class Exposure implements Distortion {
        private final StrengthScale stops;
        private final int direction;

        private Exposure(StrengthScale stops, int direction) {
            this.stops = stops;
            this.direction = direction;
        }

        static Exposure over() {
            return new Exposure(StrengthScale.ofDifferences(0.4, 2.7), 1);
        }

        static Exposure under() {
            return new Exposure(StrengthScale.ofDifferences(0.5, 4.3), -1);
        }

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double gain = StrictMath.pow(2, direction * stops.at(strength));
            return LookupTable.light(image, channel -> code -> gain * Srgb.light(code));
        }
    }

    /**
     * Code values drawn towards or away from the image's mean brightness m: m + g (v − m), clipped. g falls from 1
     * towards 0, or rises above 1, where bright and dark places clip. In sRGB, as an editor's slider works.
     */
    static final class Contrast implements Distortion {
        private final StrengthScale change;
        private final int direction;

        private Contrast(StrengthScale change, int direction) {
            this.change = change;
            this.direction = direction;
        }

        static Contrast down() {
            return new Contrast(StrengthScale.ofDifferences(0.25, 0.85), -1);
        }

        static Contrast up() {
            return new Contrast(StrengthScale.ofRatios(0.3, 3), 1);
        }

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double mean = YCbCr.meanLuma(image);
            double gain = 1 + direction * change.at(strength);
            return LookupTable.codes(image, code -> mean + gain * (code - mean));
        }
    }

    /**
     * A lens's light falling off by the law of cos⁴ θ = 1 / (1 + tan² θ)², where tan θ grows from 0 in the middle to √a in
     * the corners. In light; a beyond 1 is no lens any more but a tube.
     */
    static final class Vignette implements Distortion {
        private static final StrengthScale CORNER = StrengthScale.ofRatios(0.3, 8);

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            float corner = (float) CORNER.at(strength);
            int width = image.width();
            int height = image.height();
            byte[] from = image.samples();
            byte[] samples = new byte[from.length];
            float perPixel = 4f * corner / ((float) width * width + (float) height * height);
            int i = 0;
            for (int y = 0; y < height; y++) {
                float down = y + 0.5f - height / 2f;
                for (int x = 0; x < width; x++) {
                    float across = x + 0.5f - width / 2f;
                    float slope = 1 + perPixel * (across * across + down * down);
                    float gain = 1 / (slope * slope);
                    for (int end = i + RgbImage.CHANNELS; i < end; i++) {
                        samples[i] = Srgb.code(gain * Srgb.light(from[i] & 0xFF));
                    }
                }
            }
            return new RgbImage(width, height, samples);
        }
    }
}
