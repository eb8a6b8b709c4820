package io.github.deqa4j.torch.infer;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImagePreprocessor;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.PreprocessorConfig;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Device;
import io.github.deqa4j.torch.nn.Functional;
import io.github.deqa4j.torch.nn.NativeScope;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.bytedeco.pytorch.Tensor;

/**
 * Scores pictures with an mPLUG-Owl2 checkpoint: DeQA-Score, Q-Align, or one of your own.
 *
 * <p>The picture is padded to a square, resized and normalised; the network reads it inside the prompt; the logits of the
 * five level words at the last position become probabilities (DeQA-Score, section 3).
 *
 * <p>On the CPU the pictures of a batch go through the network one by one: together they are no faster there, and this
 * way neither memory nor the last digit of a score depends on the batch.
 */
public final class TorchScorer implements Scorer {
    private final DeqaModel model;
    private final TokenIds prompt;
    private final int[] levels;
    private final ImagePreprocessor preprocessor;
    private final ImageReader reader;
    private final Device device;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private boolean closed;

    private TorchScorer(
            DeqaModel model, SentencePieceTokenizer tokenizer, ScorerSettings settings, PreprocessorConfig pictures) {
        this.model = model;
        this.prompt = settings.prompt().tokenize(tokenizer);
        this.levels = LevelTokens.of(tokenizer).ids();
        this.preprocessor = new ImagePreprocessor(pictures);
        this.reader = new ImageReader(settings.reader());
        this.device = settings.device();
    }

    /** Opens a scorer with the settings of the authors' public scorer. */
    public static TorchScorer open(Path model) {
        return open(ScorerSettings.of(model));
    }

    /**
     * Opens a scorer.
     *
     * @throws DeqaException if the model cannot be loaded; the message says which file or tensor is at fault
     */
    public static TorchScorer open(ScorerSettings settings) {
        ModelDirectory files = ModelDirectory.open(settings.model(), settings.base(), settings.tokenizer());
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.read(files.tokenizerFile());
        DeqaModel model = ModelLoader.load(files, settings.precision(), settings.device());
        try {
            requireVocabulary(tokenizer, model, files);
            return new TorchScorer(model, tokenizer, settings, files.pictures(model.config()));
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    @Override
    public List<QualityScore> scoreAll(List<RgbImage> pictures) {
        return logits(pictures).stream()
                .map(row -> new QualityScore(LevelProbabilities.softmax(row)))
                .toList();
    }

    /**
     * What the network says before the softmax.
     *
     * @param pictures decoded pictures of any sizes; may be empty
     * @return for each picture, in the same order, the five level logits, excellent to bad
     */
    public List<double[]> logits(List<RgbImage> pictures) {
        List<float[]> pixels =
                pictures.parallelStream().map(preprocessor::pixels).toList();
        int step = device.cuda() ? Math.max(1, pixels.size()) : 1;
        List<double[]> logits = new ArrayList<>(pixels.size());
        for (int i = 0; i < pixels.size(); i += step) {
            logits.addAll(logitsTogether(pixels.subList(i, Math.min(pixels.size(), i + step))));
        }
        return List.copyOf(logits);
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
            model.close();
        } finally {
            lock.writeLock().unlock();
        }
    }

    private List<double[]> logitsTogether(List<float[]> pixels) {
        lock.readLock().lock();
        try (NativeScope scope = NativeScope.inference()) {
            if (closed) {
                throw new IllegalStateException("this scorer is closed");
            }
            Tensor logits = model.lastLogits(stack(pixels), prompt.before(), prompt.after(), levels); // (B, 5)
            return rows(Functional.toFloats(logits));
        } finally {
            lock.readLock().unlock();
        }
    }

    private Tensor stack(List<float[]> pixels) {
        long side = preprocessor.side();
        Tensor[] pictures = pixels.stream()
                .map(values -> Functional.tensor(values, 1, RgbImage.CHANNELS, side, side))
                .toArray(Tensor[]::new);
        return Functional.cat(0, pictures); // (B, 3, S, S)
    }

    private static List<double[]> rows(float[] logits) {
        List<double[]> rows = new ArrayList<>();
        int levels = Level.ALL.size();
        for (int i = 0; i < logits.length; i += levels) {
            double[] row = new double[levels];
            for (int j = 0; j < levels; j++) {
                row[j] = logits[i + j];
            }
            rows.add(row);
        }
        return rows;
    }

    private static void requireVocabulary(SentencePieceTokenizer tokenizer, DeqaModel model, ModelDirectory files) {
        int vocabulary = model.config().decoder().vocabulary();
        if (tokenizer.vocabularySize() > vocabulary) {
            throw new DeqaException(files.tokenizerFile() + ": the tokenizer has " + tokenizer.vocabularySize()
                    + " pieces, but the model's \"vocab_size\" is " + vocabulary
                    + "; this tokenizer is another model's");
        }
    }
}
