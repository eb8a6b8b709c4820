package io.github.deqa4j.torch.nn;

import java.util.function.Supplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.InferenceMode;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * The one place where native memory gets its lifetime. Whatever the engine allocates while a scope is open is freed
 * when it closes; what must live longer leaves through {@link #keep}.
 *
 * <p>Scopes open per scored batch, per training step, and, inside those, per layer of a {@link LayerStack}: without the
 * last an image would hold the intermediate results of all layers until its score is there.
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
     * A scope in which nothing is recorded, but whose results may take part in recorded computations later: for the change
     * of weights. Close it on the same thread.
     */
    public static NativeScope update() {
        NativeScope scope = new NativeScope();
        new NoGradGuard();
        return scope;
    }

    /** The result of a computation, freed of all that it needed; it belongs to the enclosing scope, if there is one. */
    public static Tensor keep(Supplier<Tensor> computation) {
        Tensor result = detach(computation);
        PointerScope enclosing = PointerScope.getInnerScope();
        if (enclosing != null) {
            enclosing.attach(result);
            result.releaseReference();
        }
        return result;
    }

    /** As {@link #keep(Supplier)}, with or without a record for the backward sweep, whatever holds outside. */
    static Tensor keep(boolean recorded, Supplier<Tensor> computation) {
        return keep(() -> {
            new AutoGradMode(recorded);
            return computation.get();
        });
    }

    /** The result of a computation, freed of all that it needed; no scope owns it, whoever gets it closes it. */
    static Tensor detach(Supplier<Tensor> computation) {
        try (PointerScope inner = new PointerScope()) {
            Tensor result = computation.get();
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
