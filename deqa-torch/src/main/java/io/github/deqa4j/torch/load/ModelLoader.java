package io.github.deqa4j.torch.load;

import static java.util.Objects.requireNonNull;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.lora.LoraConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.Int8;
import io.github.deqa4j.torch.nn.NativeTypes;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Loads the weights of a model into a network.
 *
 * <p>The names of the tensors in the files and of the parameters in the network must be equal. Weights that already have the wanted
 * number format stay in the mapped file; others are converted, one at a time.
 */
public final class ModelLoader {
    /** The largest weight that is checked for finite numbers when it is bound: all weights of the small network, and every bias. */
    private static final long CHECKED_AT_ONCE = 1 << 22;

    /** Weights that are loaded before the memory that their conversion left is given back: gaps of up to 2 GB for 8 billion. */
    private static final long RELEASED_AT_ONCE = 1L << 28;

    private ModelLoader() {}

    /**
     * Loads the weights of a network.
     *
     * @param network without weights; closed if it cannot be loaded
     * @return the same
     * @throws DeqaException if a file is missing or malformed, a tensor is missing, unknown or of the wrong shape, the
     *     device is not there, or the weights cannot fit into the machine's memory
     * @throws UnusableModelException if a weight of at most four million numbers holds one that is not finite
     */
    public static <B extends Block> B load(B network, ModelFiles files, Precision precision, Device device) {
        return load(network, source(files, quantized(network)), files, precision, device);
    }

    /**
     * Loads the weights of a network from files that are not quantized, and quantizes them while reading; otherwise as {@link #load}.
     *
     * @param network with the layers to be quantized ({@link Block#quantize}), without weights
     */
    public static <B extends Block> B loadQuantizing(B network, ModelFiles files, Device device) {
        return load(network, quantizing(network, files), files, Precision.INT8, device);
    }

