package io.github.deqa4j.torch.nn;

import io.github.deqa4j.DeqaException;
import java.util.Optional;
import org.bytedeco.pytorch.Dispatcher;
import org.bytedeco.pytorch.GenericList;
import org.bytedeco.pytorch.IValue;
import org.bytedeco.pytorch.IValueVector;
import org.bytedeco.pytorch.ListType;
import org.bytedeco.pytorch.OperatorHandle;
import org.bytedeco.pytorch.OptionalType;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** oneDNN's 8-bit products. libtorch registers them by name; its Java binding has no methods for them. */
final class Operators {
    private static final String PACK = "onednn::qlinear_prepack";
    private static final String PRODUCT = "onednn::qlinear_pointwise";

    private static final long USUAL_ROWS = 128; // 1 to 1025 were measured to give the same speed

    private static final int LARGEST_INPUT = 255;
    private static final int LARGEST_WEIGHT = 127;
    private static final long PROBE = 128; // rows, inputs and outputs

    private final OperatorHandle pack = find(PACK, "");
    private final OperatorHandle product = find(PRODUCT, "");
    private final boolean saturating;

    private Operators() {
        try (NativeScope scope = NativeScope.inference()) {
            saturating = !exact(this::whole);
            if (saturating && !exact(this::halves)) {
                throw unsupported("8-bit products of libtorch are not exact on this processor");
            }
        }
    }

    private static DeqaException unsupported(String reason) {
        return new DeqaException("the precision int8 is not supported here (" + reason + "); use bf16");
    }

    /** A way to compute {@link #product}. */
    @FunctionalInterface
    private interface Product {
        Tensor of(Tensor x, long zero, Tensor packed, Tensor scale, Tensor zeros);
    }

    /**
     * The operators of this process.
     *
     * @throws DeqaException if this platform's build of libtorch has none, or their results are wrong on this processor
     */
    static Operators get() {
        if (Holder.FAILURE.isPresent()) {
            throw new DeqaException(Holder.FAILURE.get().getMessage(), Holder.FAILURE.get());
        }
        return Holder.FOUND.orElseThrow();
    }

    /**
     * A weight in the order in which oneDNN multiplies fastest.
     *
     * @param weight (out, in), 8-bit integers with a sign
     * @return opaque
     */
    Tensor packed(Tensor weight) {
        IValue shape = integers(USUAL_ROWS, weight.size(1)); // of the other factor, as a hint
        return call(pack, new IValue(weight), shape);
    }

    /**
     * Σ (x − zero)·w, times the scale of each output. The sum is exact up to 2²⁴ and then rounded to float32.
     *
     * @param x (rows, in), 8-bit integers without a sign
     * @param packed of {@link #packed}
     * @param scale (out), float32
     * @param zeros (out), 32-bit zeros: the weights have no offset
     * @return (rows, out), float32
     */
    Tensor product(Tensor x, long zero, Tensor packed, Tensor scale, Tensor zeros) {
        return saturating ? halves(x, zero, packed, scale, zeros) : whole(x, zero, packed, scale, zeros);
    }

    /**
     * The product as the sum of two, of the halves of x. Processors without VNNI instructions add pairs of 8-bit products in 16 bits,
     * where 2·255·127 saturates and oneDNN does not say so; 2·128·127 is exact.
     */
    Tensor halves(Tensor x, long zero, Tensor packed, Tensor scale, Tensor zeros) {
        Tensor half = x.bitwise_right_shift(new Scalar(1)); // 0 … 127
        Tensor rest = x.sub(half); // 0 … 128
        Tensor ones = torch.ones_like(scale);
        return whole(half, zero / 2, packed, ones, zeros)
                .add_(whole(rest, zero - zero / 2, packed, ones, zeros))
                .mul_(scale);
    }

    private Tensor whole(Tensor x, long zero, Tensor packed, Tensor scale, Tensor zeros) {
        return call(
                product,
                new IValue(x),
                new IValue(1.0), // the scale of x is the caller's business
                new IValue(zero),
                new IValue(packed),
                new IValue(scale),
                new IValue(zeros),
                new IValue(), // no bias
                new IValue(1.0),
                new IValue(0L),
                new IValue((long) ScalarType.Float.value),
                new IValue("none"),
                noScalars(),
                new IValue(""));
    }

    /** Whether a product of the largest inputs and weights is right. */
    private boolean exact(Product way) {
        Tensor x = torch.full(new long[] {PROBE, PROBE}, new Scalar(LARGEST_INPUT), new TensorOptions(ScalarType.Byte));
        Tensor w =
                torch.full(new long[] {PROBE, PROBE}, new Scalar(LARGEST_WEIGHT), new TensorOptions(ScalarType.Char));
        Tensor scale = torch.ones(new long[] {PROBE}, new TensorOptions(ScalarType.Float));
        Tensor zeros = torch.zeros(new long[] {PROBE}, new TensorOptions(ScalarType.Int));
        return way.of(x, 0, packed(w), scale, zeros)
                .eq(new Scalar(PROBE * LARGEST_INPUT * LARGEST_WEIGHT))
                .all()
                .item_bool();
    }

    /** The result of an operator that has one. */
    static Tensor call(OperatorHandle operator, IValue... arguments) {
        IValueVector stack = new IValueVector();
        for (IValue argument : arguments) {
            stack.push_back(argument);
        }
        operator.callBoxed(stack);
        return new Tensor(stack.get(0).toTensor()); // a handle of its own, since the stack's goes with the stack
    }

    /** An operator that is registered under a name. */
    static OperatorHandle find(String name, String overload) {
        return NativeScope.detach(() -> Dispatcher.singleton().findSchemaOrThrow(name, overload));
    }

    /** A list of whole numbers as an argument. */
    static IValue integers(long... values) {
        GenericList list = new GenericList(ListType.ofInts().getElementType());
        for (long value : values) {
            list.push_back(new IValue(value));
        }
        return new IValue(list);
    }

    /** An empty list of numbers that may be absent, as an argument. */
    static IValue noScalars() {
        return new IValue(new GenericList(OptionalType.get(ListType.ofNumbers().getElementType())));
    }

    /** The operators, or why there are none. A platform may have their names, but not the code behind them. */
    private static final class Holder {
        private static final Optional<Operators> FOUND;
        private static final Optional<DeqaException> FAILURE;

        static {
            Optional<Operators> found = Optional.empty();
            Optional<DeqaException> failure = Optional.empty();
            try {
                found = Optional.of(new Operators());
            } catch (DeqaException e) {
                failure = Optional.of(e);
            } catch (RuntimeException e) {
                failure = Optional.of(unsupported("this build of libtorch has no 8-bit products"));
            }
            FOUND = found;
            FAILURE = failure;
        }

        private Holder() {}
    }
}
