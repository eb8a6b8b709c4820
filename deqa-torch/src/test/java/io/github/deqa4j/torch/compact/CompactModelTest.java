package io.github.deqa4j.torch.compact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.config.ColorNormalization;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.CompactConfig.Stage;
import io.github.deqa4j.config.ImageLimits;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import io.github.deqa4j.torch.nn.Weight;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The network against the same computed with loops. */
class CompactModelTest {
    private static final CompactConfig CONFIG = new CompactConfig(
            4, List.of(new Stage(2, 2), new Stage(3, 1)), 6, 0.5, new ImageLimits(10_000, 8), ColorNormalization.CLIP);
    private static final int HEIGHT = 23;
    private static final int WIDTH = 18;

    private final SplittableRandom random = new SplittableRandom(7);
    private final Map<String, float[]> weights = new TreeMap<>();
    private CompactModel model = new CompactModel(CONFIG, new RandomStream(1), Precision.FLOAT32);

    @BeforeEach
    void bind() {
        Engine.start();
        model = new CompactModel(CONFIG, new RandomStream(1), Precision.FLOAT32);
        model.namedParameters().forEach((name, parameter) -> {
            float[] values = random((int) parameter.elements(), 0.6);
            weights.put(name, values);
            parameter.bind(Weight.of(values, parameter.shape()));
        });
    }

    @AfterEach
    void close() {
        model.close();
    }

    @Test
    void theNamesAreThoseOfTheStages() {
        assertThat(model.namedParameters().keySet())
                .contains(
                        "trunk.stem.weight",
                        "trunk.stages.0.0.shortcut.bias",
                        "trunk.stages.0.1.conv3.weight",
                        "trunk.stages.1.0.conv2.bias",
                        "head.norms.1.weight",
                        "head.fc1.weight",
                        "head.fc2.bias")
                .doesNotContain("trunk.stages.0.1.shortcut.weight");
        assertThat(model.namedParameters().values().stream()
                        .mapToLong(Parameter::elements)
                        .sum())
                .isPositive();
    }

    @Test
    void logitsAreThoseOfTheLoops() {
        float[] pixels = random(3 * HEIGHT * WIDTH, 1);
        float[] logits = forward(pixels, 1);
        assertThat(logits).hasSize(5);
        double[] expected = new Reference(weights).logits(pixels);
        for (int i = 0; i < 5; i++) {
            assertThat((double) logits[i]).isCloseTo(expected[i], within(1e-4));
        }
    }

    @Test
    void statisticsAreThoseOfTheLoops() {
        float[] pixels = random(3 * HEIGHT * WIDTH, 1);
        double[] expected = new Reference(weights).statistics(pixels);
        try (NativeScope scope = NativeScope.inference()) {
            Tensor statistics = model.statistics(model.features(Tensors.of(pixels, 1, 3, HEIGHT, WIDTH)));

            assertThat(statistics.shape()).containsExactly(1, CONFIG.statistics());
            float[] found = Tensors.toFloats(statistics);
            for (int i = 0; i < found.length; i++) {
                assertThat((double) found[i]).as("statistic %d", i).isCloseTo(expected[i], within(1e-4));
            }
        }
    }

    @Test
    void imagesOfABatchDoNotTouchEachOther() {
        float[] both = random(2 * 3 * HEIGHT * WIDTH, 1);
        float[] first = Arrays.copyOf(both, both.length / 2);
        float[] together = forward(both, 2);
        float[] alone = forward(first, 1);
        for (int i = 0; i < 5; i++) {
            assertThat(together[i]).isCloseTo(alone[i], within(1e-5f));
        }
    }

