package io.github.deqa4j.reliability;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.file.Excerpt;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The tensors of a file, which is not trusted: all must be known, of the right shape, and of finite numbers. */
final class ReliabilityTensors {
    private final String file;
    private final Checkpoint checkpoint;
    private final Set<String> unread;

    /** @param file what messages call it */
    ReliabilityTensors(String file, Checkpoint checkpoint) {
        this.file = file;
        this.checkpoint = checkpoint;
        unread = new TreeSet<>(checkpoint.tensors().keySet());
    }

    /**
     * The extent of a tensor along its first dimension.
     *
     * @throws DeqaException if the tensor is missing, has none, or the extent is not from 1 to a limit
     */
    int length(String name, int most) {
        long[] shape = entry(name).shape();
        require(
                shape.length > 0 && shape[0] >= 1 && shape[0] <= most,
                name,
                "has the shape " + Arrays.toString(shape) + "; its first dimension must be from 1 to " + most);
        return (int) shape[0];
    }

    /** The only element of a tensor; otherwise as {@link #read}. */
    float number(String name) {
        return read(name, 1)[0];
    }

    /**
     * The elements of a tensor, row by row.
     *
     * @throws DeqaException if it is missing, of another shape, or has elements that are no finite numbers
     */
    float[] read(String name, long... shape) {
        TensorEntry entry = entry(name);
        require(
                Arrays.equals(entry.shape(), shape),
                name,
                "has the shape " + Arrays.toString(entry.shape()) + " instead of " + Arrays.toString(shape));
        unread.remove(name);
        float[] values = entry.toFloats();
        for (float value : values) {
            require(Float.isFinite(value), name, "holds " + value + "; all its numbers must be finite");
        }
        return values;
    }

    /** @throws DeqaException that names the file, the tensor and what is wrong with it, unless a condition holds */
    void require(boolean condition, String name, String problem) {
        if (!condition) {
            throw new DeqaException(file + ": the tensor " + name + " " + problem);
        }
    }

    /** @throws DeqaException if there is a tensor that has not been read */
    void requireAllRead() {
        if (!unread.isEmpty()) {
            throw new DeqaException(
                    file + ": the tensor " + Excerpt.quoted(unread.iterator().next())
                            + " is not known here; such a file was written by a later version, or is no file of this kind");
        }
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = checkpoint.tensors().get(name);
        if (entry == null) {
            throw new DeqaException(file + ": the tensor " + name + " is missing; write the file again or remove it");
        }
        return entry;
    }
}
