package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class WeightTest {
    private static final float[] VALUES = {0.5f, -1.25f, 0.7071068f, 0};

    @Test
    void aMappedWeightOfTheWantedPrecisionIsNotCopied() {
        try (Weight mapped = Weight.over(floats(VALUES), ScalarType.Float, 2, 2)) {
            assertThat(mapped.to(Precision.FLOAT32, Device.CPU)).isSameAs(mapped);
        }
    }

    @Test
    void anotherPrecisionIsACopy() {
        Weight mapped = Weight.over(floats(VALUES), ScalarType.Float, 4);
        try (Weight half = mapped.to(Precision.BF16, Device.CPU);
                NativeScope scope = NativeScope.inference()) {
            assertThat(half).isNotSameAs(mapped);
            assertThat(Tensors.toFloats(half.tensor())).containsExactly(0.5f, -1.25f, 0.70703125f, 0);
        }
    }

    @Test
    void anUnalignedBufferIsCopiedAndRight() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(4 + 16).order(ByteOrder.nativeOrder());
        buffer.position(4);
        buffer.slice().order(ByteOrder.nativeOrder()).asFloatBuffer().put(VALUES);
        try (Weight weight = Weight.over(buffer, ScalarType.Float, 4);
                NativeScope scope = NativeScope.inference()) {
            assertThat(Tensors.toFloats(weight.tensor())).containsExactly(VALUES);
        }
    }

    @Test
    void aKernelsInputsLieSideBySideAndItsValuesStay() {
        float[] values = new float[2 * 3 * 2 * 2];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (Parameter kernel = Parameter.kernel(new long[] {2, 3, 2, 2});
                NativeScope scope = NativeScope.inference()) {
            kernel.bind(Weight.over(floats(values), ScalarType.Float, 2, 3, 2, 2));
            assertThat(kernel.value().stride(1)).isEqualTo(1);
            assertThat(Tensors.toFloats(kernel.value())).containsExactly(values);
        }
    }

    @Test
    void learningAKernelDoesNotWriteToTheFile() {
        ByteBuffer file = floats(VALUES);
        try (Parameter kernel = Parameter.kernel(new long[] {2, 2, 1, 1})) {
            kernel.bind(Weight.over(file, ScalarType.Float, 2, 2, 1, 1));
            kernel.requireGradient(true);
            try (NativeScope scope = NativeScope.update()) {
                kernel.value().zero_();
            }
        }
        float[] left = new float[VALUES.length];
        file.asFloatBuffer().get(left);
        assertThat(left).containsExactly(VALUES);
    }

    @Test
    void roundedValuesAreRecognized() {
        try (Weight exact = Weight.of(VALUES, 4);
                Weight half = Weight.of(VALUES, 4).to(Precision.BF16, Device.CPU);
                Weight other =
                        Weight.of(new float[] {0.5f, -1.25f, 0.73f, 0}, 4).to(Precision.BF16, Device.CPU);
                Weight same = Weight.of(VALUES, 4)) {
            assertThat(half.isRounded(exact)).isTrue();
            assertThat(other.isRounded(exact)).isFalse();
            assertThat(same.isRounded(exact)).isFalse();
        }
    }

    private static ByteBuffer floats(float[] values) {
        ByteBuffer buffer =
                ByteBuffer.allocateDirect(values.length * Float.BYTES).order(ByteOrder.nativeOrder());
        buffer.asFloatBuffer().put(values);
        return buffer;
    }
}
