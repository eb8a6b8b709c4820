package io.github.deqa4j.image.jpeg;

/**
 * From the coefficients of a block to its samples: the inverse discrete cosine transform of Loeffler, Ligtenberg and
 * Moschytz (ICASSP 1989) in whole numbers, with the constants and the rounding of libjpeg's default ("islow"), so that
 * samples agree to the last bit.
 */
final class JpegTransform {
    private static final int SIDE = JpegComponent.SIDE;
    private static final int CONSTANT_BITS = 13;
    private static final int BETWEEN_BITS = 2;
    private static final int CENTER = 128;

    private static final int F_0_298 = fixed(0.298631336);
    private static final int F_0_390 = fixed(0.390180644);
    private static final int F_0_541 = fixed(0.541196100);
    private static final int F_0_765 = fixed(0.765366865);
    private static final int F_0_899 = fixed(0.899976223);
    private static final int F_1_175 = fixed(1.175875602);
    private static final int F_1_501 = fixed(1.501321110);
    private static final int F_1_847 = fixed(1.847759065);
    private static final int F_1_961 = fixed(1.961570560);
    private static final int F_2_053 = fixed(2.053119869);
    private static final int F_2_562 = fixed(2.562915447);
    private static final int F_3_072 = fixed(3.072711026);

    private final int[] steps = new int[JpegComponent.SIZE]; // row by row
    private final int[] block = new int[JpegComponent.SIZE];

    /**
     * A transform for one component.
     *
     * @param zigzagSteps the quantizer's steps in zigzag order
     */
    JpegTransform(int[] zigzagSteps) {
        for (int k = 0; k < steps.length; k++) {
            steps[JpegComponent.ZIGZAG[k]] = zigzagSteps[k];
        }
    }

    /** Transforms the block at an index and writes its samples, 0 to 255, row by row. */
    void inverse(short[] coefficients, int at, byte[] samples, int to, int stride) {
        boolean flat = true;
        for (int i = 0; i < block.length; i++) {
            int value = coefficients[at + i];
            block[i] = value * steps[i];
            flat &= value == 0 || i == 0;
        }
        if (flat) {
            fill(samples, to, stride);
            return;
        }
        for (int x = 0; x < SIDE; x++) {
            column(x);
        }
        for (int y = 0; y < SIDE; y++) {
            oneDimension(y * SIDE, 1, CONSTANT_BITS + BETWEEN_BITS + 3);
            for (int x = 0; x < SIDE; x++) {
                samples[to + y * stride + x] = clip(block[y * SIDE + x] + CENTER);
            }
        }
    }

    /** A block of a constant value; gives the same as the general way. */
    private void fill(byte[] samples, int to, int stride) {
        byte value = clip((((block[0] << BETWEEN_BITS) + (1 << (BETWEEN_BITS + 2))) >> (BETWEEN_BITS + 3)) + CENTER);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                samples[to + y * stride + x] = value;
            }
        }
    }

    /** Most columns have only their first value. */
    private void column(int x) {
        int others = 0;
        for (int i = x + SIDE; i < block.length; i += SIDE) {
            others |= block[i];
        }
        if (others != 0) {
            oneDimension(x, SIDE, CONSTANT_BITS - BETWEEN_BITS);
            return;
        }
        int value = block[x] << BETWEEN_BITS;
        for (int i = x; i < block.length; i += SIDE) {
            block[i] = value;
        }
    }

    /** Transforms eight values in place; the result is rounded to so many bits fewer. */
    private void oneDimension(int i, int step, int shift) {
        int a0 = block[i];
        int a1 = block[i + step];
        int a2 = block[i + 2 * step];
        int a3 = block[i + 3 * step];
        int a4 = block[i + 4 * step];
        int a5 = block[i + 5 * step];
        int a6 = block[i + 6 * step];
        int a7 = block[i + 7 * step];

        int even = (a2 + a6) * F_0_541;
        int e2 = even - a6 * F_1_847;
        int e3 = even + a2 * F_0_765;
        int e0 = (a0 + a4) << CONSTANT_BITS;
        int e1 = (a0 - a4) << CONSTANT_BITS;
        int half = 1 << (shift - 1);
        int s0 = e0 + e3 + half;
        int s3 = e0 - e3 + half;
        int s1 = e1 + e2 + half;
        int s2 = e1 - e2 + half;

        int z5 = (a7 + a3 + a5 + a1) * F_1_175;
        int z1 = -(a7 + a1) * F_0_899;
        int z2 = -(a5 + a3) * F_2_562;
        int z3 = -(a7 + a3) * F_1_961 + z5;
        int z4 = -(a5 + a1) * F_0_390 + z5;
        int o0 = a7 * F_0_298 + z1 + z3;
        int o1 = a5 * F_2_053 + z2 + z4;
        int o2 = a3 * F_3_072 + z2 + z3;
        int o3 = a1 * F_1_501 + z1 + z4;

        block[i] = (s0 + o3) >> shift;
        block[i + 7 * step] = (s0 - o3) >> shift;
        block[i + step] = (s1 + o2) >> shift;
        block[i + 6 * step] = (s1 - o2) >> shift;
        block[i + 2 * step] = (s2 + o1) >> shift;
        block[i + 5 * step] = (s2 - o1) >> shift;
        block[i + 3 * step] = (s3 + o0) >> shift;
        block[i + 4 * step] = (s3 - o0) >> shift;
    }

    private static byte clip(int value) {
        return (byte) ((value & ~0xFF) == 0 ? value : value < 0 ? 0 : 0xFF); // seldom out of range
    }

    private static int fixed(double factor) {
        return (int) (factor * (1 << CONSTANT_BITS) + 0.5);
    }
}
