package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Named tensors in a safetensors file: weights, or the state of an optimizer. */
public final class TensorFile {
    private TensorFile() {}

    /**
     * Writes tensors, each in its number format, one at a time.
     *
     * @throws DeqaException if the file cannot be written, or a tensor is not of float32, float16, bfloat16 or 8-bit integers
     */
    public static void write(Path file, Map<String, Tensor> tensors) {
        SafetensorsWriter.write(file, sources(tensors));
    }

    /**
     * Tensors for a file writer. Each is copied from its device when it is written.
     *
     * @throws DeqaException if a tensor is not of float32, float16, bfloat16 or 8-bit integers
     */
    public static NavigableMap<String, TensorSource> sources(Map<String, Tensor> tensors) {
        NavigableMap<String, TensorSource> sources = new TreeMap<>();
        tensors.forEach((name, tensor) -> sources.put(
                name, new TensorSource(dtype(name, tensor), tensor.shape(), () -> Tensors.toBytes(tensor))));
        return sources;
    }

    /**
     * Reads all tensors of a file, mapped into memory; the caller owns them.
     *
     * @throws DeqaException if the file is missing or malformed
     */
    public static NavigableMap<String, Weight> read(Path file) {
        CheckpointWeights weights = new CheckpointWeights(Checkpoint.openFile(file));
        NavigableMap<String, Weight> read = new TreeMap<>();
        weights.names().forEach(name -> read.put(name, weights.read(name)));
        return read;
    }

    private static DType dtype(String name, Tensor tensor) {
        return dtype(name, tensor.scalar_type());
    }

    static DType dtype(String name, ScalarType type) {
        return switch (type.intern()) {
            case Float -> DType.F32;
            case Half -> DType.F16;
            case BFloat16 -> DType.BF16;
            case Char -> DType.I8;
            default -> throw new DeqaException("the tensor " + name + " has a number format that is not saved");
        };
    }
}
