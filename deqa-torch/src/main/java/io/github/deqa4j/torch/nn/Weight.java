package io.github.deqa4j.torch.nn;

import static io.github.deqa4j.torch.nn.Functional.like;
import static io.github.deqa4j.torch.nn.Functional.linear;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A tensor that no native scope owns, and its memory. The memory belongs to libtorch, or is a mapped file that must stay mapped while
 * the tensor is used.
 */
public final class Weight implements AutoCloseable {
    private static final int ALIGNMENT = 16;

    /** Distance of neighboring numbers just below 2 in the half precisions. Values of buffers are smaller. */
    private static final double HALF_STEP = 0x1p-10;

    private static final double BF16_STEP = 0x1p-7;

    private final Tensor tensor;

    @SuppressWarnings("UnusedVariable") // held, so that the file stays mapped
    private final @Nullable ByteBuffer memory;

    private Weight(Tensor tensor, @Nullable ByteBuffer memory) {
        this.tensor = tensor;
        this.memory = memory;
    }

    /**
     * A tensor over a direct buffer, without a copy where the buffer starts at a multiple of 16 bytes.
     *
     * @param buffer the elements, in the machine's byte order, row by row
     * @param type their number format
     * @param shape their shape; the product is the number of elements in the buffer, and not zero
     */
    public static Weight over(ByteBuffer buffer, ScalarType type, long... shape) {
        ByteBuffer memory = buffer.slice().order(buffer.order());
        Tensor view =
                NativeScope.detach(() -> torch.from_blob(new BytePointer(memory), shape, new TensorOptions(type)));
        Weight mapped = new Weight(view, memory);
        return view.data_ptr().address() % ALIGNMENT == 0 ? mapped : mapped.replacedBy(view::clone);
    }

    /**
     * A new tensor with memory of its own, which is freed when it is closed.
     *
     * @param type its number format
     * @param fill writes all elements into the direct buffer that it is given, in the machine's byte order, row by row
     * @param shape its shape; the product is not zero
     */
    public static Weight filled(ScalarType type, Consumer<ByteBuffer> fill, long... shape) {
        return kept(() -> {
            Tensor empty = torch.empty(shape, new TensorOptions(type), new MemoryFormatOptional());
            long bytes = empty.numel() * empty.element_size();
            fill.accept(new BytePointer(empty.data_ptr()).capacity(bytes).asByteBuffer());
            return empty;
        });
    }

    /** A new float32 tensor with these values. */
    public static Weight of(float[] values, long... shape) {
        return new Weight(NativeScope.detach(() -> Tensors.of(values, shape)), null);
    }

    /** The result of a computation, which must have memory of its own. */
    public static Weight kept(Supplier<Tensor> computation) {
        return new Weight(NativeScope.detach(computation), null);
    }

    /** A new float32 copy of a tensor, on its device. */
    static Weight copyOf(Tensor source) {
        return new Weight(
                NativeScope.detach(() -> source.detach().to(ScalarType.Float, false, true, new MemoryFormatOptional())),
                null);
    }

    /** A new float32 tensor of zeros, with the shape and device of another one. */
    static Weight zerosLike(Tensor other) {
        return new Weight(
                NativeScope.detach(() -> torch.zeros_like(other.detach()).to(ScalarType.Float)), null);
    }

    /**
     * A new float32 tensor on the CPU with values drawn uniformly from [−bound, bound).
     *
     * @param seed the same seed gives the same values
     */
    public static Weight uniform(double bound, long seed, long... shape) {
        return new Weight(NativeScope.detach(() -> Functional.uniform(bound, seed, shape)), null);
    }

    /** A new tensor W + scale·B·A, computed in float32, in the number format of W. */
    public static Weight sum(Tensor weight, Tensor up, Tensor down, double scale) {
        return new Weight(
                NativeScope.detach(() -> weight.detach()
                        .to(ScalarType.Float)
                        .add(
                                up.detach()
                                        .to(ScalarType.Float)
                                        .matmul(down.detach().to(ScalarType.Float)),
                                new Scalar(scale))
                        .to(weight.scalar_type())),
                null);
    }

    public Tensor tensor() {
        return tensor;
    }

    /**
     * x·Wᵀ + b over the last dimension, where W is this weight, (out, in), computed in its number format.
     *
     * @param x (…, in)
     * @param bias b, (out)
     * @return (…, out), in the number format of x
     */
    Tensor product(Tensor x, @Nullable Tensor bias) {
        return linear(like(x, tensor), tensor, bias == null ? null : like(bias, tensor))
                .to(x.scalar_type());
    }

