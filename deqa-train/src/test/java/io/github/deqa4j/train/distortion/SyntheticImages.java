package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.Arrays;
import java.util.Random;

/** Seeded images, and how far two images are apart. */
public final class SyntheticImages {
    private static final int WAVES = 6;

    private SyntheticImages() {}

    /** A colored gradient with waves of many lengths, a dark disk with a sharp edge, and fine grain. */
    public static RgbImage texture(int width, int height, long seed) {
        Random random = new Random(seed);
        double[][][] waves = new double[RgbImage.CHANNELS][WAVES][];
        for (double[][] channel : waves) {
            for (int i = 0; i < WAVES; i++) {
                double period = 3 * Math.pow(2, i);
                double angle = Math.PI * random.nextDouble();
                channel[i] = new double[] {
                    2 * Math.PI / period * Math.cos(angle),
                    2 * Math.PI / period * Math.sin(angle),
                    7 * random.nextDouble(),
                    6 + 3 * i
                };
            }
        }
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i++) {
            int x = i / RgbImage.CHANNELS % width;
            int y = i / RgbImage.CHANNELS / width;
            int c = i % RgbImage.CHANNELS;
            double value = 90 + 40.0 * x / width + (c == 0 ? 40.0 : 10.0) * y / height + 6 * random.nextGaussian();
            for (double[] wave : waves[c]) {
                value += wave[3] * Math.sin(wave[0] * x + wave[1] * y + wave[2]);
            }
            if (Math.hypot(x - width / 3.0, y - height / 2.0) < Math.min(width, height) / 5.0) {
                value /= 3;
            }
            samples[i] = (byte) Math.max(0, Math.min(255, Math.round(value)));
        }
        return new RgbImage(width, height, samples);
    }

    static RgbImage constant(int width, int height, int red, int green, int blue) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
            samples[i] = (byte) red;
            samples[i + 1] = (byte) green;
            samples[i + 2] = (byte) blue;
        }
        return new RgbImage(width, height, samples);
    }

    static RgbImage gray(int width, int height, int value) {
        return constant(width, height, value, value, value);
    }

    /** Black, with one white pixel in the middle. */
    static RgbImage point(int side) {
        byte[] samples = new byte[side * side * RgbImage.CHANNELS];
        int middle = (side / 2 * side + side / 2) * RgbImage.CHANNELS;
        Arrays.fill(samples, middle, middle + RgbImage.CHANNELS, (byte) 255);
        return new RgbImage(side, side, samples);
    }

    /** Mean of the squared differences of code values. */
    public static double error(RgbImage a, RgbImage b) {
        double sum = 0;
        for (int i = 0; i < a.samples().length; i++) {
            double difference = (a.samples()[i] & 0xFF) - (b.samples()[i] & 0xFF);
            sum += difference * difference;
        }
        return sum / a.samples().length;
    }

    /** The part of pixels that differ. */
    static double changed(RgbImage a, RgbImage b) {
        int count = 0;
        for (int i = 0; i < a.samples().length; i += RgbImage.CHANNELS) {
            count += Arrays.equals(a.samples(), i, i + 3, b.samples(), i, i + 3) ? 0 : 1;
        }
        return (double) count * RgbImage.CHANNELS / a.samples().length;
    }
}
