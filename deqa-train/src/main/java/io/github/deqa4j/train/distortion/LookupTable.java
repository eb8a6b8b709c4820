package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;

/** Point operations: the new value of a sample depends on its old value alone, so it is looked up in a table. */
final class LookupTable {
    private LookupTable() {}

    /** The new value of a code value, before rounding. */
    interface PointFunction {
        double at(int code);
    }

    /** The function of each channel. */
    interface PointFunctions {
        PointFunction of(int channel);
    }

    /** Applies one function, to code values, to all channels. */
    static RgbImage codes(RgbImage image, PointFunction function) {
        byte[] table = new byte[Srgb.CODES];
        for (int code = 0; code < table.length; code++) {
            table[code] = FloatImage.roundCode((float) function.at(code));
        }
        return apply(image, new byte[][] {table, table, table});
    }

    /** Applies a function, to light, to each channel. */
    static RgbImage light(RgbImage image, PointFunctions functions) {
        byte[][] tables = new byte[RgbImage.CHANNELS][Srgb.CODES];
        for (int c = 0; c < tables.length; c++) {
            PointFunction function = functions.of(c);
            for (int code = 0; code < Srgb.CODES; code++) {
                tables[c][code] = Srgb.code((float) function.at(code));
            }
        }
        return apply(image, tables);
    }

    private static RgbImage apply(RgbImage image, byte[][] tables) {
        byte[] from = image.samples();
        byte[] samples = new byte[from.length];
        for (int i = 0; i < samples.length; i += RgbImage.CHANNELS) {
            samples[i] = tables[0][from[i] & 0xFF];
            samples[i + 1] = tables[1][from[i + 1] & 0xFF];
            samples[i + 2] = tables[2][from[i + 2] & 0xFF];
        }
        return new RgbImage(image.width(), image.height(), samples);
    }
}
