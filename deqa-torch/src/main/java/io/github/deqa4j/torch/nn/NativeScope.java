package io.github.deqa4j.torch.nn;

import java.util.function.Supplier;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The lifetime of native memory. Closing a scope frees all that libtorch allocated while it was open. A result that must live longer
 * leaves the scope through {@link #keep}.
 *
 * <p>There is a scope for each scored batch and each training step, and inside it one for each layer of a {@link LayerStack}. Without
 * the latter, the intermediate results of all layers would stay in memory until the image has its score.
 */
public final class NativeScope implements AutoCloseable {
    private final PointerScope pointers = new PointerScope();

    private NativeScope() {}

    /** A scope in which nothing is recorded for gradients; close it on the same thread. */
    public static NativeScope inference() {
        NativeScope scope = new NativeScope();
        new InferenceMode(true);
        return scope;
    }

    /** A scope in which operations on parameters that require gradients are recorded; close it on the same thread. */
    public static NativeScope training() {
        return new NativeScope();
    }

    /**
     * A scope for changing weights: nothing is recorded for gradients, but results may be used in recorded computations later. Close
     * it on the same thread.
     */
    public static NativeScope update() {
        NativeScope scope = new NativeScope();
        new NoGradGuard();
        return scope;
    }

    /** Runs a computation and frees all that it allocated except its result, which the enclosing scope owns, if there is one. */
    public static Tensor keep(Supplier<Tensor> computation) {
        Tensor result = detach(computation);
        PointerScope enclosing = PointerScope.getInnerScope();
        if (enclosing != null) {
            enclosing.attach(result);
            result.releaseReference();
        }
        return result;
    }

    /** As {@link #keep(Supplier)}, with recording for gradients switched on or off. */
    static Tensor keep(boolean recorded, Supplier<Tensor> computation) {
        return keep(() -> {
            new AutoGradMode(recorded);
            return computation.get();
        });
    }

    /** Runs a computation and frees all that it allocated except its result, which the caller must close. */
    static <P extends Pointer> P detach(Supplier<P> computation) {
        try (PointerScope inner = new PointerScope()) {
            P result = computation.get();
            result.retainReference();
            return result;
        }
    }

    /** Frees a result of {@link #keep} before its scope closes. */
    static void free(Tensor tensor) {
        PointerScope enclosing = PointerScope.getInnerScope();
        if (enclosing == null) {
            tensor.close();
        } else {
            enclosing.detach(tensor);
        }
    }

    @Override
    public void close() {
        pointers.close();
    }
}
