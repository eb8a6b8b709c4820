package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.function.IntToDoubleFunction;

/**
 * An image as floats, one plane for each channel, either in code values 0…255 or in linear light 0…1. A plane is an array of
 * rows: the compiler uses vector instructions for loops over arrays with a common index, not for shifted parts of one array.
 *
 * @param width pixels in a row
 * @param height rows
 * @param planes red, green and blue, each [height][width]
 */
@SuppressWarnings("ArrayRecordComponent") // a working copy, compared by nobody
record FloatImage(int width, int height, float[][][] planes) {
    private static final int WHITE = Srgb.CODES - 1;

    /** One plane to another of the same size; the first is not changed. */
    interface Filter {
        float[][] apply(float[][] plane);
    }

    private interface Rounding {
        byte round(float value);
    }

    /** The code values of an image. */
    static FloatImage codes(RgbImage image) {
        float[] table = new float[Srgb.CODES];
        for (int code = 0; code < table.length; code++) {
            table[code] = code;
        }
        return read(image, table);
    }

    /** The linear light of an image. */
    static FloatImage light(RgbImage image) {
        float[] table = new float[Srgb.CODES];
        for (int code = 0; code < table.length; code++) {
            table[code] = Srgb.light(code);
        }
        return read(image, table);
    }

    FloatImage map(Filter filter) {
        float[][][] result = new float[planes.length][][];
        for (int c = 0; c < result.length; c++) {
            result[c] = filter.apply(planes[c]);
        }
        return new FloatImage(width, height, result);
    }

    /** Code values, rounded and clipped. */
    RgbImage roundCodes() {
        return round(FloatImage::roundCode);
    }

    /** Light, back to code values, rounded and clipped. */
    RgbImage roundLight() {
        return round(Srgb::code);
    }

    /** Changes each code value by itself, red, green and blue in turn, row by row; rounded and clipped. */
    static RgbImage eachCode(RgbImage image, IntToDoubleFunction change) {
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = roundCode((float) change.applyAsDouble(from[i] & 0xFF));
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    static byte roundCode(float value) {
        return (byte) (Math.max(0, Math.min(WHITE, value)) + 0.5f);
    }

    private RgbImage round(Rounding rounding) {
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            int to = c;
            for (float[] row : planes[c]) {
                for (float value : row) {
                    samples[to] = rounding.round(value);
                    to += RgbImage.CHANNELS;
                }
            }
        }
        return new RgbImage(width, height, samples);
    }

    private static FloatImage read(RgbImage image, float[] table) {
        byte[] samples = image.samples();
        float[][][] planes = new float[RgbImage.CHANNELS][image.height()][image.width()];
        for (int c = 0; c < RgbImage.CHANNELS; c++) {
            int from = c;
            for (float[] row : planes[c]) {
                for (int x = 0; x < row.length; x++) {
                    row[x] = table[samples[from] & 0xFF];
                    from += RgbImage.CHANNELS;
                }
            }
        }
        return new FloatImage(image.width(), image.height(), planes);
    }
}
