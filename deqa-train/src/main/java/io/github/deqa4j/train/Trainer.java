package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.train.checkpoint.RunIdentity;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.Sampler;
import io.github.deqa4j.train.data.TrainingImageReader;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Trains a network as its settings say, in one process or as one of several. A run that was stopped or killed goes on from its
 * newest checkpoint, and ends, in one thread for each process, with the same weights to the last bit as one that was not.
 */
public final class Trainer {
    /** Settings that decide when ranks exchange something, though the result does not depend on them. */
    private static final Set<String> PACE = Set.of("checkpoints.every", "data.missing_pictures");

    private final TrainingConfig config;
    private final ProcessGroup ranks;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * A trainer in one process.
     *
     * @param listener is told how the run goes
     * @param stop asked after every step whether to save a checkpoint and end
     */
    public Trainer(TrainingConfig config, TrainingListener listener, BooleanSupplier stop) {
        this(config, ProcessGroup.alone(), listener, stop);
    }

    /**
     * One of several trainers, which together do what one would.
     *
     * @param ranks who takes part; stays the caller's
     * @param listener is told how the run goes if this is the first rank, and otherwise only of what is odd
     * @param stop asked after every step whether to save a checkpoint and end; one rank that wants to is enough
     */
    public Trainer(TrainingConfig config, ProcessGroup ranks, TrainingListener listener, BooleanSupplier stop) {
        this.config = config;
        this.ranks = ranks;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Runs to the end, or until it is asked to stop.
     *
     * @param resume whether to go on from the newest checkpoint in the output directory; without one, from the start. The
     *     first rank's word counts
     * @throws DeqaException if a file is missing or malformed, the output directory holds another run, the checkpoint is of
     *     another model or other settings, a loss is not finite, an image cannot be read, the disk is full, or another rank is
     *     lost; the message says which, and what is saved
     */
    public TrainingResult train(boolean resume) {
        try {
            config.requireComplete();
            config.requirePartFor(ranks.size());
            ModelFiles files = files();
            requireFit(files);
            Map<String, String> identity = ranks.together(() -> RunIdentity.of(config, files));
            requireSameOnAll(identity);
            try (RunStart start = ranks.together(
                    () -> ranks.first() ? RunStart.open(config, resume, identity, listener) : RunStart.ELSEWHERE)) {
                return train(start.told(ranks), identity, files);
            }
        } catch (RuntimeException | Error e) {
            ranks.fail(e);
            throw e;
        }
    }

    private TrainingResult train(RunStart start, Map<String, String> identity, ModelFiles files) {
        Device device = ranks.placed(Device.parse(config.model().device()));
        try (Learner learner = ranks.together(() -> new Learner(config, files, device, start.saved(), ranks));
                RunOutput output = ranks.together(() -> start.output(config, listener))) {
            if (start.step() > 0) {
                learner.follow(start.optimizerSteps(), start.randomPosition());
            }
            RunParts parts = ranks.together(() -> parts(learner, output, identity, files));
            if (ranks.first()) {
                warnOfSize(parts.sampler());
                noteOnFigures();
                listener.prepared(new RunFacts(
                        parts.sampler().sets(),
                        parts.sampler().drawsPerEpoch(),
                        parts.sampler().stepsPerEpoch(),
                        learner.learntElements(),
                        learner.elements()));
            }
            try (TrainingRun run = new TrainingRun(config, parts, start.step(), start.best(), listener, stop)) {
                return run.run();
            }
        }
    }

    private void requireFit(ModelFiles files) {
        if (NetworkArchitecture.of(files).readsText()) {
            config.requireText();
        } else {
            config.requireNoText(ranks.size());
        }
    }

    /** Ranks that went different ways would wait for each other for ever. */
    private void requireSameOnAll(Map<String, String> identity) {
        Map<String, String> own = new TreeMap<>(identity);
        ConfigFile.flat(config).forEach((key, value) -> {
            if (PACE.contains(key)) {
                own.put(key, value);
            }
        });
        String text = own.entrySet().stream().map(Object::toString).collect(Collectors.joining("\n"));
        String first = ranks.broadcast(text, 0);
        ranks.together(() -> {
            if (!text.equals(first)) {
                throw different(own, first);
            }
            return text;
        });
    }

    private RunParts parts(Learner learner, RunOutput output, Map<String, String> identity, ModelFiles files) {
        LevelNetwork network = learner.network();
        Task task = Task.of(network, files, config);
        Sampler sampler = new Sampler(
                task.samples(ranks.first() ? listener::warned : sentence -> {}),
                config.data().pairs(),
                config.data().groupByLength(),
                config.schedule());
        TrainingImageReader images = new TrainingImageReader(
                new ImageReader(ReaderSettings.standard()
                                .withApplyExifOrientation(config.data().exif())
                                .withDeepGray(network.view().deepGray()))
                        .withWarnings(firstWarning()),
                network.view());
        Optional<Evaluator> evaluator = config.evaluation().enabled()
                ? Optional.of(new Evaluator(config.evaluation(), images, ranks))
                : Optional.empty();
        return new RunParts(
                sampler,
                images,
                learner,
                new BatchLoss(task, network.block(), ranks),
                evaluator,
                output,
                ranks,
                identity);
    }

    /** Says it of one image: every epoch reads all of them again. */
    private Consumer<String> firstWarning() {
        AtomicBoolean said = new AtomicBoolean(!ranks.first());
        return warning -> {
            if (!said.getAndSet(true)) {
                listener.warned(warning + " (more is not said of other such images)");
            }
        };
    }

    private void warnOfSize(Sampler sampler) {
        int step = sampler.stepSize();
        if (step > sampler.drawsPerEpoch()) {
            listener.warned("schedule.batch_size times schedule.accumulation is " + step + ", but an epoch has only "
                    + sampler.drawsPerEpoch() + (config.data().pairs() ? " pairs" : " images")
                    + "; every step has so many");
        }
    }

    /** What a reader of the run's figures must know. */
    private void noteOnFigures() {
        boolean bundled = config.model().directory().isEmpty();
        if (bundled) {
            listener.noted(
                    "the run starts from the model that ships; it learnt from 930 photographs of LIVE in the Wild, so"
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
