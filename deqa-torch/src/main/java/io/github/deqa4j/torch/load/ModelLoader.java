package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.torch.lora.LoraConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Device;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Precision;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Reads the files of a model into a network.
 *
 * <p>The names in the files and those in the network must be the same, one for one. Weights that already have the wanted
 * number format stay where they are, mapped from the file; others are converted, one at a time.
 */
public final class ModelLoader {
    private ModelLoader() {}

    /**
     * Gives a network its weights.
     *
     * @param network without weights; closed where it cannot be loaded
     * @return the same
     * @throws DeqaException if a file is missing or malformed, a tensor is missing, unknown or of the wrong shape, the
     *     device is not there, or the weights cannot fit into the machine's memory
     */
    public static <B extends Block> B load(B network, ModelFiles files, Precision precision, Device device) {
        Engine.start();
        device.requireAvailable();
        WeightSource source = source(files);
        Map<String, Parameter> parameters = network.namedParameters();
        NameCheck.of(parameters, source).require(files.name());
        MemoryCheck.require(files.name(), parameters.values(), precision, device);
        try {
            parameters.forEach((name, parameter) ->
                    parameter.bind(weight(name, parameter, source).to(precision, device)));
        } catch (RuntimeException e) {
            network.close();
            throw e;
        }
        return network;
    }

    static WeightSource source(ModelFiles files) {
        WeightSource weights = new CheckpointWeights(files.checkpoint());
        return files.adapter()
                .<WeightSource>map(adapter -> adapted(weights, adapter))
                .orElse(weights);
    }

    private static WeightSource adapted(WeightSource weights, Path adapter) {
        return new LoraWeights(
                weights,
                new CheckpointWeights(Checkpoint.openFile(either(adapter, PeftNames.TRAINED_FILE))),
                new CheckpointWeights(Checkpoint.openFile(either(adapter, PeftNames.ADAPTER_FILE))),
                LoraConfig.read(adapter.resolve(PeftNames.CONFIG_FILE)),
                adapter);
    }

    private static Path either(Path directory, String name) {
        Path safetensors = directory.resolve(name + ".safetensors");
        return Files.exists(safetensors) ? safetensors : directory.resolve(name + ".bin");
    }

    /**
     * The weight under a name. A buffer that is stored rounded, as half-precision checkpoints have it, is computed instead,
     * as the reference does; one that holds other values is taken as it is.
     */
    private static Weight weight(String name, Parameter parameter, WeightSource source) {
        if (!source.names().contains(name)) {
            return parameter.compute();
        }
        Weight stored = source.read(name);
        if (!parameter.optional()) {
            return stored;
        }
        Weight computed = parameter.compute();
        boolean rounded = stored.isRounded(computed);
        (rounded ? stored : computed).close();
        return rounded ? computed : stored;
    }
}
