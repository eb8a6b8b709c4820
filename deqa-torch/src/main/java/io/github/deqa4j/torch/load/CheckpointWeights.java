package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Objects;
import java.util.Set;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** The weights of a checkpoint, mapped into memory. */
record CheckpointWeights(Checkpoint checkpoint) implements WeightSource {

    @Override
    public Set<String> names() {
        return checkpoint.tensors().keySet();
    }

    @Override
    public long[] shape(String name) {
        return entry(name).shape();
    }

    @Override
    public DType dtype(String name) {
        return entry(name).dtype();
    }

    @Override
    public String file(String name) {
        return entry(name).file();
    }

    @Override
    public Weight read(String name) {
        TensorEntry entry = entry(name);
        return Weight.over(entry.map(), scalarType(entry), entry.shape());
    }

    private TensorEntry entry(String name) {
        return Objects.requireNonNull(checkpoint.tensors().get(name), name);
    }

    private static ScalarType scalarType(TensorEntry entry) {
        DType type = entry.dtype();
        return switch (type) {
            case F64 -> ScalarType.Double;
            case F32 -> ScalarType.Float;
            case F16 -> ScalarType.Half;
            case BF16 -> ScalarType.BFloat16;
            default ->
                throw new DeqaException(entry.file() + ": the tensor " + Excerpt.quoted(entry.name()) + " is of type "
                        + type + "; weights must be F64, F32, F16 or BF16");
        };
    }
}
