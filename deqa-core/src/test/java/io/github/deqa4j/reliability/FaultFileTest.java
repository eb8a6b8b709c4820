package io.github.deqa4j.reliability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.FaultKind;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FaultFileTest {
    private static final int KINDS = FaultKind.ALL.size();

    /** Statistics whose logarithms are about 0.25, 0.5 and 0. */
    private static final float[] STATISTICS = {(float) Math.exp(0.25) - 0.01f, (float) Math.exp(0.5) - 0.01f, 0.99f};

    @TempDir
    Path folder;

    @Test
    void theTwoHighestAboveTheLimitAreNamed() {
        assertThat(file(0.2f).of(STATISTICS, 1))
                .extracting(Fault::kind)
                .containsExactly(FaultKind.NOISE, FaultKind.JPEG);
        assertThat(file(0.3f).of(STATISTICS, 1)).extracting(Fault::kind).containsExactly(FaultKind.NOISE);
        assertThat(file(0.6f).of(STATISTICS, 1)).isEmpty();
    }

    @Test
    void theLimitRisesForSmallImages() {
        assertThat(file(0.2f).of(STATISTICS, 0.47)).hasSize(2);
        assertThat(file(0.2f).of(STATISTICS, 0.47 / 4)).extracting(Fault::kind).containsExactly(FaultKind.NOISE);
        assertThat(file(0.2f).of(STATISTICS, 0.47 / 81)).isEmpty();
    }

    @Test
    void strengthsAreScaledAndAtMostOne() {
        assertThat(file(0.2f).of(STATISTICS, 1))
                .extracting(fault -> Math.round(1000 * fault.strength()) / 1000.0)
                .containsExactly(1.0, 0.375);
    }

    @Test
    void whatIsWrittenIsRead() {
        Path path = folder.resolve(FaultFile.NAME);
        file(0.2f).write(path);

        assertThat(read(path).of(STATISTICS, 1)).isEqualTo(file(0.2f).of(STATISTICS, 1));
        assertThat(Checkpoint.openFile(path).tensors().values())
                .extracting(tensor -> tensor.name() + " " + tensor.dtype() + " " + Arrays.toString(tensor.shape()))
                .containsExactly(
                        "faults.biases F32 [16]",
                        "faults.limit F32 [1]",
                        "faults.scales F32 [16]",
                        "faults.weights F16 [16, 3]");
    }

    @ParameterizedTest
    @CsvSource({
        "faults.limit, 1, 0, 'holds 0.0; it must be above 0'",
        "faults.limit, 2, 1, 'has the shape [2] instead of [1]'",
        "faults.scales, 16, -1, 'holds -1.0; its numbers must be above 0'",
        "faults.biases, 15, 0, 'has the shape [15] instead of [16]'",
        "faults.biases, 16, NaN, 'holds NaN; all its numbers must be finite'",
        "faults.weights, 48, 0, 'has the shape [48] instead of [16, 3]'",
    })
    void impossibleNumbersAreRefused(String name, int length, float value, String problem) {
        file(0.2f).write(folder.resolve("whole"));
        Map<String, TensorSource> tensors = new TreeMap<>();
        Checkpoint.openFile(folder.resolve("whole"))
                .tensors()
                .forEach((key, entry) -> tensors.put(key, TensorSource.of(entry)));
        float[] values = new float[length];
        Arrays.fill(values, value);
        tensors.put(name, TensorSource.of(values, length));
        Path path = folder.resolve(FaultFile.NAME);
        SafetensorsWriter.write(path, tensors);

        assertThatThrownBy(() -> read(path))
                .isInstanceOf(DeqaException.class)
                .hasMessage(path + ": the tensor " + name + " " + problem);
    }

    private static FaultFile read(Path path) {
        return FaultFile.of(path.toString(), Checkpoint.openFile(path), 3);
    }

    /** JPEG is the first logarithm, noise the second; their strengths are 1.5 and 3 times as much. */
    private static FaultFile file(float limit) {
        float[] weights = new float[3 * KINDS];
        weights[3 * FaultKind.ALL.indexOf(FaultKind.JPEG)] = 1;
        weights[3 * FaultKind.ALL.indexOf(FaultKind.NOISE) + 1] = 1;
        float[] biases = new float[KINDS];
        biases[FaultKind.ALL.indexOf(FaultKind.BLUR)] = 0.1f;
        float[] scales = new float[KINDS];
        Arrays.fill(scales, 1.5f);
        scales[FaultKind.ALL.indexOf(FaultKind.NOISE)] = 3;
        return new FaultFile(weights, biases, scales, limit);
    }
}
