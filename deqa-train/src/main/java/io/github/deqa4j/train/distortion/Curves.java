package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;

/** New code values for old ones, looked up: what depends on nothing but the sample itself. */
final class Curves {
    private Curves() {}

    /** A new value for an old one, before rounding. */
    interface Curve {
        double at(int code);
    }

    /** A curve for each channel. */
    interface CurveOfChannel {
        Curve of(int channel);
    }

    /** The same curve, to code values, for all channels. */
    static RgbImage codes(RgbImage image, Curve curve) {
        byte[] table = new byte[Srgb.CODES];
        for (int code = 0; code < table.length; code++) {
            table[code] = Planes.roundCode((float) curve.at(code));
        }
        return look(image, new byte[][] {table, table, table});
    }

    /** A curve, to light, for each channel. */
    static RgbImage light(RgbImage image, CurveOfChannel curves) {
        byte[][] tables = new byte[RgbImage.CHANNELS][Srgb.CODES];
        for (int c = 0; c < tables.length; c++) {
            Curve curve = curves.of(c);
            for (int code = 0; code < Srgb.CODES; code++) {
                tables[c][code] = Srgb.code((float) curve.at(code));
            }
        }
        return look(image, tables);
    }

    private static RgbImage look(RgbImage image, byte[][] tables) {
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
