package io.github.deqa4j.torch.nn;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Arrays to tensors, and tensors to arrays. */
public final class Tensors {
    private Tensors() {}

    /** A float32 tensor of values, row by row. */
    public static Tensor of(float[] values, long... shape) {
        return torch.tensor(values).reshape(shape);
    }

    /** Copies a tensor of any shape and number format to the heap, row by row. */
    public static float[] toFloats(Tensor x) {
        Tensor plain = x.to(ScalarType.Float).cpu().contiguous();
        float[] values = new float[Math.toIntExact(plain.numel())];
        FloatBuffer buffer = plain.createBuffer();
        buffer.get(values);
        return values;
    }

    /** A float32 number on the device of a reference: (1). */
    public static Tensor scalar(double value, Tensor reference) {
        return of(new float[] {(float) value}).to(reference.device(), ScalarType.Float);
    }

    /** A float64 tensor of values on the CPU: (n). */
    public static Tensor doubles(double[] values) {
        Tensor x = torch.zeros(new long[] {values.length}, new TensorOptions(ScalarType.Double));
        DoubleBuffer buffer = x.createBuffer();
        buffer.put(values);
        return x;
    }

    /** Copies a float64 tensor on the CPU to the heap. */
    public static double[] toDoubles(Tensor x) {
        double[] values = new double[Math.toIntExact(x.numel())];
        DoubleBuffer buffer = x.createBuffer();
        buffer.get(values);
        return values;
    }

    /** Copies the elements of a tensor to a direct buffer, in the machine's byte order, row by row. */
    public static ByteBuffer toBytes(Tensor x) {
        try (NativeScope scope = NativeScope.update()) {
            Tensor plain = x.cpu().contiguous();
            long bytes = plain.numel() * plain.element_size();
            ByteBuffer copy = ByteBuffer.allocateDirect(Math.toIntExact(bytes)).order(ByteOrder.nativeOrder());
            Pointer.memcpy(new BytePointer(copy), plain.data_ptr(), bytes);
            return copy;
        }
    }

    /** Whole numbers as indices for {@code index_select}: (n), on the device of a reference. */
    public static Tensor indices(int[] ids, Tensor reference) {
        return torch.tensor(ids).to(reference.device(), ScalarType.Int);
    }

    /** Whole numbers as indices for {@code gather} along the second dimension: (n, 1), on the device of a reference. */
    public static Tensor column(int[] ids, Tensor reference) {
        return torch.tensor(ids).to(reference.device(), ScalarType.Long).unsqueeze(1);
    }
}
