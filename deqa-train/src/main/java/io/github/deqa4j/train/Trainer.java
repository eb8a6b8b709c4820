package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.train.TrainingListener.RunSummary;
import io.github.deqa4j.train.checkpoint.Producer;
import io.github.deqa4j.train.checkpoint.RunIdentity;
import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainingCheckpoint;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.Sampler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * Trains a network, in one process or as one of several. A run that was stopped or killed is resumed from its newest
 * checkpoint. With one thread for each process, a resumed run ends with the same weights, bit for bit, as an uninterrupted
 * one.
 */
public final class Trainer {
    /** Settings that must be equal on all ranks, though the result does not depend on them. */
    private static final Set<String> EQUAL_ON_ALL_RANKS = Set.of("checkpoints.every", "data.missing_pictures");

    private final RunContext run;
    private final TrainingConfig config;
    private final ProcessGroup group;
    private final TrainingListener listener;

    /**
     * A trainer in one process.
     *
     * @param listener receives the progress
     * @param stop asked before every step whether to save a checkpoint and end
     */
    public Trainer(TrainingConfig config, TrainingListener listener, BooleanSupplier stop) {
        this(config, ProcessGroup.alone(), listener, stop);
    }

    /**
     * One of several trainers, which together do what one would do.
     *
     * @param group the processes; not closed here
     * @param listener receives the progress on the first rank, and warnings on every rank
     * @param stop asked before every step whether to save a checkpoint and end; all ranks end as soon as one answers true
     */
    public Trainer(TrainingConfig config, ProcessGroup group, TrainingListener listener, BooleanSupplier stop) {
        run = new RunContext(config, group, listener, stop);
        this.config = config;
        this.group = group;
        this.listener = listener;
    }

    /**
     * Trains to the end, or until it is asked to stop.
     *
     * @param resume whether to resume from the newest checkpoint in the output directory; without one, the run begins at its
     *     start. The first rank's value counts
     * @throws io.github.deqa4j.train.checkpoint.ResumableException if the run ended early and can be resumed, or the output
     *     directory holds a run that can be resumed
     * @throws DeqaException if a file is missing or malformed, the checkpoint is of another model or other settings, a loss
     *     is not finite, an image cannot be read, the disk is full, or another rank is lost
     */
    public TrainingResult train(boolean resume) {
        try {
            config.requireComplete();
            config.requirePartFor(group.size());
            ModelFiles files = files();
            requireFit(files);
            Map<String, String> identity = group.together(() -> RunIdentity.of(config, files));
            requireSameOnAll(identity);
            TrainState start = TrainState.initial(identity);
            Producer producer = Producer.of(files, identity);
            try (RunOutput output = group.together(() ->
                    group.first() ? RunDirectory.open(config, resume, start, producer, listener) : RunOutput.none())) {
                Optional<TrainingCheckpoint> checkpoint = output.checkpoint();
                TrainState state = checkpoint.map(TrainingCheckpoint::state).orElse(start);
                return train(files, checkpoint, state.fromFirst(group), output);
            }
        } catch (RuntimeException | Error e) {
            group.fail(e);
            throw e;
        }
    }

    private TrainingResult train(
            ModelFiles files, Optional<TrainingCheckpoint> checkpoint, TrainState state, RunOutput output) {
        try (NetworkOptimizer optimizer = group.together(() -> optimizer(files, checkpoint))) {
            if (state.step() > 0) {
                optimizer.synchronize(state);
            }
            LevelNetwork network = optimizer.network().network();
            Task task = group.together(() -> Task.of(network, files, config));
            TrainingData data = group.together(() -> TrainingData.open(run, task, network.view()));
            if (group.first()) {
                report(data.sampler(), optimizer.network());
            }
            try (TrainingRun steps = new TrainingRun(run, data, task, optimizer, output, state)) {
                return steps.run();
            }
        }
    }

    private NetworkOptimizer optimizer(ModelFiles files, Optional<TrainingCheckpoint> checkpoint) {
        Device device = group.placed(Device.parse(config.model().device()));
        RandomStream random = new RandomStream(config.schedule().seed());
        TrainableNetwork network = new TrainableNetwork(config, files, NetworkArchitecture.of(files), device, random);
        random.enter(group.rank()); // after the adapter, whose initial values are the same on all ranks
        return NetworkOptimizer.of(config.optimizer(), network, random, group, checkpoint);
    }

    private void report(Sampler sampler, TrainableNetwork network) {
        warnOfSize(sampler);
        noteOnFigures();
        listener.prepared(new RunSummary(
                sampler.sets(),
                sampler.itemsPerEpoch(),
                sampler.stepsPerEpoch(),
                network.trainedElements(),
                network.elements()));
    }

    private void requireFit(ModelFiles files) {
        if (NetworkArchitecture.of(files).readsText()) {
            config.requireText();
        } else {
            config.requireNoText(group.size());
        }
    }

    /** Ranks with different settings would wait for each other without end. */
    private void requireSameOnAll(Map<String, String> identity) {
        Map<String, String> own = new TreeMap<>(identity);
        ConfigFile.flat(config).forEach((key, value) -> {
            if (EQUAL_ON_ALL_RANKS.contains(key)) {
                own.put(key, value);
            }
        });
        String text = own.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
        String first = group.broadcast(text, 0);
        group.together(() -> {
            if (!text.equals(first)) {
                throw different(own, first);
            }
            return text;
        });
    }

    private void warnOfSize(Sampler sampler) {
        int step = sampler.stepSize();
        if (step > sampler.itemsPerEpoch()) {
            listener.warned("schedule.batch_size times schedule.accumulation is " + step + ", but an epoch has only "
                    + sampler.itemsPerEpoch() + (config.data().pairs() ? " pairs" : " images")
                    + "; every step has so many");
        }
    }

    /** Notes for those who report the figures of the run. */
    private void noteOnFigures() {
        boolean bundled = config.model().directory().isEmpty();
        if (bundled) {
            listener.noted(
                    "the run starts from the model that ships; it was trained on 930 photographs of LIVE in the Wild, so"
                            + " figures on photographs of that data set are too good");
        }
        if (config.evaluation().enabled()) {
            listener.noted("the best network is chosen by its figures on "
                    + config.evaluation().meta()
                    + ", so they are optimistic for it: report it on images that nothing was chosen by, or report the"
                    + " last network");
        }
    }

    private ModelFiles files() {
        String tokenizer = config.model().tokenizer();
        config.model().requireNoAdapter();
        return ModelFiles.open(
                config.model().directory(),
                Optional.empty(),
                tokenizer.isBlank() ? Optional.empty() : Optional.of(Path.of(tokenizer)));
    }

    private static DeqaException different(Map<String, String> own, String first) {
        Set<String> settings = first.lines().collect(Collectors.toSet());
        String key = own.entrySet().stream()
                .filter(entry -> !settings.contains(entry.toString()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("a setting");
        return new DeqaException(key + " is another one here than on rank 0; start all ranks with the same settings,"
                + " model and training files");
    }
}
