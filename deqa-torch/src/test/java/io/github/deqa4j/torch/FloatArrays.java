package io.github.deqa4j.torch;

import static org.assertj.core.api.Assertions.assertThat;

import org.assertj.core.api.AbstractDoubleAssert;

/** Compares long arrays; AssertJ's own comparison within an offset takes minutes to say where they differ. */
public final class FloatArrays {
    private FloatArrays() {}

    /** Asserts on the largest distance of two arrays of the same length; infinite if one of them holds a NaN. */
    public static AbstractDoubleAssert<?> assertThatDistance(float[] a, float[] b) {
        assertThat(a).hasSameSizeAs(b);
        double farthest = 0;
        for (int i = 0; i < a.length; i++) {
            double distance = Math.abs(a[i] - b[i]);
            farthest = Double.isNaN(distance) ? Double.POSITIVE_INFINITY : Math.max(farthest, distance);
        }
        return assertThat(farthest);
    }
}
