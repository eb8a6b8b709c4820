package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The weights of a checkpoint. They are mapped into memory, but for those that the network does not keep as they are: touched pages of a
 * mapping stay in memory until the garbage collector finds it, long after the last use.
 *
 * @param copied the names of weights to copy out of their file, which can then be freed at once; these alone may be integers
 */
record CheckpointWeights(Checkpoint checkpoint, Predicate<String> copied) implements WeightSource {
    /** The weights of a checkpoint, all mapped. */
    CheckpointWeights(Checkpoint checkpoint) {
        this(checkpoint, name -> false);
    }

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
        if (!copied.test(name)) {
            return Weight.over(entry.map(), scalarType(entry), entry.shape());
        }
        ScalarType type = entry.dtype() == DType.I8 ? ScalarType.Char : scalarType(entry);
        return Weight.filled(type, entry::read, entry.shape());
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
