package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.image.ImagePreprocessor;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.ReaderSettings;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.loss.DeqaLoss;
import io.github.deqa4j.train.checkpoint.CheckpointStore;
import io.github.deqa4j.train.checkpoint.RunIdentity;
import io.github.deqa4j.train.checkpoint.SavedRun;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.PictureReader;
import io.github.deqa4j.train.data.SampleReader;
import io.github.deqa4j.train.data.Sampler;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Trains a network as its settings say. A run that was stopped or killed goes on from its newest checkpoint, and ends, in one
 * thread, with the same weights to the last bit as one that was not.
 */
public final class Trainer {
    private final TrainingConfig config;
    private final TrainingListener listener;
    private final BooleanSupplier stop;

    /**
     * A trainer.
     *
     * @param listener is told how the run goes
     * @param stop asked after every step whether to save a checkpoint and end
     */
    public Trainer(TrainingConfig config, TrainingListener listener, BooleanSupplier stop) {
        this.config = config;
        this.listener = listener;
        this.stop = stop;
    }

    /**
     * Runs to the end, or until it is asked to stop.
     *
     * @param resume whether to go on from the newest checkpoint in the output directory; without one, from the start
     * @throws DeqaException if a file is missing or malformed, the output directory holds another run, the checkpoint is of
     *     another model or other settings, a loss is not finite, a picture cannot be read, or the disk is full; the message
     *     says which, and what is saved
     */
    public TrainingResult train(boolean resume) {
        config.requireComplete();
        Path output = Path.of(config.output().directory());
        ModelDirectory files = ModelDirectory.open(
                Path.of(config.model().base()),
                Optional.empty(),
                config.model().tokenizer().isBlank()
                        ? Optional.empty()
                        : Optional.of(Path.of(config.model().tokenizer())));
        CheckpointStore store = new CheckpointStore(
                output.resolve("checkpoints"), config.checkpoints().keep());
        Map<String, String> identity = RunIdentity.of(config);
        Optional<SavedRun> saved = saved(store, output, resume);
        saved.ifPresent(run -> RunIdentity.requireSame(run, identity));
        AtomicDirectory.deleteLeftovers(output);
        AtomicFile.write(output.resolve("config.yaml"), ConfigFile.print(config));
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.read(files.tokenizerFile());
        Sampler sampler = new Sampler(
                new SampleReader(tokenizer, config.data(), listener::warned).read(),
                config.data().pairs(),
                config.data().groupByLength(),
                config.schedule());
        try (Learner learner = new Learner(config, files, saved)) {
            PictureReader pictures = new PictureReader(
                    new ImageReader(ReaderSettings.standard()
                            .withApplyExifOrientation(config.data().exif())),
                    new ImagePreprocessor(files.pictures(learner.model().config())));
            int[] levels = LevelTokens.of(tokenizer).ids();
            BatchLoss loss = new BatchLoss(learner.model(), new DeqaLoss(config.loss(), levels), pictures.side());
            Optional<Evaluator> evaluator = config.evaluation().enabled()
                    ? Optional.of(new Evaluator(
                            config.evaluation(),
                            pictures,
                            config.evaluation().question().tokenize(tokenizer),
                            levels))
                    : Optional.empty();
            RunParts parts = new RunParts(sampler, pictures, learner, loss, evaluator, store, identity);
            try (TrainingRun run = new TrainingRun(config, parts, saved.map(SavedRun::state), listener, stop)) {
                return run.run();
            }
        }
    }

    private Optional<SavedRun> saved(CheckpointStore store, Path output, boolean resume) {
        if (resume) {
            Optional<SavedRun> saved = store.newest(listener::warned);
            if (saved.isEmpty()) {
                listener.warned(output + ": there is no whole checkpoint yet, so the run begins at its start");
            }
            return saved;
        }
        if (!store.isEmpty()) {
            throw new DeqaException(output
                    + ": there is a run here already; go on with it with --resume, or choose another output.directory");
        }
        return Optional.empty();
    }
}
