package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/** The tensors of a file, all of which must be read. */
final class HeapTensors {
    private static final int NAMES_SHOWN = 12;
    private static final float LARGEST_HALF = 65504;

    private final Path file;
    private final Checkpoint checkpoint;
    private final Set<String> unread;

    /** @throws DeqaException if the file is missing or malformed */
    HeapTensors(Path file) {
        this.file = file;
        checkpoint = Checkpoint.openFile(file);
        unread = new TreeSet<>(checkpoint.tensors().keySet());
    }

    boolean has(String name) {
        return checkpoint.tensors().containsKey(name);
    }

    /**
     * The shape of a tensor.
     *
     * @throws DeqaException if it is missing, or has another number of dimensions or one without extent
     */
    long[] shape(String name, int dimensions) {
        long[] shape = entry(name).shape();
        if (shape.length != dimensions || Arrays.stream(shape).anyMatch(extent -> extent < 1)) {
            throw new DeqaException(file + ": the tensor " + name + " has the shape " + Arrays.toString(shape)
                    + "; it must have " + dimensions + " dimensions, none of them 0");
        }
        return shape;
    }

    /**
     * The elements of a tensor, row by row.
     *
     * @throws DeqaException if it is missing, of another shape, or has elements that are no finite numbers
     */
    float[] read(String name, long... shape) {
        float[] values = any(name, shape);
        for (float value : values) {
            require(Float.isFinite(value), name, "holds " + value + "; all its numbers must be finite");
        }
        return values;
    }

    /**
     * The variances in a tensor. The files of trunks are in half precision, where a larger variance became infinite; it is read as
     * the largest half.
     *
     * @throws DeqaException if it is missing, of another shape, or has elements below 0 or that are no numbers
     */
    float[] variances(String name, long... shape) {
        float[] values = any(name, shape);
        for (int i = 0; i < values.length; i++) {
            require(values[i] >= 0, name, "holds " + values[i] + "; a variance is not below 0");
            values[i] = Float.isInfinite(values[i]) ? LARGEST_HALF : values[i];
        }
        return values;
    }

    private float[] any(String name, long... shape) {
        TensorEntry entry = entry(name);
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new DeqaException(file + ": the tensor " + name + " has the shape " + Arrays.toString(entry.shape())
                    + " instead of " + Arrays.toString(shape));
        }
        unread.remove(name);
        return entry.toFloats();
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
            throw new DeqaException(file + ": " + unread.size() + " tensors have no place in a residual trunk ("
                    + String.join(", ", unread.stream().limit(NAMES_SHOWN).toList())
                    + (unread.size() > NAMES_SHOWN ? ", …" : "") + ")");
        }
    }

    private TensorEntry entry(String name) {
        TensorEntry entry = checkpoint.tensors().get(name);
        if (entry == null) {
            throw new DeqaException(file + ": the tensor " + name
                    + " is missing; a trunk is a ResNet (v1) with the names of tf.keras, from conv1 on");
        }
        return entry;
    }
}
