package io.github.deqa4j.torch;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * How a model scores. The defaults are those of the authors' public scorer.
 *
 * @param prompt what a model that reads text is asked; empty for {@link Prompt#SCORER}. A model that reads none refuses one
 * @param precision number format of the weights; empty for that of the model: int8 if it is quantized, else float32. A quantized model
 *     refuses any other
 * @param device where to compute (default the CPU)
 * @param exif whether images are turned as their EXIF orientation says (default no, as the authors)
 * @param maxPixels the most pixels that an image may have, from 1 to 715,827,882 (default 178,956,970, the limit of Pillow). Decoding takes
 *     three bytes for each
 * @param maxPasses passes through the network at once, at least 1; further threads wait (default 2). Each pass needs memory of
 *     its own: see {@code docs/java.md} for figures
 * @param batch images of one prepared size in a pass through the network ({@link io.github.deqa4j.score.Scorer#batch}), from 1 to 256 (default 1); empty to measure when the model
 *     is opened how many are fastest. It is always exactly this many: a group that is not full is padded with copies of its last image, whose
 *     scores are dropped. A score therefore depends on the batch, by rounding, but not on the other images. A padded group takes the
 *     time of a full one. It is 1 on processors on which the bits of a float32 product depend on its place in a matrix (AVX2 without AVX-512)
 * @param threads how many threads compute a pass together, at least 1; empty for one for each processor. It holds for the whole process, for
 *     each thread that begins to score after the model is opened. The environment variable {@code OMP_NUM_THREADS} has priority
 * @param warnings is told what may make a score differ from what the image looks like, one sentence at a time, on the thread that
 *     decodes, and, on the thread that opens a model of the hub, that an older commit is used because the hub cannot be reached, and what
 *     the download waits for (default: nobody is told)
 */
public record ScorerSettings(
        Optional<Prompt> prompt,
        Optional<Precision> precision,
        Device device,
        boolean exif,
        int maxPixels,
        int maxPasses,
        OptionalInt batch,
        OptionalInt threads,
        Consumer<String> warnings) {
    private static final int DEFAULT_PASSES = 2;

    /** Far above what any processor or GPU gains by; each image of a batch needs memory. */
    private static final int LARGEST_BATCH = 256;

    /** @throws InvalidSettingException if {@code maxPixels}, {@code maxPasses}, {@code batch} or {@code threads} is out of its range */
    public ScorerSettings {
        if (maxPixels < 1 || maxPixels > ReaderSettings.LARGEST) {
            throw new InvalidSettingException(
                    "maxPixels", "maxPixels is " + maxPixels + "; it must be from 1 to " + ReaderSettings.LARGEST);
        }
        if (maxPasses < 1) {
            throw new InvalidSettingException("maxPasses", "maxPasses is " + maxPasses + "; it must be at least 1");
        }
        batch.ifPresent(images -> {
            if (images < 1 || images > LARGEST_BATCH) {
                throw new InvalidSettingException(
                        "batch", "batch is " + images + "; it must be from 1 to " + LARGEST_BATCH);
            }
        });
        threads.ifPresent(count -> {
            if (count < 1) {
                throw new InvalidSettingException("threads", "threads is " + count + "; it must be at least 1");
            }
        });
    }

    public static ScorerSettings defaults() {
        return new ScorerSettings(
                Optional.empty(),
                Optional.empty(),
                Device.CPU,
                false,
                ReaderSettings.standard().maxPixels(),
                DEFAULT_PASSES,
                OptionalInt.of(1),
                OptionalInt.empty(),
                warning -> {});
    }

    /** What a model that reads text is asked: the prompt, or else the default. */
    Prompt promptOrDefault() {
        return prompt.orElse(Prompt.SCORER);
    }

    public ScorerSettings withPrompt(Prompt asked) {
        return new ScorerSettings(
                Optional.of(asked), precision, device, exif, maxPixels, maxPasses, batch, threads, warnings);
    }

    public ScorerSettings withPrecision(Precision format) {
        return new ScorerSettings(
                prompt, Optional.of(format), device, exif, maxPixels, maxPasses, batch, threads, warnings);
    }

    public ScorerSettings withDevice(Device place) {
        return new ScorerSettings(prompt, precision, place, exif, maxPixels, maxPasses, batch, threads, warnings);
    }

    public ScorerSettings withExif(boolean turned) {
        return new ScorerSettings(prompt, precision, device, turned, maxPixels, maxPasses, batch, threads, warnings);
    }

    public ScorerSettings withMaxPixels(int most) {
        return new ScorerSettings(prompt, precision, device, exif, most, maxPasses, batch, threads, warnings);
    }

    public ScorerSettings withMaxPasses(int passes) {
        return new ScorerSettings(prompt, precision, device, exif, maxPixels, passes, batch, threads, warnings);
    }

    public ScorerSettings withBatch(int images) {
        return withBatch(OptionalInt.of(images));
    }

    /** Measures when the model is opened how many images in a pass are fastest. */
    public ScorerSettings withAutomaticBatch() {
        return withBatch(OptionalInt.empty());
    }

    private ScorerSettings withBatch(OptionalInt images) {
        return new ScorerSettings(prompt, precision, device, exif, maxPixels, maxPasses, images, threads, warnings);
    }

    public ScorerSettings withThreads(int count) {
        return new ScorerSettings(
                prompt, precision, device, exif, maxPixels, maxPasses, batch, OptionalInt.of(count), warnings);
    }

    public ScorerSettings withWarnings(Consumer<String> listener) {
        return new ScorerSettings(prompt, precision, device, exif, maxPixels, maxPasses, batch, threads, listener);
    }
}
