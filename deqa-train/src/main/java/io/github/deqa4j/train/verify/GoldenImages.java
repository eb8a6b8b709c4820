package io.github.deqa4j.train.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** The recorded scores of a model or an adapter, from image files and with the scorer's prompt. */
final class GoldenImages {
    private static final String FOLDER = "images";
    private static final int PARENTS_SEARCHED = 2;

    /** As for {@link GoldenScoring}: compared to 1e-5. */
    private static final double SCALE = 0.1;

    private GoldenImages() {}

    static List<Difference> compare(GoldenFile golden, ModelDirectory files) {
        JsonNode names = golden.get("images");
        JsonNode probabilities = golden.get("level_probs");
        JsonNode scores = golden.get("score");
        Path folder = folder(files.model());
        ImageReader reader = new ImageReader(ReaderSettings.standard());
        List<Difference> differences = new ArrayList<>();
        NetworkSettings settings = new NetworkSettings(
                Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)); // draws nothing
        try (LevelNetwork loaded = NetworkArchitecture.of(files).load(settings);
                LevelNetwork network = loaded.prepared()) { // as scorers use it
            for (int i = 0; i < names.size(); i++) {
                String name = names.get(i).asText();
                LevelProbabilities found = answer(network, reader.read(folder.resolve(name)));
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

    private static LevelProbabilities answer(LevelNetwork network, RgbImage image) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor pixels = LevelNetwork.batch(List.of(network.view().pixels(image)));
            float[] logits = Tensors.toFloats(network.logits(pixels)); // (1, 5)
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
