package io.github.deqa4j.torch.distributed;

import io.github.deqa4j.torch.nn.Gradients;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/** A process group of world size 1, in which collective operations have nothing to do. */
final class SingleProcess implements ProcessGroup {
    @Override
    public int rank() {
        return 0;
    }

    @Override
    public int size() {
        return 1;
    }

    @Override
    public double[] sum(double[] values) {
        return values.clone();
    }

    @Override
    public void sum(Gradients gradients) {}

    @Override
    public void broadcast(Tensor tensor) {}

    @Override
    public <T> T together(Supplier<T> work) {
        return work.get();
    }

    @Override
    public void fail(Throwable reason) {}

    @Override
    public void close() {}
}
