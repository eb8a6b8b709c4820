package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/** Distortions of color. */
final class ColorDistortions {
    private ColorDistortions() {}

    /**
     * Distance from gray of the same brightness Y multiplied: Y + g (v − Y), clipped. g falls from 1 to 0, gray, or rises
     * above 1. In sRGB. KADID-10k multiplies HSV's saturation by 0.4, 0.2, 0.1, 0, −0.4, and Lab's a and b by 1, 2, 3, 6,
     * 9.
     */
    static final class Saturation implements Distortion {
        private final StrengthScale change;
        private final int direction;

        private Saturation(StrengthScale change, int direction) {
            this.change = change;
            this.direction = direction;
        }

        static Saturation down() {
            return new Saturation(StrengthScale.ofDifferences(0.3, 1), -1);
        }

        static Saturation up() {
            return new Saturation(StrengthScale.ofRatios(0.5, 6), 1);
        }

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            float gain = (float) (1 + direction * change.at(strength));
            byte[] from = image.samples();
            byte[] samples = new byte[from.length];
            for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
                float gray = YCbCr.luma(from[i] & 0xFF, from[i + 1] & 0xFF, from[i + 2] & 0xFF);
                for (int c = i; c < i + RgbImage.CHANNELS; c++) {
                    samples[c] = FloatImage.roundCode(gray + gain * ((from[c] & 0xFF) - gray));
                }
            }
            return new RgbImage(image.width(), image.height(), samples);
        }
    }

    /**
     * A wrong white balance: light of each color multiplied by its own factor, towards a hue drawn at random from the
     * circle through amber, green, blue and magenta. White keeps its luminance (ITU-R BT.709).
     */
    static final class ColorCast implements Distortion {
        private static final StrengthScale STOPS = StrengthScale.ofRatios(0.3, 2.2);

        /** Amber against blue, and green against magenta, in stops of red, green and blue. */
        private static final double[] AMBER = {0.7, 0, -0.7};

        private static final double[] GREEN = {-0.4, 0.8, -0.4};
        private static final double[] LUMINANCE = {0.2126, 0.7152, 0.0722};

        @Override
        public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
            double[] gains = gains(STOPS.at(strength), 2 * Math.PI * random.nextDouble());
            return LookupTable.light(image, channel -> code -> gains[channel] * Srgb.light(code));
        }

        private static double[] gains(double stops, double hue) {
            double[] gains = new double[RgbImage.CHANNELS];
            double white = 0;
            for (int c = 0; c < gains.length; c++) {
                double direction = AMBER[c] * StrictMath.cos(hue) + GREEN[c] * StrictMath.sin(hue);
                gains[c] = StrictMath.pow(2, stops * direction);
                white += LUMINANCE[c] * gains[c];
            }
            for (int c = 0; c < gains.length; c++) {
                gains[c] /= white;
            }
            return gains;
        }
    }
}