    /**
     * Some of the outputs of {@link #product(Tensor, Tensor)}, computed in the number format of x.
     *
     * @param rows indices of outputs
     * @return (…, rows)
     */
    Tensor product(Tensor x, @Nullable Tensor bias, int[] rows) {
        Tensor index = Tensors.indices(rows, tensor);
        Tensor some = like(tensor.index_select(0, index), x);
        return linear(x, some, bias == null ? null : like(bias.index_select(0, index), x));
    }

    /** This weight if its memory can be written to; otherwise a copy, and this weight is closed. */
    public Weight owned() {
        return memory == null ? this : replacedBy(tensor::clone);
    }

    /** This weight if it has a precision and is on a device; otherwise a copy that does, and this weight is closed. */
    public Weight to(Precision precision, Device device) {
        return to(NativeTypes.of(precision), device);
    }

    /** This weight if it has a number format and is on a device; otherwise a copy that does, and this weight is closed. */
    public Weight to(ScalarType format, Device device) {
        if (!device.cuda() && tensor.scalar_type().intern() == format) {
            return this;
        }
        return replacedBy(() -> tensor.to(NativeTypes.of(device), format));
    }

    /** A copy of a weight of 8-bit integers, (out, in), in the order in which they are multiplied; this weight is closed. */
    Weight packed() {
        return replacedBy(() -> Operators.get().packed(tensor));
    }

    /**
     * This weight, (out, in, height, width), if it is in channels-last memory format, as every kernel of one pixel is; otherwise a
     * copy that is, and this weight is closed.
     */
    Weight channelsLast() {
        return tensor.is_contiguous(MemoryFormat.ChannelsLast)
                ? this
                : replacedBy(() -> tensor.contiguous(MemoryFormat.ChannelsLast));
    }

    /** Whether this weight is in half precision and holds the rounded values of a float32 weight. */
    public boolean isRounded(Weight exact) {
        double step = switch (tensor.scalar_type().intern()) {
            case Half -> HALF_STEP;
            case BFloat16 -> BF16_STEP;
            default -> 0;
        };
        try (NativeScope scope = NativeScope.inference()) {
            return step > 0 && tensor.to(ScalarType.Float).allclose(exact.tensor, 0, step, false);
        }
    }

    /** Whether all numbers of a floating tensor are finite. */
    public static boolean isFinite(Tensor tensor) {
        try (NativeScope scope = NativeScope.inference()) {
            // The sum takes no memory. If it is not finite, it may only have overflowed.
            boolean finite = Float.isFinite(tensor.sum().item_float());
            return finite || tensor.isfinite().all().item_bool();
        }
    }

    /** The least number of a tensor; NaN if it holds one. */
    public static float least(Tensor tensor) {
        try (NativeScope scope = NativeScope.inference()) {
            return tensor.min().item_float();
        }
    }

    /** Whether another weight has the same shape and numbers. */
    public boolean isEqual(Weight other) {
        try (NativeScope scope = NativeScope.inference()) {
            return tensor.to(ScalarType.Float).equal(other.tensor.to(ScalarType.Float));
        }
    }

    /**
     * Copies saved tensors into those of a running training, each into the one of its name.
     *
     * @param what whose state it is, for messages
     * @throws DeqaException if the names differ, or a shape
     */
    static void copyAll(Map<String, Weight> saved, Map<String, Weight> running, String what) {
        Set<String> different = new TreeSet<>(saved.keySet());
        different.addAll(running.keySet());
        different.removeIf(name -> saved.containsKey(name) && running.containsKey(name));
        if (!different.isEmpty()) {
            throw new DeqaException("the saved state of the " + what + " and the training differ in " + different.size()
                    + " tensors, such as " + different.iterator().next()
                    + "; go on with the model and the settings that it was saved with");
        }
        try (NativeScope scope = NativeScope.update()) {
            running.forEach((name, weight) -> copy(name, saved, weight, what));
        }
    }

    private static void copy(String name, Map<String, Weight> saved, Weight weight, String what) {
        Weight source = saved.get(name);
        if (source == null
                || !Arrays.equals(source.tensor().shape(), weight.tensor().shape())) {
            throw new DeqaException("the saved state of the " + what + " has another shape in " + name
                    + "; go on with the model that it was saved with");
        }
        weight.tensor().copy_(source.tensor());
    }

    @Override
    public void close() {
        tensor.close();
    }

    private Weight replacedBy(Supplier<Tensor> copy) {
        try (this) {
            return new Weight(NativeScope.detach(copy), null);
        }
    }
}