    private static <B extends Block> B load(
            B network, WeightSource source, ModelFiles files, Precision precision, Device device) {
        Engine.start();
        NativeTypes.requireAvailable(device);
        Map<String, Parameter> parameters = network.namedParameters();
        NameCheck.of(network, source).require(files.name());
        parameters.forEach((name, parameter) -> requireFormat(name, parameter, source));
        network.otherNames().forEach((other, name) -> requireEqual(other, name, source));
        MemoryCheck.require(files.name(), parameters.values(), precision, device);
        try {
            bind(parameters, source, precision, device);
            quantized(network).forEach(name -> requirePositive(name + Int8.SCALE, parameters, source));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        return network;
    }

    private static void bind(
            Map<String, Parameter> parameters, WeightSource source, Precision precision, Device device) {
        long kept = 0; // elements since freed memory was last given back
        for (String name : largestFirst(parameters)) {
            Parameter parameter = requireNonNull(parameters.get(name));
            parameter.bind(weight(name, parameter, source), precision, device);
            if (parameter.elements() <= CHECKED_AT_ONCE) {
                requireFinite(name, parameter, source);
            }
            kept += parameter.elements();
            if (kept > RELEASED_AT_ONCE) {
                Engine.releaseFreed();
                kept = 0;
            }
        }
        Engine.releaseFreed();
    }

    /**
     * The names in the order of loading. What a weight is read into is freed when it has been converted, and the next one is read into
     * the same place if it is no larger.
     */
    static List<String> largestFirst(Map<String, Parameter> parameters) {
        return parameters.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        parameter -> -parameter.getValue().elements()))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Checks that every weight of a loaded network is finite. All weights are read. {@link #load} checks only the smaller ones; a
     * larger one that is not finite makes the output of the network not finite.
     *
     * @param files the files that the network was loaded from
     * @throws UnusableModelException if a weight is not a finite number; the message names file and tensor
     */
    public static void requireFinite(Block network, ModelFiles files) {
        WeightSource source = source(files);
        network.namedParameters().forEach((name, parameter) -> requireFinite(name, parameter, source));
    }

    private static void requireFinite(String name, Parameter parameter, WeightSource source) {
        if (source.names().contains(name) && !parameter.finite()) {
            throw new UnusableModelException(source.file(name) + ": the tensor " + Excerpt.quoted(name)
                    + " holds numbers that are infinite or NaN, so the network cannot score; the weights"
                    + " were damaged, or their training diverged");
        }
    }

    /** −128 has no opposite, so nobody writes it; on some processors its products are not exact. */
    private static void requireSteps(String name, Weight stored, WeightSource source) {
        if (Weight.least(stored.tensor()) < -Int8.LARGEST) {
            stored.close();
            throw new UnusableModelException(
                    source.file(name) + ": the tensor " + Excerpt.quoted(name)
                            + " holds -128, but the integers of a quantized weight are from -127 to 127; the weights were damaged");
        }
    }

    private static void requirePositive(String scale, Map<String, Parameter> parameters, WeightSource source) {
        if (!requireNonNull(parameters.get(scale)).positive()) {
            throw new UnusableModelException(source.file(scale) + ": the tensor " + Excerpt.quoted(scale)
                    + " holds numbers that are zero or negative, which no scale is; the weights were damaged");
        }
    }

    /** Integers stand exactly where the network has quantized weights. */
    private static void requireFormat(String name, Parameter parameter, WeightSource source) {
        if (!source.names().contains(name)) {
            return;
        }
        DType type = source.dtype(name);
        if (parameter.quantized() != (type == DType.I8)) {
            throw new DeqaException(source.file(name) + ": the tensor " + Excerpt.quoted(name) + " is of type " + type
                    + ", but config.json says that it is " + (parameter.quantized() ? "" : "not ")
                    + "quantized (\"quantization_config\"); the two are of different models");
        }
    }

    /** If a file has both names of a weight, the tensors must be equal. */
    private static void requireEqual(String other, String name, WeightSource source) {
        if (source.names().contains(other)) {
            try (Weight first = source.read(other);
                    Weight second = source.read(name)) {
                if (!first.isEqual(second)) {
                    throw new DeqaException(source.file(other) + ": the tensor " + Excerpt.quoted(other)
                            + " differs from " + Excerpt.quoted(name) + ", but config.json says that they are the same"
                            + " (\"tie_word_embeddings\"); set that to false to use both");
                }
            }
        }
    }

    static WeightSource source(ModelFiles files) {
        return source(files, Set.of());
    }

    /** The weights of a network that {@link Block#quantize} changed, quantized from files that are not. */
    static WeightSource quantizing(Block network, ModelFiles files) {
        Set<String> quantized = quantized(network);
        return new QuantizedWeights(source(files, quantized), quantized);
    }

    private static Set<String> quantized(Block network) {
        return network.namedParameters().entrySet().stream()
                .filter(parameter -> parameter.getValue().quantized())
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static WeightSource source(ModelFiles files, Set<String> copied) {
        WeightSource weights = new CheckpointWeights(files.checkpoint(), copied::contains);
        return files.adapter()
                .<WeightSource>map(adapter -> adapted(weights, adapter))
                .orElse(weights);
    }

    private static WeightSource adapted(WeightSource weights, Path adapter) {
        return new LoraWeights(
                weights,
                AdapterFiles.trained(adapter).map(file -> new CheckpointWeights(Checkpoint.openFile(file))),
                new CheckpointWeights(Checkpoint.openFile(AdapterFiles.pairs(adapter))),
                LoraConfig.read(adapter.resolve(PeftNames.CONFIG_FILE)),
                adapter);
    }

    /**
     * The weight of a name. A buffer that the checkpoint holds in half precision, rounded, is computed instead, as the reference
     * does. A buffer with other values is taken as it is.
     */
    private static Weight weight(String name, Parameter parameter, WeightSource source) {
        if (!source.names().contains(name)) {
            return parameter.compute();
        }
        Weight stored = source.read(name);
        if (parameter.quantized()) {
            requireSteps(name, stored, source);
        }
        if (!parameter.optional()) {
            return stored;
        }
        Weight computed = parameter.compute();
        boolean rounded = stored.isRounded(computed);
        (rounded ? stored : computed).close();
        return rounded ? computed : stored;
    }
}
