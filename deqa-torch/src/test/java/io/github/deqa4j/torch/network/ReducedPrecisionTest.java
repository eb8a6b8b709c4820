package io.github.deqa4j.torch.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.torch.GoldenModel;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.DoubleSummaryStatistics;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Scores of random models in bfloat16 and in 8-bit integers, against those in float32. */
class ReducedPrecisionTest {
    private static final double MEAN = 0.02;
    private static final double GREATEST = 0.08;

    /**
     * Its layers are 32 wide, so that few errors cancel out, and all images share what the prompt's error adds: in 8-bit integers the
     * mean was .020 to .040, depending on the order of sums.
     */
    @ParameterizedTest
    @CsvSource({"BF16, 0.02, 0.08", "INT8, 0.06, 0.12"})
    void scoresOfTheMiniModelHardlyChange(Precision precision, double mean, double greatest) {
        assertClose(GoldenModel.mini(), precision, mean, greatest);
    }

    @ParameterizedTest
    @EnumSource(names = {"BF16", "INT8"})
    void scoresOfTheExternalModelsHardlyChange(Precision precision) {
        assertThat(GoldenModel.external())
                .isNotEmpty()
                .allSatisfy(golden -> assertClose(golden, precision, MEAN, GREATEST));
    }

    @Test
    void quantizedModelsGiveTheSameBitsTwice() {
        assertThat(scores(GoldenModel.mini(), Precision.INT8))
                .containsExactly(scores(GoldenModel.mini(), Precision.INT8));
    }

    private static void assertClose(GoldenModel golden, Precision precision, double mean, double greatest) {
        double[] exact = scores(golden, Precision.FLOAT32);
        double[] reduced = scores(golden, precision);
        DoubleSummaryStatistics differences = IntStream.range(0, exact.length)
                .mapToDouble(i -> Math.abs(reduced[i] - exact[i]))
                .summaryStatistics();

        assertThat(differences.getAverage())
                .as("mean of %s", golden)
                .isPositive()
                .isLessThan(mean);
        assertThat(differences.getMax()).as("greatest of %s", golden).isLessThan(greatest);
    }

    /** The scores of the golden images, as a scorer computes them. */
    private static double[] scores(GoldenModel golden, Precision precision) {
        ModelFiles files = ModelFiles.open(Optional.of(golden.directory()), Optional.empty(), Optional.empty());
        NetworkSettings settings =
                new NetworkSettings(Optional.empty(), Prompt.SCORER, precision, Device.CPU, new RandomStream(0));
        try (LevelNetwork network = NetworkArchitecture.of(files).load(settings).prepared();
                NativeScope scope = NativeScope.inference()) {
            float[] x = Tensors.toFloats(
                    network.logits(Tensors.of(golden.tensor("pixel_values"), golden.shape("pixel_values"))));
            return IntStream.range(0, x.length / 5)
                    .mapToObj(i -> new LevelLogits(x[5 * i], x[5 * i + 1], x[5 * i + 2], x[5 * i + 3], x[5 * i + 4]))
                    .mapToDouble(logits -> new QualityScore(logits).score())
                    .toArray();
        }
    }
}
