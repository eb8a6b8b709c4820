package io.github.deqa4j.train.distortion;

/** The curve of sRGB (IEC 61966-2-1): from code values 0…255 to light 0…1 and back. */
final class Srgb {
    static final int CODES = 256;
    private static final int WHITE = CODES - 1;
    private static final int BUCKETS = 4096;

    private static final float[] LIGHT = new float[CODES];

    /** The light at which the rounded code changes from c to c + 1. */
    private static final float[] UPPER = new float[CODES];

    private static final short[] BUCKET_CODE = new short[BUCKETS];

    static {
        for (int code = 0; code < CODES; code++) {
            LIGHT[code] = (float) curve(code / (double) WHITE);
            UPPER[code] = code == WHITE ? Float.POSITIVE_INFINITY : (float) curve((code + 0.5) / WHITE);
        }
        for (int bucket = 0, code = 0; bucket < BUCKETS; bucket++) {
            while ((float) bucket / BUCKETS >= UPPER[code]) {
                code++;
            }
            BUCKET_CODE[bucket] = (short) code;
        }
    }

    private Srgb() {}

    /** The light of a code value. */
    static float light(int code) {
        return LIGHT[code];
    }

    /** The code value of light, rounded and clipped. */
    static byte code(float light) {
        int bucket = (int) (light * BUCKETS);
        int code = BUCKET_CODE[Math.max(0, Math.min(BUCKETS - 1, bucket))];
        while (light >= UPPER[code]) {
            code++;
        }
        return (byte) code;
    }

    private static double curve(double value) {
        return value <= 0.04045 ? value / 12.92 : StrictMath.pow((value + 0.055) / 1.055, 2.4);
    }
}
