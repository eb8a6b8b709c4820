package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.ByteBuffer;
import java.util.NavigableMap;
import java.util.TreeMap;

/** The tensors of a quantized model's files, from those of the model itself. */
public final class QuantizedTensors {
    private QuantizedTensors() {}

    /**
     * Tensors for a file writer. Each is read and, where the network says so, quantized when it is written. They have the number
     * formats in which the network keeps them, so that they can be mapped; only a buffer keeps that of its file, by which
     * {@link ModelLoader} tells whether it was rounded.
     *
     * @param network with the layers to be quantized ({@link Block#quantize}), without weights
     * @param files a model that is not quantized; an adapter is merged before its weights are quantized
     * @throws DeqaException if a file is missing or malformed, or names or shapes do not fit the network
     */
    public static NavigableMap<String, TensorSource> sources(Block network, ModelFiles files) {
        Engine.start();
        WeightSource source = ModelLoader.quantizing(network, files);
        NameCheck.of(network, source).require(files.name());
        NavigableMap<String, TensorSource> sources = new TreeMap<>();
        network.namedParameters().forEach((name, parameter) -> {
            if (source.names().contains(name)) {
                sources.put(name, tensor(name, parameter, source));
            }
        });
        return sources;
    }

    private static TensorSource tensor(String name, Parameter parameter, WeightSource source) {
        boolean buffer = parameter.optional();
        DType type = buffer ? source.dtype(name) : TensorFile.dtype(name, parameter.format(Precision.INT8));
        return new TensorSource(type, parameter.shape(), () -> elements(name, parameter, source, buffer));
    }

    private static ByteBuffer elements(String name, Parameter parameter, WeightSource source, boolean asItIs) {
        Weight stored = source.read(name);
        try (Weight weight = asItIs ? stored : stored.to(parameter.format(Precision.INT8), Device.CPU)) {
            return Tensors.toBytes(weight.tensor());
        }
    }
}
