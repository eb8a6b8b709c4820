package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;

/** What the head of a small network reads of images, in float32 and as a scorer reads it. */
final class NetworkStatistics implements AutoCloseable {
    private final ModelFiles files;
    private final LevelNetwork network;
    private final ImageReader reader;

    /** @throws DeqaException if the network cannot be loaded */
    NetworkStatistics(ModelFiles files) {
        this.files = files;
        NetworkSettings settings = new NetworkSettings(
                Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0)); // draws nothing
        network = NetworkArchitecture.of(files).load(settings).prepared();
        reader = new ImageReader(
                ReaderSettings.standard().withDeepGray(network.view().deepGray()));
    }

    /**
     * Reads an image as for a score.
     *
     * @throws DeqaException if it cannot be read
     */
    RgbImage read(Path file) {
        return reader.read(file);
    }

    /**
     * The statistics of an image.
     *
     * @throws DeqaException if the network is of another kind
     */
    float[] of(RgbImage image) {
        try (NativeScope scope = NativeScope.inference()) {
            Tensor pixels = LevelNetwork.batch(List.of(network.view().pixels(image)));
            return network.answer(pixels)
                    .statistics()
                    .map(Tensors::toFloats) // (1, s)
                    .orElseThrow(() -> new DeqaException(
                            files.title() + ": this is no small network, so its head reads no statistics"));
        }
    }

    @Override
    public void close() {
        network.close();
    }
}
