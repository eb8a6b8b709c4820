package io.github.deqa4j.torch.infer;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.Version;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.MappedScore;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.QualityMap;
import io.github.deqa4j.score.QualityMapper;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelHash;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.network.WindowNetwork;
import io.github.deqa4j.torch.network.WindowNetwork.WindowLogits;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;

/**
 * Scores images with any {@link LevelNetwork}: a checkpoint of DeQA-Score or Q-Align, one of your own, or a small one.
 *
 * <p>The network says of an image, as it sees it, how well each of the five levels fits; these logits become probabilities
 * (DeQA-Score, section 3).
 *
 * <p>On the CPU the images of a batch go through the network one by one: together they are no faster there, and this
 * way neither memory nor the last digit of a score depends on the batch. On a GPU those that the network sees in one size go
 * together.
 */
public final class TorchScorer implements Scorer {
    private final LevelNetwork network;
    private final ModelFiles files;
    private final ImageReader reader;
    private final boolean together;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private TorchScorer(LevelNetwork network, ModelFiles files, ScorerSettings settings) {
        this.network = network;
        this.files = files;
        this.reader =
                new ImageReader(settings.reader().withDeepGray(network.view().deepGray()));
        this.together = settings.device().cuda();
    }

    /**
     * Opens a scorer with the small model that ships as {@code deqa-model-compact}.
     *
     * @throws DeqaException if that module is not on the class path, or damaged
     */
    public static TorchScorer open() {
        return open(ScorerSettings.bundled());
    }

    /** Opens a scorer with the settings of the authors' public scorer. */
    public static TorchScorer open(Path model) {
        return open(ScorerSettings.of(model));
    }

    /**
     * Opens a scorer.
     *
     * @throws DeqaException if the model cannot be loaded; the message says which file or tensor is at fault
     * @throws io.github.deqa4j.WrongSettingException if a setting does not go with the model
     */
    public static TorchScorer open(ScorerSettings settings) {
        ModelFiles files = files(settings);
        NetworkSettings network = new NetworkSettings(
                settings.prompt(),
                settings.usualPrompt(),
                settings.precision(),
                settings.device(),
                new RandomStream(0)); // of no use in scoring
        return new TorchScorer(NetworkArchitecture.of(files).load(network), files, settings);
    }

    /**
     * Tells what gives the scores of a scorer with these settings, without loading it. Every byte of the model is read, which
     * takes up to half a minute for one of 16 GB.
     *
     * @param size told, before they are read, how many bytes of weights there are
     * @throws DeqaException if a file of the model is missing, malformed, or cannot be read
     */
    public static ModelInfo identify(ScorerSettings settings, LongConsumer size) {
        ModelFiles files = files(settings);
        NetworkArchitecture design = NetworkArchitecture.of(files);
        ModelInspector.requireFit(
                files, design.description()); // before elements are read, of which a file may claim any number
        return new ModelInfo(
                files.name(),
                ModelType.read(files.config()).word(),
                ModelHash.of(files, design.answerFiles(), size),
                settings.precision().toString(),
                design.readsText()
                        ? settings.prompt().orElse(settings.usualPrompt()).word()
                        : "none",
                settings.reader().applyExifOrientation(),
                Version.current());
    }

    private static ModelFiles files(ScorerSettings settings) {
        return ModelFiles.open(settings.model(), settings.base(), settings.tokenizer());
    }

    /**
     * Scores images.
     *
     * @throws io.github.deqa4j.UnusableModelException if weights of the model are not finite numbers, so that no image has an
     *     answer; most such models are refused when they are opened
     */
    @Override
    public List<QualityScore> scoreAll(List<RgbImage> images) {
        return scores(logits(images).toArray(double[][]::new));
    }

    /**
     * What the network says before the softmax.
     *
     * @param images decoded images of any sizes; may be empty
     * @return for each image, in the same order, the five level logits, excellent to bad
     */
    public List<double[]> logits(List<RgbImage> images) {
        List<Pixels> pixels =
                images.parallelStream().map(network.view()::pixels).toList();
        double[][] logits = new double[pixels.size()][];
        for (List<Integer> batch : together ? EqualSizes.group(pixels) : EqualSizes.alone(pixels)) {
            double[][] rows = logitsTogether(batch.stream().map(pixels::get).toList());
            for (int i = 0; i < rows.length; i++) {
                logits[batch.get(i)] = rows[i];
            }
        }
        return List.of(logits);
    }

    /** How this scorer says where images lose quality; empty where its network sees them only as a whole. */
    public Optional<QualityMapper> mapper() {
        return network.windows().map(windows -> image -> map(windows, image));
    }

    @Override
    public ImageReader reader() {
        return reader;
    }

    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            closed = true;
            network.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private MappedScore map(WindowNetwork windows, RgbImage image) {
        Pixels pixels = network.view().pixels(image);
        return whileOpen(() -> {
            WindowLogits logits = windows.logits(image, LevelNetwork.batch(List.of(pixels)));
            return new MappedScore(
                    scores(rows(logits.whole())).get(0),
                    new QualityMap(
                            image.width(),
                            image.height(),
                            logits.columns(),
                            logits.rows(),
                            scores(rows(logits.windows()))));
        });
    }

    private double[][] logitsTogether(List<Pixels> pixels) {
        return whileOpen(() -> rows(network.logits(LevelNetwork.batch(pixels)))); // (B, 5)
    }

    private <T> T whileOpen(Supplier<T> work) {
        lock.readLock().lock();
        try (NativeScope scope = NativeScope.inference()) {
            if (closed) {
                throw new IllegalStateException("this scorer is closed");
            }
            return work.get();
        } finally {
            lock.readLock().unlock();
        }
    }

    private static List<QualityScore> scores(double[][] logits) {
        return Arrays.stream(logits)
                .map(row -> new QualityScore(LevelProbabilities.softmax(row)))
                .toList();
    }

    private double[][] rows(Tensor x) { // (…, 5)
        float[] logits = Tensors.toFloats(x);
        requireFinite(logits);
        int levels = Level.ALL.size();
        double[][] rows = new double[logits.length / levels][levels];
        for (int i = 0; i < logits.length; i++) {
            rows[i / levels][i % levels] = logits[i];
        }
        return rows;
    }

    private void requireFinite(float[] logits) {
        for (float logit : logits) {
            if (!Float.isFinite(logit)) {
                ModelLoader.requireFinite(network.block(), files);
                throw new DeqaException(
                        "the network's answer to the image is not a finite number, although all its weights"
                                + " are: they are too large to compute with, and this model cannot score it");
            }
        }
    }
}
