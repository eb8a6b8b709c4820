package io.github.deqa4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReliabilityFileTest {
    private static final ReliabilityFile FILE = new ReliabilityFile(
            new IntervalTable(0.8f, new float[] {2, 4}, new float[] {0.25f, 0.5f}, new float[] {0.5f, 0.25f}),
            new Familiarity(new float[] {1, 2}, new float[] {1, 0}, 2));

    /** 1 from the mean across the axis, of a limit of 2. */
    private static final float[] FAMILIAR = statistics(9, 3);

    @TempDir
    Path folder;

    @Test
    void whatIsWrittenIsRead() {
        Path path = folder.resolve("reliability.safetensors");
        FILE.write(path);
        ReliabilityFile read = read(path);

        for (float second : new float[] {1, 1.5f, 100}) {
            assertThat(read.of(3, new float[] {7, second}, noise(500, 500), 1))
                    .isEqualTo(FILE.of(3, new float[] {7, second}, noise(500, 500), 1));
        }
    }

    @Test
    void oneContentIsAlwaysTheSameBytes() throws IOException {
        FILE.write(folder.resolve("first"));
        FILE.write(folder.resolve("second"));

        assertThat(folder.resolve("first")).hasSameBinaryContentAs(folder.resolve("second"));
        assertThat(Checkpoint.openFile(folder.resolve("first")).tensors().values())
                .extracting(tensor -> tensor.name() + " " + tensor.dtype())
                .containsExactly(
                        "familiarity.axes F16",
                        "familiarity.limit F32",
                        "familiarity.mean F32",
                        "interval.above F32",
                        "interval.below F32",
                        "interval.coverage F32",
                        "interval.scores F32");
    }

    @Test
    void aFamiliarImageHasTheIntervalOfItsScore() {
        Reliability reliability = FILE.of(3, FAMILIAR, noise(500, 500), 1);

        assertThat(reliability.interval()).isEqualTo(new ScoreInterval(2.625, 3.375, 0.8));
        assertThat(reliability.unfamiliarity()).isCloseTo(0.5, within(1e-5));
        assertThat(reliability.unfamiliar()).isFalse();
    }

    @Test
    void theIntervalOfAnUnfamiliarImageIsWiderByItsUnfamiliarity() {
        Reliability reliability = FILE.of(3, statistics(1, 6), noise(500, 500), 1);

        assertThat(reliability.interval().low()).isCloseTo(2.25, within(1e-5));
        assertThat(reliability.interval().high()).isCloseTo(3.75, within(1e-5));
        assertThat(reliability.unfamiliarity()).isCloseTo(2, within(1e-5));
        assertThat(reliability.unfamiliar()).isTrue();
    }

    /** A side below 64 pixels is a rule of its own; the statistics may say more. */
    @ParameterizedTest
    @CsvSource({"64, 64, 0.5", "63, 500, 1.0158730", "500, 16, 4", "1, 1, 64"})
    void iconsAreUnfamiliar(int width, int height, double unfamiliarity) {
        assertThat(FILE.of(3, FAMILIAR, noise(width, height), 1).unfamiliarity())
                .isCloseTo(unfamiliarity, within(1e-5));
        assertThat(FILE.of(3, statistics(1, 2 + 14), noise(65, 65), 1).unfamiliarity())
                .isCloseTo(7, within(1e-5));
    }

    /** 16 times fewer pixels scatter the statistics more, by the eighth root. */
    @Test
    void smallPhotographsAreAllowedToBeFarther() {
        assertThat(FILE.of(3, FAMILIAR, noise(125, 125), 1.0 / 16).unfamiliarity())
                .isCloseTo(0.5 / Math.sqrt(2), within(1e-5));
        assertThat(FILE.of(3, FAMILIAR, noise(125, 125), 2).unfamiliarity()).isCloseTo(0.5, within(1e-5));
    }

    @Test
    void anImageOfEqualPixelsIsDrawn() {
        RgbImage flat = new RgbImage(100, 100, new byte[3 * 100 * 100]);

        assertThat(FILE.of(3, FAMILIAR, flat, 1).unfamiliarity()).isCloseTo(1 / 0.9, within(1e-12));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "familiarity.axes",
                "familiarity.limit",
                "familiarity.mean",
                "interval.above",
                "interval.below",
                "interval.coverage",
                "interval.scores"
            })
    void eachTensorMustBeThere(String name) {
        Map<String, TensorSource> tensors = tensors();
        tensors.remove(name);

        assertRefused(tensors, "the tensor " + name + " is missing; write the file again or remove it");
    }

    @ParameterizedTest
    @CsvSource({
        "interval.coverage, 0, 'holds 0.0; it must be above 0 and below 1'",
        "interval.coverage, 1, 'holds 1.0; it must be above 0 and below 1'",
        "interval.coverage, NaN, 'holds NaN; all its numbers must be finite'",
        "interval.coverage, .5 .6, 'has the shape [2] instead of [1]'",
        "interval.scores, 2 2, 'holds 2.0 after 2.0; its numbers must rise'",
        "interval.scores, 4 2, 'holds 2.0 after 4.0; its numbers must rise'",
        "interval.scores, 0.9 4, 'holds 0.9; scores are from 1 to 5'",
        "interval.scores, 2 5.1, 'holds 5.1; scores are from 1 to 5'",
        "interval.scores, '', 'has the shape [0]; its first dimension must be from 1 to 1000'",
        "interval.below, 1 -0.1, 'holds -0.1; its numbers must not be below 0'",
        "interval.below, 1 Infinity, 'holds Infinity; all its numbers must be finite'",
        "interval.above, 1 -0.1, 'holds -0.1; its numbers must not be below 0'",
        "interval.above, 1 1 1, 'has the shape [3] instead of [2]'",
        "familiarity.mean, 1 2 3, 'has the shape [3] instead of [2]'",
        "familiarity.mean, 1 NaN, 'holds NaN; all its numbers must be finite'",
        "familiarity.axes, 1, 'has the shape [1] instead of [1, 2]'",
        "familiarity.limit, 0, 'holds 0.0; it must be above 0'",
        "familiarity.limit, Infinity, 'holds Infinity; all its numbers must be finite'",
    })
    void impossibleNumbersAreRefused(String name, String values, String problem) {
        Map<String, TensorSource> tensors = tensors();
        tensors.put(name, tensor(values));

        assertRefused(tensors, "the tensor " + name + " " + problem);
    }

    @Test
    void asManyAxesAsNoFileHasAreRefused() {
        Map<String, TensorSource> tensors = tensors();
        tensors.put("familiarity.axes", TensorSource.halfOf(new float[2 * 513], 513, 2));

        assertRefused(
                tensors,
                "the tensor familiarity.axes has the shape [513, 2]; its first dimension must be from 1 to 512");
    }

    @Test
    void anUnknownTensorIsRefused() {
        Map<String, TensorSource> tensors = tensors();
        tensors.put("interval.width", tensor("1"));

        assertRefused(
                tensors,
                "the tensor \"interval.width\" is not known here; such a file was written by a later version, or is no "
                        + "file of this kind");
    }

    @Test
    void integersAreRefused() {
        Map<String, TensorSource> tensors = tensors();
        tensors.put("familiarity.limit", new TensorSource(DType.I32, new long[] {1}, () -> ByteBuffer.allocate(4)));

        assertRefused(
                tensors,
                "the tensor \"familiarity.limit\" is of type I32; only F64, F32, F16 and BF16 are read as numbers");
    }

    @Test
    void aFileThatWasCutOffIsRefused() throws IOException {
        Path path = folder.resolve("cut");
        FILE.write(path);
        Files.write(path, Arrays.copyOf(Files.readAllBytes(path), 400));

        assertThatThrownBy(() -> read(path)).isInstanceOf(DeqaException.class).hasMessageStartingWith(path + ": ");
    }

    private void assertRefused(Map<String, TensorSource> tensors, String problem) {
        Path path = folder.resolve("reliability.safetensors");
        SafetensorsWriter.write(path, tensors);

        assertThatThrownBy(() -> read(path)).isInstanceOf(DeqaException.class).hasMessage(path + ": " + problem);
    }

    /** Those with two logarithms. */
    private static float[] statistics(double first, double second) {
        return new float[] {(float) (Math.exp(first) - 0.01), (float) (Math.exp(second) - 0.01)};
    }

    private static Map<String, TensorSource> tensors() {
        Map<String, TensorSource> tensors = new TreeMap<>(FILE.interval().tensors());
        tensors.putAll(FILE.familiarity().tensors());
        return tensors;
    }

    private static TensorSource tensor(String words) {
        String[] numbers = words.isEmpty() ? new String[0] : words.split(" ");
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = Float.parseFloat(numbers[i]);
        }
        return TensorSource.of(values, values.length);
    }

    private static RgbImage noise(int width, int height) {
        byte[] samples = new byte[3 * width * height];
        new SplittableRandom(1).nextBytes(samples);
        return new RgbImage(width, height, samples);
    }

    private static ReliabilityFile read(Path path) {
        return ReliabilityFile.of(path.toString(), Checkpoint.openFile(path), 2);
    }
}
