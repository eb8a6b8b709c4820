package io.github.deqa4j.train.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.CompactConfig.Stage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.compact.CompactModel;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompactStartTest {
    private static final Path TRUNK = Golden.mini().resolve("trunk.safetensors");
    private static final int HEIGHT = 37;
    private static final int WIDTH = 45;

    @TempDir
    Path folder;

    private int starts;

    @Test
    void theSameSeedGivesTheBytesOfTheMiniModel() throws IOException {
        Path start = start(TRUNK, 1);

        for (String name : new String[] {"config.json", "model.safetensors"}) {
            assertThat(start.resolve(name))
                    .hasSameBinaryContentAs(Golden.mini().resolve("compact").resolve(name));
        }
    }

    @Test
    void theConfigurationFollowsFromTheTrunk() {
        CompactConfig config = CompactConfig.read(start(TRUNK, 1).resolve("config.json"));

        assertThat(config.stem()).isEqualTo(4);
        assertThat(config.stages()).containsExactly(new Stage(2, 2), new Stage(3, 1));
        assertThat(config.hidden()).isEqualTo(256);
    }

    @Test
    void featuresAreThoseOfTheTrunkBeforeFoldingAndTurning() {
        compareFeatures(TRUNK, 1e-5);
    }

    @Test
    void featuresAreThoseOfTheTrainedTrunk() {
        compareFeatures(Golden.data("resnet50-trunk/resnet50_conv1_to_conv4_fp16.safetensors"), 1e-5);
    }

    @Test
    void theHeadIsDrawnAndTheSeedSaysHow() throws IOException {
        Path one = start(TRUNK, 1);
        Path again = start(TRUNK, 1);
        Path two = start(TRUNK, 2);

        assertThat(one.resolve("model.safetensors")).hasSameBinaryContentAs(again.resolve("model.safetensors"));
        assertThat(numbers(one, "trunk.stem.weight")).isEqualTo(numbers(two, "trunk.stem.weight"));
        assertThat(numbers(one, "head.norms.0.weight")).containsOnly(1);
        for (String zero : List.of("head.norms.1.bias", "head.fc1.bias", "head.fc2.bias")) {
            assertThat(numbers(one, zero)).containsOnly(0);
        }
        for (String drawn : List.of("head.fc1.weight", "head.fc2.weight")) {
            double bound = Math.sqrt(6.0 / (drawn.contains("fc1") ? 2 * 4 * (2 + 3) : 256));
            float[] values = numbers(one, drawn);
            assertThat(values).isNotEqualTo(numbers(two, drawn));
            double square = 0;
            for (float value : values) {
                assertThat(Math.abs(value)).isLessThanOrEqualTo((float) bound);
                square += value * value / values.length;
            }
            assertThat(Math.sqrt(square)).isBetween(0.9 * bound / Math.sqrt(3), 1.1 * bound / Math.sqrt(3));
        }
    }

    @Test
    void whatIsNoTrunkIsRefusedWithTheTensorAtFault() {
        refused("conv2_block1_2_bn/gamma", null, "the tensor conv2_block1_2_bn/gamma is missing; a trunk is a ResNet");
        refused("conv1_conv/kernel", null, "the tensor conv1_conv/kernel is missing; a trunk is a ResNet");
        refused("predictions/kernel", floats(1, 2), "1 tensors have no place in a residual trunk (predictions/kernel)");
        refused("conv1_bn/beta", floats(1, 5), "the tensor conv1_bn/beta has the shape [5] instead of [4]");
        refused(
                "conv1_bn/moving_variance",
                floats(-1, 4),
                "the tensor conv1_bn/moving_variance holds -1.0; a variance is not below 0");
        refused(
                "conv1_conv/bias",
                floats(Float.NaN, 4),
                "the tensor conv1_conv/bias holds NaN; all its numbers must be finite");
        refused(
                "conv2_block1_2_conv/kernel",
                floats(1, 3, 2, 2, 2),
                "the tensor conv2_block1_2_conv/kernel is of 3 × 2 pixels; a kernel must be square, its side odd");
        refused(
                "conv2_block1_2_conv/kernel",
                floats(1, 1, 1, 2, 2),
                "folded and renamed, this trunk has trunk.stages.0.0.conv2.weight of shape [2, 2, 1, 1] instead of "
                        + "[2, 2, 3, 3]; its blocks must be bottlenecks");
        refused(
                "conv1_conv/kernel",
                floats(1, 8),
                "the tensor conv1_conv/kernel has the shape [8]; it must have 4 dimensions, none of them 0");
    }

    @Test
    void aVarianceThatDidNotFitIntoHalfPrecisionIsTheLargestThatDoes() {
        Path overflown = changed("conv1_bn/moving_variance", floats(Float.POSITIVE_INFINITY, 4));
        float[] infinite = numbers(start(overflown, 1), "trunk.stem.weight");
        float[] largest = numbers(start(changed("conv1_bn/moving_variance", floats(65504, 4)), 1), "trunk.stem.weight");

        assertThat(infinite).isEqualTo(largest).doesNotContain(0);
    }

    @Test
    void nothingIsOverwritten() throws IOException {
        Path used = Files.createDirectory(folder.resolve("used"));
        Files.writeString(used.resolve("thesis.txt"), "years");

        assertThatThrownBy(() -> CompactStart.write(TRUNK, used, 1))
                .isInstanceOf(DeqaException.class)
                .hasMessage(used + ": there are files here already; name another folder to write to");
        assertThat(used.resolve("thesis.txt")).exists();
    }

    private void compareFeatures(Path trunk, double tolerance) {
        RgbImage image = image();
        List<UnfoldedTrunk.Grid> expected = new UnfoldedTrunk(trunk).stages(bgr(image));
        ModelDirectory files = ModelDirectory.open(start(trunk, 3), Optional.empty(), Optional.empty());
        NetworkSettings settings = new NetworkSettings(
                Optional.empty(), Prompt.SCORER, Precision.FLOAT32, Device.CPU, new RandomStream(0));
        try (LevelNetwork network = NetworkArchitecture.of(files).load(settings);
                NativeScope scope = NativeScope.inference()) {
            Pixels pixels = network.view().pixels(image);
            List<Tensor> found = ((CompactModel) network.block())
                    .features(Tensors.of(pixels.values(), 1, 3, pixels.height(), pixels.width()));
            assertThat(found).hasSameSizeAs(expected);
            for (int s = 0; s < found.size(); s++) {
                compare(Tensors.toFloats(found.get(s)), expected.get(s), tolerance, "stage " + s);
            }
        }
    }

    private static void compare(float[] found, UnfoldedTrunk.Grid expected, double tolerance, String what) {
        int area = expected.height() * expected.width();
        assertThat(found.length).isEqualTo(area * expected.at()[0][0].length);
        double largest = 0;
        double error = 0;
        for (int i = 0; i < found.length; i++) {
            double value = expected.at()[i % area / expected.width()][i % expected.width()][i / area];
            largest = Math.max(largest, Math.abs(value));
            error = Math.max(error, Math.abs(found[i] - value));
        }
        assertThat(largest).as(what).isPositive();
        assertThat(error / largest).as(what).isLessThan(tolerance);
    }

    private void refused(String name, @Nullable TensorSource other, String problem) {
        Path file = changed(name, other);
        Path output = folder.resolve("refused");

        assertThatThrownBy(() -> CompactStart.write(file, output, 1))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(file + ": " + problem);
        assertThat(output).doesNotExist();
    }

    /** The trunk with another tensor under a name, or none. */
    private Path changed(String name, @Nullable TensorSource other) {
        Map<String, TensorSource> tensors = new TreeMap<>();
        Checkpoint.openFile(TRUNK).tensors().forEach((known, entry) -> tensors.put(known, TensorSource.of(entry)));
        tensors.remove(name);
        if (other != null) {
            tensors.put(name, other);
        }
        Path file = folder.resolve("trunk.safetensors");
        SafetensorsWriter.write(file, tensors);
        return file;
    }

    private static TensorSource floats(float value, long... shape) {
        int count = 1;
        for (long extent : shape) {
            count *= (int) extent;
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            bytes.putFloat(value);
        }
        return new TensorSource(DType.F32, shape, bytes::flip);
    }

    private Path start(Path trunk, long seed) {
        Path directory = folder.resolve("start" + starts++);
        CompactStart.write(trunk, directory, seed);
        return directory;
    }

    private static float[] numbers(Path model, String name) {
        return Objects.requireNonNull(Checkpoint.open(model).tensors().get(name), name)
                .toFloats();
    }

    private static RgbImage image() {
        byte[] samples = new byte[HEIGHT * WIDTH * 3];
        new SplittableRandom(11).nextBytes(samples);
        return new RgbImage(WIDTH, HEIGHT, samples);
    }

    private static UnfoldedTrunk.Grid bgr(RgbImage image) {
        double[] means = {103.939, 116.779, 123.68};
        double[][][] values = new double[HEIGHT][WIDTH][3];
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                for (int c = 0; c < 3; c++) {
                    values[y][x][c] = image.sample(x, y, 2 - c) - means[c];
                }
            }
        }
        return new UnfoldedTrunk.Grid(values);
    }
}
