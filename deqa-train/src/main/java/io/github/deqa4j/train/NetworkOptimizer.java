package io.github.deqa4j.train;

import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.loss.Loss;
import io.github.deqa4j.torch.loss.LossParts;
import io.github.deqa4j.torch.nn.AdamW;
import io.github.deqa4j.torch.nn.AveragedWeights;
import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.Gradients;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Weight;
import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint.TensorGroup;
import io.github.deqa4j.train.config.OptimizerSettings;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Changes the trained weights of a network by the gradients of losses: AdamW, gradient clipping, averaged weights. A step is
 * any number of calls of {@link #backward} and then one of {@link #step}.
 */
final class NetworkOptimizer implements AutoCloseable {
    private final OptimizerSettings settings;
    private final TrainableNetwork network;
    private final RandomStream random;
    private final ProcessGroup group;
    private final Gradients gradients;
    private final AdamW adamw;
    private final @Nullable AveragedWeights averages;
    private long randomPosition;

    private NetworkOptimizer(
            OptimizerSettings settings, TrainableNetwork network, RandomStream random, ProcessGroup group) {
        this.settings = settings;
        this.network = network;
        this.random = random;
        this.group = group;
        gradients = new Gradients(network.trained());
        adamw = new AdamW(network.trained(), settings.adamw()); // copies the weights
        double decay = settings.averageDecay();
        averages = decay > 0 ? new AveragedWeights(network.trained(), adamw::original, decay) : null;
        randomPosition = random.position();
    }

    /**
     * An optimizer at the start of a run, or in the state of a checkpoint.
     *
     * @param network closed together with the optimizer, or if there is none because this fails
     * @param random the random numbers of the network's dropout
     * @param group the processes, each of which computes the gradients of its share of a batch
     * @param checkpoint to resume from, on the first rank; the others call {@link #synchronize}
     * @throws io.github.deqa4j.DeqaException if the checkpoint is of another network
     */
    static NetworkOptimizer of(
            OptimizerSettings settings,
            TrainableNetwork network,
            RandomStream random,
            ProcessGroup group,
            Optional<TrainingCheckpoint> checkpoint) {
        try {
            checkpoint.ifPresent(saved -> network.restore(saved.tensors(TensorGroup.WEIGHTS)));
        } catch (RuntimeException | Error e) {
            network.close();
            throw e;
        }
        NetworkOptimizer optimizer = new NetworkOptimizer(settings, network, random, group);
        checkpoint.ifPresent(optimizer::restoreOrClose);
        return optimizer;
    }

    /** The network with its current weights. */
    TrainableNetwork network() {
        return network;
    }

    /** Number of steps that changed the weights. */
    long steps() {
        return adamw.steps();
    }

    /** Number of random seeds drawn up to the last complete step. */
    long randomPosition() {
        return randomPosition;
    }

    /** Copies all that a checkpoint holds from the first rank to the others. */
    void synchronize(TrainState state) {
        tensors().values().forEach(named -> named.values().forEach(tensor -> group.broadcast(tensor.detach())));
        adamw.restore(state.optimizerSteps(), adamw.state());
        random.moveTo(state.randomPosition());
        randomPosition = state.randomPosition();
    }

    /**
     * Computes a loss and adds its gradients to those of the step.
     *
     * @param factor factor of the loss
     * @throws NonFiniteException if the loss is not a finite number; no gradient is added then
     */
    LossParts backward(Supplier<Loss> computation, double factor) {
        try (NativeScope scope = NativeScope.training()) {
            Loss loss = computation.get();
            LossParts parts = loss.parts();
            if (!parts.finite()) {
                throw new NonFiniteException("the loss is not a finite number (" + parts.describe() + ")");
            }
            if (loss.total().requires_grad()) { // false if this rank's share is empty
                Gradients.backward(Functional.times(loss.total(), factor));
            }
            return parts;
        }
    }

    /**
     * Changes the weights by the gradients since the last step, summed over the ranks.
     *
     * @param rateFactor the schedule's factor of the learning rates
     * @param gradientFactor factor of the gradients
     * @return the norm of all gradients before clipping
     * @throws NonFiniteException if that norm is not a finite number; no weight is changed then
     */
    double step(double rateFactor, double gradientFactor) {
        group.sum(gradients);
        long drawn = (long) group.max((double) random.position()); // a rank without images draws fewer seeds
        random.moveTo(drawn);
        if (gradientFactor != 1) {
            gradients.scale(gradientFactor);
        }
        double norm = settings.clipNorm() > 0 ? gradients.clip(settings.clipNorm()) : gradients.norm();
        if (!Double.isFinite(norm)) {
            throw new NonFiniteException("the gradients' norm is not a finite number (" + norm + ")");
        }
        adamw.step(name -> rateFactor * network.learningRate(name));
        gradients.clear();
        if (averages != null) {
            averages.update();
        }
        randomPosition = drawn;
        return norm;
    }

    /** Discards the gradients and random numbers since the last step. */
    void abandonStep() {
        gradients.clear();
        random.moveTo(randomPosition);
    }

    /** Computes something with the averaged weights, if there are any, and otherwise with the current ones. */
    <T> T withAverages(Supplier<T> computation) {
        return averages == null ? computation.get() : averages.during(computation);
    }

    /**
     * Writes the network with its averaged weights, if there are any, and otherwise with the current ones.
     *
     * @param more writes further files into the directory
     */
    void write(Path directory, Consumer<Path> more) {
        withAverages(() -> {
            network.write(directory, more);
            return directory;
        });
    }

    /** The tensors of a checkpoint. */
    Map<TensorGroup, Map<String, Tensor>> tensors() {
        Map<TensorGroup, Map<String, Tensor>> files = new EnumMap<>(TensorGroup.class);
        Map<String, Tensor> weights = new TreeMap<>();
        network.trained().forEach((name, parameter) -> weights.put(name, parameter.value()));
        files.put(TensorGroup.WEIGHTS, weights);
        files.put(TensorGroup.OPTIMIZER, tensors(adamw.state()));
        if (averages != null) {
            files.put(TensorGroup.AVERAGES, tensors(averages.state()));
        }
        return files;
    }

    @Override
    public void close() {
        adamw.close();
        if (averages != null) {
            averages.close();
        }
        network.close();
    }

    private void restoreOrClose(TrainingCheckpoint checkpoint) {
        try {
            restore(checkpoint);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private void restore(TrainingCheckpoint checkpoint) {
        restore(
                checkpoint.tensors(TensorGroup.OPTIMIZER),
                state -> adamw.restore(checkpoint.state().optimizerSteps(), state));
        if (averages != null) {
            restore(checkpoint.tensors(TensorGroup.AVERAGES), averages::restore);
        }
        random.moveTo(checkpoint.state().randomPosition());
    }

    private static void restore(NavigableMap<String, Weight> saved, Consumer<NavigableMap<String, Weight>> target) {
        try {
            target.accept(saved);
        } finally {
            saved.values().forEach(Weight::close);
        }
    }

    private static Map<String, Tensor> tensors(Map<String, Weight> weights) {
        Map<String, Tensor> tensors = new TreeMap<>();
        weights.forEach((name, weight) -> tensors.put(name, weight.tensor()));
        return tensors;
    }
}
