package io.github.deqa4j.train;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.train.config.DataSettings;
import io.github.deqa4j.train.config.DataSettings.MissingImages;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.data.BatchLoader;
import io.github.deqa4j.train.data.Sampler;
import io.github.deqa4j.train.data.TrainingImageReader;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The data of a run.
 *
 * @param sampler the order of the samples
 * @param images reads images as the network sees them
 * @param evaluator evaluates the network; empty if the settings name no evaluation
 */
record TrainingData(Sampler sampler, TrainingImageReader images, Optional<Evaluator> evaluator) {
    private static final long MIB = 1L << 20;

    /**
     * Reads the training files and the evaluation's file.
     *
     * @param view how the network sees images
     * @throws DeqaException if a file is missing or malformed, or its content does not fit the settings
     */
    static TrainingData open(RunContext run, Task task, ImageView view) {
        TrainingConfig config = run.config();
        boolean first = run.group().first();
        Sampler sampler = new Sampler(
                task.samples(first ? run.listener()::warned : warning -> {}),
                config.data().pairs(),
                config.data().groupByLength(),
                config.schedule());
        ReaderSettings reading = ReaderSettings.standard()
                .withApplyExifOrientation(config.data().exif())
                .withDeepGray(view.deepGray());
        Consumer<String> warnings = first ? onlyOnce(run.listener()) : warning -> {};
        TrainingImageReader images = new TrainingImageReader(new ImageReader(reading).withWarnings(warnings), view);
        Optional<Evaluator> evaluator = config.evaluation().enabled()
                ? Optional.of(new Evaluator(config.evaluation(), images, run.group()))
                : Optional.empty();
        return new TrainingData(sampler, images, evaluator);
    }

    /** Loads the batches after some steps of the run, this rank's share of each. */
    BatchLoader loader(int step, RunContext run) {
        DataSettings settings = run.config().data();
        return new BatchLoader(
                sampler.after(step),
                images,
                settings.memoryMib() * MIB,
                settings.threads(),
                settings.missingPictures() == MissingImages.SKIP,
                run.group()::share);
    }

    /** Warns of the first image alone, because every epoch reads all images again. */
    private static Consumer<String> onlyOnce(TrainingListener listener) {
        AtomicBoolean warned = new AtomicBoolean();
        return warning -> {
            if (!warned.getAndSet(true)) {
                listener.warned(warning + " (further images of this kind are not reported)");
            }
        };
    }
}