    /** Of 3 × 3 cells; those on the right and below are cut short, of the first stage as of the last. */
    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "1, 3", "3, 2", "3, 3"})
    void logitsOfWindowsAreThoseOfTheLoops(int rows, int columns) {
        float[] pixels = random(3 * HEIGHT * WIDTH, 1);

        double[] expected = new Reference(weights).local(pixels, rows, columns);

        float[] local = local(pixels, 1, rows, columns);
        assertThat(local).hasSize((4 - rows) * (4 - columns) * 5);
        for (int i = 0; i < local.length; i++) {
            assertThat((double) local[i]).as("logit %d", i).isCloseTo(expected[i], within(1e-4));
        }
    }

    @Test
    void aWindowOverAllHasTheImagesOwnLogits() {
        float[] pixels = random(2 * 3 * HEIGHT * WIDTH, 1);

        assertThat(local(pixels, 2, 3, 3)).containsExactly(forward(pixels, 2), within(1e-5f));
    }

    @Test
    void aPreparedNetworkGivesTheSameFeaturesAndLogits() {
        float[] pixels = random(2 * 3 * HEIGHT * WIDTH, 1);
        List<float[]> features = features(pixels, 2);
        float[] logits = forward(pixels, 2);

        model.prepare();

        List<float[]> prepared = features(pixels, 2);
        assertThat(prepared).hasSameSizeAs(features);
        for (int stage = 0; stage < features.size(); stage++) {
            assertThat(prepared.get(stage)).containsExactly(features.get(stage), within(1e-5f));
        }
        assertThat(forward(pixels, 2)).containsExactly(logits, within(1e-5f));
    }

    private List<float[]> features(float[] pixels, int batch) {
        try (NativeScope scope = NativeScope.inference()) {
            return model.features(Tensors.of(pixels, batch, 3, HEIGHT, WIDTH)).stream()
                    .map(Tensors::toFloats)
                    .toList();
        }
    }

    private float[] local(float[] pixels, int batch, int rows, int columns) {
        try (NativeScope scope = NativeScope.inference()) {
            List<Tensor> features = model.features(Tensors.of(pixels, batch, 3, HEIGHT, WIDTH));
            return Tensors.toFloats(model.local(features, rows, columns));
        }
    }

    private float[] forward(float[] pixels, int batch) {
        try (NativeScope scope = NativeScope.inference()) {
            return Tensors.toFloats(model.forward(Tensors.of(pixels, batch, 3, HEIGHT, WIDTH)));
        }
    }

    private float[] random(int count, double bound) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble(-bound, bound);
        }
        return values;
    }

    /** Features of an image. */
    private static final class Grid {
        private final int features;
        private final int height;
        private final int width;
        private final double[] values;

        Grid(int features, int height, int width, double[] values) {
            this.features = features;
            this.height = height;
            this.width = width;
            this.values = values;
        }

        double at(int c, int y, int x) {
            boolean outside = y < 0 || y >= height || x < 0 || x >= width;
            return outside ? 0 : values[(c * height + y) * width + x];
        }

        /** What of a window lies within. */
        Grid window(int top, int left, int rows, int columns) {
            int bottom = Math.min(height, top + rows);
            int right = Math.min(width, left + columns);
            List<Double> inside = new ArrayList<>();
            for (int c = 0; c < features; c++) {
                for (int y = top; y < bottom; y++) {
                    for (int x = left; x < right; x++) {
                        inside.add(at(c, y, x));
                    }
                }
            }
            double[] cut = inside.stream().mapToDouble(v -> v).toArray();
            return new Grid(features, bottom - top, right - left, cut);
        }

        Grid relu() {
            return new Grid(
                    features,
                    height,
                    width,
                    Arrays.stream(values).map(v -> Math.max(0, v)).toArray());
        }

        Grid plus(Grid other) {
            double[] sum = values.clone();
            for (int i = 0; i < sum.length; i++) {
                sum[i] += other.values[i];
            }
            return new Grid(features, height, width, sum);
        }
    }

    private record Reference(Map<String, float[]> weights) {
        double[] logits(float[] pixels) {
            return head(features(pixels));
        }

        /** Of every window of the 3 × 3 cells of the last stage; one of them is 2 × 2 of the first stage. */
        double[] local(float[] pixels, int rows, int columns) {
            List<Grid> stages = features(pixels);
            List<Double> logits = new ArrayList<>();
            for (int y = 0; y <= 3 - rows; y++) {
                for (int x = 0; x <= 3 - columns; x++) {
                    double[] one = head(List.of(
                            stages.get(0).window(2 * y, 2 * x, 2 * rows, 2 * columns),
                            stages.get(1).window(y, x, rows, columns)));
                    Arrays.stream(one).forEach(logits::add);
                }
            }
            return logits.stream().mapToDouble(v -> v).toArray();
        }

        private List<Grid> features(float[] pixels) {
            double[] values = new double[pixels.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = pixels[i];
            }
            Grid h = maxPool(convolution(new Grid(3, HEIGHT, WIDTH, values), "trunk.stem", 4, 7, 2)
                    .relu());
            List<Grid> stages = new ArrayList<>();
            for (int s = 0; s < CONFIG.stages().size(); s++) {
                Stage stage = CONFIG.stages().get(s);
                for (int b = 0; b < stage.blocks(); b++) {
                    h = block(h, "trunk.stages." + s + "." + b, stage, b == 0 && s > 0 ? 2 : 1);
                }
                stages.add(h);
            }
            return stages;
        }

        double[] statistics(float[] pixels) {
            return statistics(features(pixels));
        }

        private double[] statistics(List<Grid> stages) {
            List<Double> statistics = new ArrayList<>();
            for (int s = 0; s < stages.size(); s++) {
                statistics.addAll(meansAndSpreads(stages.get(s)));
            }
            return statistics.stream().mapToDouble(v -> v).toArray();
        }

        private double[] head(List<Grid> stages) {
            List<Double> read = new ArrayList<>();
            for (int s = 0; s < stages.size(); s++) {
                read.addAll(normalized(meansAndSpreads(stages.get(s)), s));
            }
            double[] hidden = linear(read.stream().mapToDouble(v -> v).toArray(), "head.fc1", CONFIG.hidden());
            for (int i = 0; i < hidden.length; i++) {
                hidden[i] = Math.max(0, hidden[i]);
            }
            return linear(hidden, "head.fc2", 5);
        }

        private Grid block(Grid x, String name, Stage stage, int stride) {
            Grid h = convolution(x, name + ".conv1", stage.width(), 1, stride).relu();
            h = convolution(h, name + ".conv2", stage.width(), 3, 1).relu();
            h = convolution(h, name + ".conv3", stage.features(), 1, 1);
            Grid shortcut = weights.containsKey(name + ".shortcut.weight")
                    ? convolution(x, name + ".shortcut", stage.features(), 1, stride)
                    : x;
            return h.plus(shortcut).relu();
        }

        private Grid convolution(Grid x, String name, int out, int side, int stride) {
            float[] weight = get(name + ".weight");
            float[] bias = get(name + ".bias");
            int height = (x.height + stride - 1) / stride;
            int width = (x.width + stride - 1) / stride;
            double[] y = new double[out * height * width];
            for (int o = 0; o < out; o++) {
                for (int i = 0; i < height * width; i++) {
                    double sum = bias[o];
                    for (int k = 0; k < x.features * side * side; k++) {
                        int c = k / (side * side);
                        int dy = k / side % side - side / 2;
                        int dx = k % side - side / 2;
                        sum += weight[o * x.features * side * side + k]
                                * x.at(c, i / width * stride + dy, i % width * stride + dx);
                    }
                    y[o * height * width + i] = sum;
                }
            }
            return new Grid(out, height, width, y);
        }

        private static Grid maxPool(Grid x) { // zeros around do not matter after a relu
            int height = (x.height + 1) / 2;
            int width = (x.width + 1) / 2;
            double[] y = new double[x.features * height * width];
            for (int i = 0; i < y.length; i++) {
                for (int k = 0; k < 9; k++) {
                    double value =
                            x.at(i / (height * width), i / width % height * 2 + k / 3 - 1, i % width * 2 + k % 3 - 1);
                    y[i] = Math.max(y[i], value);
                }
            }
            return new Grid(x.features, height, width, y);
        }

        private static List<Double> meansAndSpreads(Grid h) {
            int area = h.height * h.width;
            double[] x = new double[2 * h.features];
            for (int c = 0; c < h.features; c++) {
                double mean = 0;
                double square = 0;
                for (int i = 0; i < area; i++) {
                    mean += h.values[c * area + i] / area;
                }
                for (int i = 0; i < area; i++) {
                    square += Math.pow(h.values[c * area + i] - mean, 2) / area;
                }
                x[c] = mean;
                x[h.features + c] = Math.sqrt(square + 1e-6);
            }
            return Arrays.stream(x).boxed().toList();
        }

        private List<Double> normalized(List<Double> statistics, int stage) {
            double[] x = statistics.stream().mapToDouble(v -> v).toArray();
            double mean = Arrays.stream(x).average().orElseThrow();
            double variance =
                    Arrays.stream(x).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
            float[] weight = get("head.norms." + stage + ".weight");
            float[] bias = get("head.norms." + stage + ".bias");
            List<Double> y = new ArrayList<>();
            for (int i = 0; i < x.length; i++) {
                y.add((x[i] - mean) / Math.sqrt(variance + 1e-5) * weight[i] + bias[i]);
            }
            return y;
        }

        private double[] linear(double[] x, String name, int out) {
            double[] y = new double[out];
            for (int o = 0; o < out; o++) {
                y[o] = get(name + ".bias")[o];
                for (int i = 0; i < x.length; i++) {
                    y[o] += get(name + ".weight")[o * x.length + i] * x[i];
                }
            }
            return y;
        }

        private float[] get(String name) {
            return Objects.requireNonNull(weights.get(name), name);
        }
    }
}
