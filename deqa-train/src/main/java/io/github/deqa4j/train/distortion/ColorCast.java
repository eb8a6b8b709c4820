package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.SplittableRandom;

/**
 * A wrong white balance: light of each color multiplied by its own factor, towards a hue drawn at random from the
 * circle through amber, green, blue and magenta. White keeps its luminance (ITU-R BT.709).
 */
final class ColorCast implements Distortion {
    private static final Scale STOPS = Scale.ofRatios(0.3, 2.2);

    /** Amber against blue, and green against magenta, in stops of red, green and blue. */
    private static final double[] AMBER = {0.7, 0, -0.7};

    private static final double[] GREEN = {-0.4, 0.8, -0.4};
    private static final double[] LUMINANCE = {0.2126, 0.7152, 0.0722};

    @Override
    public RgbImage apply(RgbImage image, double strength, SplittableRandom random) {
        double[] gains = gains(STOPS.at(strength), 2 * Math.PI * random.nextDouble());
        return Curves.light(image, channel -> code -> gains[channel] * Srgb.light(code));
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
