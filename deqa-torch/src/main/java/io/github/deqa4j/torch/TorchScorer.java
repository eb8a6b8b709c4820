package io.github.deqa4j.torch;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.network.WindowNetwork;
import io.github.deqa4j.torch.network.WindowNetwork.WindowLogits;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Scores images with any {@link LevelNetwork}: a checkpoint of DeQA-Score or Q-Align, one of your own, or a small one. The
 * network's five level logits become probabilities (DeQA-Score, section 3).
 *
 * <p>On the CPU the images of a batch go through the network one by one: together they are no faster there, and this
 * way neither memory nor the last digit of a score depends on the batch. On a GPU those that the network sees in one size go
 * together.
 */
final class TorchScorer implements Scorer {
    private static final int PREPARED_AT_ONCE = 8; // on the CPU

    private final LevelNetwork network;
    private final ModelFiles files;
    private final ScorerSettings settings;
    private final ImageReader reader;
    private final Semaphore passes;
    private final Map<Path, String> opened;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private volatile boolean closed;
    private @Nullable ModelInfo info;

    TorchScorer(LevelNetwork network, ModelFiles files, ScorerSettings settings) {
        this.network = network;
        this.files = files;
        this.settings = settings;
        this.reader = new ImageReader(ReaderSettings.standard()
                        .withMaxPixels(settings.maxPixels())
                        .withApplyExifOrientation(settings.exif())
                        .withDeepGray(network.view().deepGray()))
                .withWarnings(settings.warnings());
        this.opened = ModelIdentity.fileStates(files);
        this.passes = new Semaphore(settings.maxPasses(), true);
    }

    static TorchScorer open(ModelFiles files, ScorerSettings settings) {
        NetworkArchitecture architecture = NetworkArchitecture.of(files);
        NetworkSettings network = new NetworkSettings(
                settings.prompt(),
                settings.promptOrDefault(),
                settings.precision().orElse(architecture.usualPrecision()),
                settings.device(),
                new RandomStream(0)); // scoring draws nothing from it
        return new TorchScorer(architecture.load(network), files, settings);
    }

    @Override
    public RgbImage decode(EncodedImage image) {
        requireOpen();
        return reader.read(image);
    }

    @Override
    public RgbImage decode(BufferedImage image) {
        requireOpen();
        return reader.convert(image);
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        requireOpen();
        if (settings.device().cuda()) {
            return permitted(() -> scores(images));
        }
        List<QualityScore> scores = new ArrayList<>(images.size());
        for (int start = 0; start < images.size(); start += PREPARED_AT_ONCE) {
            List<RgbImage> some = images.subList(start, Math.min(images.size(), start + PREPARED_AT_ONCE));
            scores.addAll(permitted(() -> scores(some)));
        }
        return List.copyOf(scores);
    }

    @Override
    public boolean supportsMaps() {
        return network.windows().isPresent();
    }

    @Override
    public MappedScore scoreWithMap(RgbImage image) {
        requireOpen();
        WindowNetwork windows = network.windows()
                .orElseThrow(() -> new InvalidSettingException(
                        files.title() + ": this model scores images only as a whole; open a small network for maps"));
        return permitted(() -> map(windows, image));
    }

    private MappedScore map(WindowNetwork windows, RgbImage image) {
        Pixels pixels = network.view().pixels(image);
        return pass(() -> {
            WindowLogits logits = windows.logits(image, LevelNetwork.batch(List.of(pixels)));
            return new MappedScore(
                    scores(logits.whole()).get(0),
                    new QualityMap(
                            image.width(), image.height(), logits.columns(), logits.rows(), scores(logits.windows())));
        });
    }

    @Override
    public synchronized ModelInfo model() {
        ModelInfo known = info;
        if (known == null) {
            if (!ModelIdentity.fileStates(files).equals(opened)) {
                throw new ModelLoadException(
                        files.title() + ": files of this model have changed since it was opened; open it again");
            }
            known = Scorers.loading(() -> ModelIdentity.of(files, settings, size -> {}));
            info = known;
        }
        return known;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                network.close();
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    private List<QualityScore> scores(List<RgbImage> images) {
        List<Pixels> pixels =
                images.parallelStream().map(network.view()::pixels).toList();
        QualityScore[] scores = new QualityScore[pixels.size()];
        for (List<Integer> batch : settings.device().cuda() ? EqualSizes.group(pixels) : EqualSizes.alone(pixels)) {
            List<Pixels> inputs = batch.stream().map(pixels::get).toList();
            List<QualityScore> scored = pass(() -> scores(network.logits(LevelNetwork.batch(inputs)))); // (B, 5)
            for (int i = 0; i < scored.size(); i++) {
                scores[batch.get(i)] = scored.get(i);
            }
        }
        return Arrays.asList(scores);
    }

    /** Preparation and passes of one thread; it waits while as many threads as the settings allow are at it. */
    private <T> T permitted(Supplier<T> work) {
        passes.acquireUninterruptibly();
        try {
            return work.get();
        } finally {
            passes.release();
        }
    }

    private <T> T pass(Supplier<T> work) {
        lock.readLock().lock();
        try (NativeScope scope = NativeScope.inference()) {
            requireOpen();
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new ScorerClosedException(files.title() + ": this scorer is closed");
        }
    }

    private List<QualityScore> scores(Tensor x) { // (…, 5)
        float[] logits = Tensors.toFloats(x);
        requireFinite(logits);
        int levels = Level.ALL.size();
        List<QualityScore> scores = new ArrayList<>(logits.length / levels);
        for (int start = 0; start < logits.length; start += levels) {
            scores.add(new QualityScore(new LevelLogits(
                    logits[start], logits[start + 1], logits[start + 2], logits[start + 3], logits[start + 4])));
        }
        return scores;
    }

    private void requireFinite(float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                ModelLoader.requireFinite(network.block(), files);
                throw new ScoringException(
                        "the network's answer to the image is not a finite number, although all its weights"
                                + " are: they are too large to compute with, and this model cannot score it");
            }
        }
    }
}
