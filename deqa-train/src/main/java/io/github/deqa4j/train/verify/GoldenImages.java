package io.github.deqa4j.train.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** The recorded scores of a model or an adapter, from image files and with the scorer's prompt. */
final class GoldenImages {
    private static final String FOLDER = "images";
    private static final int PARENTS_SEARCHED = 2;

    /** As for {@link GoldenScoring}: compared to 1e-5. */
    private static final double SCALE = 0.1;

    private GoldenImages() {}

    static List<Difference> compare(GoldenFile golden, ModelDirectory files, SentencePieceTokenizer tokenizer) {
        JsonNode names = golden.get("images");
        JsonNode probabilities = golden.get("level_probs");
        JsonNode scores = golden.get("score");
        Path folder = folder(files.model());
        ImageReader reader = new ImageReader(ReaderSettings.standard());
        ModelConfig config = ModelConfig.read(files.config());
        ImageView view = NetworkArchitecture.of(files).view();
        List<Difference> differences = new ArrayList<>();
        try (DeqaModel model = ModelLoader.load(new DeqaModel(config), files, Precision.FLOAT32, Device.CPU)) {
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i).asText();
                LevelProbabilities found = answer(model, view.pixels(reader.read(folder.resolve(name))), tokenizer);
                double[] expected = GoldenFile.doubles(probabilities.path(i));
                for (int level = 0; level < expected.length; level++) {
                    differences.add(
                            new Difference(name + ", level " + level, expected[level], found.toArray()[level], SCALE));
                }
                differences.add(new Difference(name + ", score", scores.path(i).doubleValue(), found.mean(), SCALE));
            }
        }
        return differences;
    }

    private static LevelProbabilities answer(DeqaModel model, Pixels pixels, SentencePieceTokenizer tokenizer) {
        TokenIds prompt = TokenIds.of(Prompt.SCORER, tokenizer);
        int[] levels = LevelTokens.of(tokenizer).ids();
        try (NativeScope scope = NativeScope.inference()) {
            Tensor image = Tensors.of(pixels.values(), 1, RgbImage.CHANNELS, pixels.height(), pixels.width());
            float[] logits =
                    Tensors.toFloats(model.lastLogits(image, prompt.before(), prompt.after(), levels)); // (1, 5)
            double[] five = new double[logits.length];
            for (int i = 0; i < five.length; i++) {
                five[i] = logits[i];
            }
            return LevelProbabilities.softmax(five);
        }
    }

    private static Path folder(Path model) {
        return Stream.iterate(model.toAbsolutePath().normalize(), path -> path != null, Path::getParent)
                .limit(1 + PARENTS_SEARCHED)
                .map(path -> path.resolve(FOLDER))
                .filter(Files::isDirectory)
                .findFirst()
                .orElseThrow(() -> new DeqaException(model + ": there is no folder " + FOLDER + " here or in the "
                        + PARENTS_SEARCHED + " folders above; the images of the recorded outputs belong there"));
    }
}
