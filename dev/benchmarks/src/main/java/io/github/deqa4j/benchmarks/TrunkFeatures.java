package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.compact.CompactModel;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.TensorFile;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/**
 * Writes what a small network sees of an image, and the features of its trunk's stages, for {@code peer/resnet_trunk.py} to
 * compare: {@code TrunkFeatures MODEL PICTURE OUT.safetensors}.
 */
public final class TrunkFeatures {
    private TrunkFeatures() {}

    public static void main(String[] args) {
        NetworkSettings settings = new NetworkSettings(
                Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0));
        ModelDirectory files = ModelDirectory.open(Path.of(args[0]), Optional.empty(), Optional.empty());
        RgbImage image = new ImageReader(ReaderSettings.standard()).read(Path.of(args[1]));
        try (LevelNetwork network = NetworkArchitecture.of(files).load(settings);
                NativeScope scope = NativeScope.inference()) {
            Pixels seen = network.view().pixels(image);
            Tensor pixels = Tensors.of(seen.values(), 1, RgbImage.CHANNELS, seen.height(), seen.width());
            Map<String, Tensor> written = new TreeMap<>(Map.of("pixels", pixels));
            List<Tensor> features = ((CompactModel) network.block()).features(pixels);
            for (int i = 0; i < features.size(); i++) {
                written.put("stage" + i, features.get(i));
            }
            TensorFile.write(Path.of(args[2]), written);
        }
    }
}
