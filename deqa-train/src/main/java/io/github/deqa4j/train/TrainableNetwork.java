package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.ShardWriter;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.lora.LoraAdapter;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Recomputation;
import io.github.deqa4j.torch.nn.Weight;
import io.github.deqa4j.train.checkpoint.AdapterWriter;
import io.github.deqa4j.train.checkpoint.ModelWriter;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.config.TuningSettings;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A network of which some weights are trained: all of them, some parts, or a LoRA adapter in it. */
final class TrainableNetwork implements AutoCloseable {
    private final TrainingConfig config;
    private final ModelFiles files;
    private final NetworkArchitecture architecture;
    private final LevelNetwork network;
    private final Block model;
    private final @Nullable LoraAdapter adapter;
    private final NavigableMap<String, Parameter> trained;

    /**
     * Loads a network. What is trained follows from the settings.
     *
     * @param architecture of the network in the files
     * @param device where it computes
     * @param random source of the adapter's initial values and of dropout
     * @throws DeqaException if the network cannot be loaded, a weight of it is not finite, it has no layers that LoRA's targets
     *     name, or no weight is left to train
     */
    TrainableNetwork(
            TrainingConfig config,
            ModelFiles files,
            NetworkArchitecture architecture,
            Device device,
            RandomStream random) {
        this.config = config;
        this.files = files;
        this.architecture = architecture;
        requireFloating(architecture);
        network = architecture.load(new NetworkSettings(
                config.evaluation().question(),
                Prompt.EVALUATION,
                config.model().precision(),
                device,
                random));
        model = network.block();
        try {
            ModelLoader.requireFinite(model, files);
            TuningSettings tuning = config.tuning();
            adapter = tuning.method() == TuningSettings.Method.LORA
                    ? LoraAdapter.insert(model, tuning.lora(), random, device)
                    : null;
            model.setTrained(name -> tuning.trains(architecture.part(name), name));
            model.recompute(tuning.gradientCheckpointing() ? new Recomputation(random) : null);
            trained = model.trainedParameters();
            requireFrozen(model, tuning.frozen());
            if (trained.isEmpty()) {
                throw new DeqaException("\"tuning\" freezes every weight of the network; leave some to be trained");
            }
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
    }

    private void requireFloating(NetworkArchitecture architecture) {
        if (architecture.usualPrecision() == Precision.INT8) {
            throw new DeqaException(files.title()
                    + ": this model is quantized, and integers cannot be trained; train the model that was quantized");
        }
    }

    /** The network, which answers the prompt of evaluations. */
    LevelNetwork network() {
        return network;
    }

    /** The parameters that are trained, by their names in the network. */
    NavigableMap<String, Parameter> trained() {
        return trained;
    }

    /** The learning rate of a parameter before the schedule's factor. */
    double learningRate(String name) {
        return config.optimizer().learningRate().of(architecture.part(name));
    }

    /** Number of weights that are trained. */
    long trainedElements() {
        return elements(trained);
    }

    /** Number of all weights, those of an adapter included. */
    long elements() {
        return elements(model.namedParameters());
    }

    /** The name of a weight that holds a NaN or an infinite number, if there is one. */
    Optional<String> nonFiniteWeight() {
        return model.namedParameters().entrySet().stream()
                .filter(entry -> !entry.getValue().finite())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /**
     * Restores the trained weights of a checkpoint, and closes them.
     *
     * @throws DeqaException if names or shapes differ
     */
    void restore(NavigableMap<String, Weight> saved) {
        try (NativeScope scope = NativeScope.update()) {
            if (!saved.keySet().equals(trained.keySet())) {
                throw new DeqaException("the checkpoint has " + saved.size() + " trained weights and the network "
                        + trained.size() + ", or their names differ; it is of another model");
            }
            trained.forEach((name, parameter) -> copy(name, saved.get(name), parameter));
        } finally {
            saved.values().forEach(Weight::close);
        }
    }

    /**
     * Writes the network, or its adapter, to a directory.
     *
     * @param more writes further files into it
     * @throws DeqaException if it cannot be written
     */
    void write(Path directory, Consumer<Path> more) {
        if (adapter == null) {
            new ModelWriter(files, ShardWriter.SHARD_BYTES).write(directory, model.namedParameters(), more);
        } else {
            new AdapterWriter(files, config.tuning().lora()).write(directory, adapter.parameters(), trained, more);
        }
    }

    @Override
    public void close() {
        network.close();
    }

    /** A name that matches no weight is a mistake: the weights that it means would be trained. */
    private static void requireFrozen(Block model, List<String> frozen) {
        frozen.stream()
                .filter(start -> model.namedParameters().keySet().stream().noneMatch(name -> name.startsWith(start)))
                .findFirst()
                .ifPresent(start -> {
                    throw new DeqaException("\"tuning.frozen\" names \"" + start
                            + "\", but no weight's name begins so; take the names from the checkpoint's list of"
                            + " tensors");
                });
    }

    private static void copy(String name, @Nullable Weight saved, Parameter parameter) {
        if (saved == null || !Arrays.equals(saved.tensor().shape(), parameter.shape())) {
            throw new DeqaException("the checkpoint's weight " + name
                    + " has another shape than the network's; it is of another model");
        }
        parameter.value().copy_(saved.tensor());
    }

    private static long elements(Map<String, Parameter> parameters) {
        return parameters.values().stream().mapToLong(Parameter::elements).sum();
    }
}
