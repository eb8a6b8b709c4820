package io.github.deqa4j.train;

import static io.github.deqa4j.torch.nn.Functional.times;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.lora.LoraAdapter;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.AdamW;
import io.github.deqa4j.torch.nn.AveragedWeights;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Recomputation;
import io.github.deqa4j.torch.nn.Weight;
import io.github.deqa4j.train.checkpoint.AdapterWriter;
import io.github.deqa4j.train.checkpoint.ModelWriter;
import io.github.deqa4j.train.checkpoint.SavedRun;
import io.github.deqa4j.train.checkpoint.TensorGroup;
import io.github.deqa4j.train.config.OptimizerSettings;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.config.TuningSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * A network that learns: its weights, the optimizer, the averaged weights and the randomness of dropout. A step is any number
 * of {@link #pass} and then one {@link #step}.
 */
final class Learner implements AutoCloseable {
    private final TrainingConfig config;
    private final ModelFiles files;
    private final NetworkArchitecture architecture;
    private final LevelNetwork network;
    private final Block model;
    private final RandomStream random;
    private final @Nullable LoraAdapter adapter;
    private final NavigableMap<String, Parameter> learnt;
    private final Gradients gradients;
    private final AdamW optimizer;
    private final ProcessGroup ranks;
    private final @Nullable AveragedWeights averages;
    private long passedRandom;

    /**
     * A learner at the start of a run, or where a saved one stopped.
     *
     * @param device where it is
     * @param saved on the first rank alone; the others get it by {@link #follow}
     * @param ranks who learns, each from its part of a batch
     * @throws io.github.deqa4j.DeqaException if the network cannot be loaded, has no such layers as LoRA's targets, or is not
     *     the one that was saved
     */
    Learner(TrainingConfig config, ModelFiles files, Device device, Optional<SavedRun> saved, ProcessGroup ranks) {
        this.config = config;
        this.files = files;
        this.ranks = ranks;
        random = new RandomStream(config.schedule().seed());
        architecture = NetworkArchitecture.of(files);
        network = architecture.load(new NetworkSettings(
                config.evaluation().question(),
                Prompt.EVALUATION,
                config.model().precision(),
                device,
                random));
        model = network.block();
        ModelLoader.requireFinite(model, files);
        adapter = config.tuning().method() == TuningSettings.Method.LORA
                ? LoraAdapter.insert(model, config.tuning().lora(), random, device)
                : null;
        random.enter(ranks.rank()); // after the adapter, which begins the same on all
        model.learn(name -> config.tuning().learns(architecture.part(name), name));
        model.recompute(config.tuning().gradientCheckpointing() ? new Recomputation(random) : null);
        learnt = model.learntParameters();
        requireFrozen(config.tuning().frozen());
        if (learnt.isEmpty()) {
            throw new DeqaException("\"tuning\" freezes every weight of the network; leave some to be learnt");
        }
        gradients = new Gradients(learnt);
        saved.ifPresent(run -> restoreWeights(run.tensors(TensorGroup.WEIGHTS)));
        optimizer = new AdamW(learnt, config.optimizer().adamw());
        double decay = config.optimizer().averageDecay();
        averages = decay > 0 ? new AveragedWeights(learnt, optimizer::original, decay) : null;
        saved.ifPresent(this::restoreState);
        passedRandom = random.position();
    }

    /** The network, which answers the question of evaluations. */
    LevelNetwork network() {
        return network;
    }

    /**
     * Takes over everything that a checkpoint keeps from the first rank.
     *
     * @param optimizerSteps {@link #optimizerSteps} there
     * @param randomPosition {@link #randomPosition} there
     */
    void follow(long optimizerSteps, long randomPosition) {
        tensors().values().forEach(group -> group.values().forEach(tensor -> ranks.broadcast(tensor.detach())));
        optimizer.restore(optimizerSteps, optimizer.state());
        random.moveTo(randomPosition);
        passedRandom = randomPosition;
    }

    /** Numbers that are learnt. */
    long learntElements() {
        return elements(learnt);
    }

    /** Numbers of the network. */
    long elements() {
        return elements(model.namedParameters());
    }

    /** Changes of the weights so far. */
    long optimizerSteps() {
        return optimizer.steps();
    }

    /** Random seeds drawn up to the last whole step. */
    long randomPosition() {
        return passedRandom;
    }

    /**
     * Adds the gradients of a loss, of this rank's part of it.
     *
     * @param share what the loss is multiplied with
     * @throws NonFiniteException if the loss is not a finite number; nothing is added then
     */
    LossParts pass(Supplier<Loss> computation, double share) {
        try (NativeScope scope = NativeScope.training()) {
            Loss loss = computation.get();
            LossParts parts = loss.parts();
            if (!parts.finite()) {
                throw new NonFiniteException("the loss is not a finite number (" + parts.describe() + ")");
            }
            if (loss.total().requires_grad()) { // not where no image is this rank's
                Gradients.backward(times(loss.total(), share));
            }
            return parts;
        }
    }

    /**
     * Changes the weights by the gradients since the last step, added up over the ranks.
     *
     * @param rateFactor the schedule's factor of the learning rates
     * @param gradientFactor what the gradients are multiplied with first
     * @return the norm of all gradients before clipping
     * @throws NonFiniteException if that norm is not a finite number; no weight is changed then
     */
    double step(double rateFactor, double gradientFactor) {
        OptimizerSettings settings = config.optimizer();
        ranks.sum(gradients);
        long drawn = (long) ranks.max((double) random.position()); // a rank without images drew less
        random.moveTo(drawn);
        if (gradientFactor != 1) {
            gradients.scale(gradientFactor);
        }
        double norm = settings.clipNorm() > 0 ? gradients.clip(settings.clipNorm()) : gradients.norm();
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException("the gradients' norm is not a finite number (" + norm + ")");
        }
        optimizer.step(name -> rateFactor * settings.learningRate().of(architecture.part(name)));
        gradients.clear();
        if (averages != null) {
            averages.update();
        }
        passedRandom = drawn;
        return norm;
    }

    /** Forgets the passes since the last step, as if they had not been. */
    void abandonStep() {
        gradients.clear();
        random.moveTo(passedRandom);
    }

    /** Computes something with the weights that the run would give now: the averaged ones, where there are such. */
    <T> T withResult(Supplier<T> computation) {
        return averages == null ? computation.get() : averages.during(computation);
    }

    /**
     * Writes the network, or its adapter, to a directory.
     *
     * @param record writes what else shall be in it
     */
    void write(Path directory, Consumer<Path> record) {
        withResult(() -> {
            if (adapter == null) {
                new ModelWriter(files, ModelWriter.SHARD_BYTES).write(directory, model.namedParameters(), record);
            } else {
                new AdapterWriter(files, config.tuning().lora()).write(directory, adapter.parameters(), learnt, record);
            }
            return directory;
        });
    }

    /** A weight that holds a NaN or an infinite number, by its name, if there is one. */
    Optional<String> damagedWeight() {
        return model.namedParameters().entrySet().stream()
                .filter(entry -> !entry.getValue().finite())
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Everything that a checkpoint keeps. */
    Map<TensorGroup, Map<String, Tensor>> tensors() {
        Map<TensorGroup, Map<String, Tensor>> groups = new EnumMap<>(TensorGroup.class);
        Map<String, Tensor> weights = new TreeMap<>();
        learnt.forEach((name, parameter) -> weights.put(name, parameter.value()));
        groups.put(TensorGroup.WEIGHTS, weights);
        groups.put(TensorGroup.OPTIMIZER, tensors(optimizer.state()));
        if (averages != null) {
            groups.put(TensorGroup.AVERAGES, tensors(averages.state()));
        }
        return groups;
    }

    @Override
    public void close() {
        optimizer.close();
        if (averages != null) {
            averages.close();
        }
        network.close();
    }

    private static long elements(Map<String, Parameter> parameters) {
        return parameters.values().stream().mapToLong(Parameter::elements).sum();
    }

    /** A name that fits nothing would leave learnt what was not to be. */
    private void requireFrozen(List<String> frozen) {
        frozen.stream()
                .filter(start -> model.namedParameters().keySet().stream().noneMatch(name -> name.startsWith(start)))
                .findFirst()
                .ifPresent(start -> {
                    throw new DeqaException("\"tuning.frozen\" names \"" + start
                            + "\", with which no weight's name begins; deqa inspect --tensors lists them");
                });
    }

    private void restoreWeights(NavigableMap<String, Weight> saved) {
        SavedWeights.copy(saved, learnt);
    }

    private void restoreState(SavedRun run) {
        NavigableMap<String, Weight> state = run.tensors(TensorGroup.OPTIMIZER);
        optimizer.restore(run.state().optimizerSteps(), state);
        state.values().forEach(Weight::close);
        if (averages != null) {
            NavigableMap<String, Weight> saved = run.tensors(TensorGroup.AVERAGES);
            averages.restore(saved);
            saved.values().forEach(Weight::close);
        }
        random.moveTo(run.state().randomPosition());
    }

    private static Map<String, Tensor> tensors(Map<String, Weight> weights) {
        Map<String, Tensor> tensors = new TreeMap<>();
        weights.forEach((name, weight) -> tensors.put(name, weight.tensor()));
        return tensors;
    }
}
