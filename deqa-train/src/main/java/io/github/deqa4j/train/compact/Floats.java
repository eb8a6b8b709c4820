package io.github.deqa4j.train.compact;

/** Numbers as files have them. */
final class Floats {
    private Floats() {}

    /** The nearest floats. */
    static float[] of(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
