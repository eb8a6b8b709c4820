package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.plus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each loss at values that can be computed by hand, and what holds for all values. */
class LossesTest {
    private static final int[] LEVELS = {1, 2, 3, 4, 5};
    private static final int TRIALS = 50;

    @SuppressWarnings("NullAway.Init") // set before each test
    private NativeScope scope;

    @BeforeEach
    void open() {
        scope = NativeScope.training();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void nextTokenLossIsTheMeanSurprise() {
        Tensor logits = matrix(2, 0, (float) Math.log(3), 0, 0);

        double expected = -(Math.log(3.0 / 4) + Math.log(1.0 / 2)) / 2;
        assertThat(scalar(NextTokenLoss.of(logits, new int[] {1, 0}))).isCloseTo(expected, within(1e-6));
    }

    @Test
    void softLabelLossIsZeroWhereThePredictionIsTheLabel() {
        Random random = new Random(5);
        for (int i = 0; i < TRIALS; i++) {
            float[] p = distribution(random);
            Tensor label = matrix(1, p);

            assertThat(scalar(SoftLabelLoss.of(label, label.log()))).isCloseTo(0, within(1e-6));
            assertThat(scalar(SoftLabelLoss.of(
                            label, matrix(1, distribution(random)).log())))
                    .isGreaterThan(-1e-6);
        }
    }

    @Test
    void softLabelLossCountsWhatOtherTokensTake() {
        Tensor logits = matrix(1, (float) Math.log(5), 0, 0, 0, 0, 0); // token 0 takes half, each level a tenth
        LevelPrediction prediction = LevelPrediction.of(logits, LEVELS);
        Tensor certain = matrix(1, 1, 0, 0, 0, 0);

        assertThat(scalar(SoftLabelLoss.of(certain, prediction.logOpen()))).isCloseTo(Math.log(10), within(1e-6));
        assertThat(scalar(InLevelLoss.of(prediction.open()))).isCloseTo(0.5, within(1e-6));
        assertThat(scalar(prediction.score(true))).isCloseTo(3, within(1e-6));
        assertThat(scalar(prediction.variance(true))).isCloseTo(2, within(1e-6));
        assertThat(scalar(prediction.score(false))).isCloseTo(1.5, within(1e-6));
    }

    @Test
    void inLevelLossEndsAtItsFloor() {
        assertThat(scalar(InLevelLoss.of(matrix(1, 0.5f, 0.5f, 0, 0, 0)))).isCloseTo(0.01, within(1e-8));
    }

    @Test
    void preferenceFollowsTheNormalDistribution() {
        assertThat(scalar(FidelityLoss.preference(vector(0)))).isEqualTo(0.5);
        assertThat(scalar(FidelityLoss.preference(vector((float) Math.sqrt(2)))))
                .isCloseTo(0.841345, within(1e-6)); // Φ(1)
        assertThat(scalar(FidelityLoss.preference(vector(-2), vector(1)))).isCloseTo(0.022750, within(1e-6)); // Φ(−2)
    }

    @Test
    void fidelityIsSymmetricAndZeroAtEquality() {
        Random random = new Random(6);
        for (int i = 0; i < TRIALS; i++) {
            Tensor p = vector(random.nextFloat());
            Tensor q = vector(random.nextFloat());
            double loss = scalar(FidelityLoss.continuous(p, q));

            assertThat(scalar(FidelityLoss.continuous(q, p))).isEqualTo(loss);
            assertThat(scalar(FidelityLoss.continuous(complement(p), complement(q))))
                    .isCloseTo(loss, within(1e-6));
            assertThat(scalar(FidelityLoss.continuous(p, p))).isCloseTo(0, within(1e-6));
            assertThat(loss).isBetween(-1e-6, 1.0);
        }
    }

    @Test
    void binaryLossesAreThoseOfTheChosenSide() {
        Tensor p = vector(0.81f, 0.81f);
        Tensor better = vector(1, 0);

        assertThat(scalar(FidelityLoss.binary(p, better))).isCloseTo((1 - 0.9 + 1 - Math.sqrt(0.19)) / 2, within(1e-6));
        assertThat(scalar(FidelityLoss.crossEntropy(p, better)))
                .isCloseTo(-(Math.log(0.81) + Math.log(0.19)) / 2, within(1e-6));
    }

    @Test
    void impossibleOpinionsAreRefused() {
        double[][] soft = {{0.2, 0.2, 0.2, 0.2, 0.2}};
        assertThatThrownBy(() -> RatingTensors.of(soft, new double[] {3, 4}, new double[] {1}))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "there are 1 soft labels, 2 means and 1 standard deviations; there must be one of each for every"
                                + " image");
        assertThatThrownBy(() -> RatingTensors.of(soft, new double[] {Double.NaN}, new double[] {1}))
                .hasMessage("a mean opinion score is NaN; it must be a finite number");
        assertThatThrownBy(() -> RatingTensors.of(soft, new double[] {3}, new double[] {-1}))
                .hasMessage("a standard deviation is -1.0; it must be a finite number of 0 or more");
        assertThatThrownBy(() -> RatingTensors.of(new double[][] {{1}}, new double[] {3}, new double[] {1}))
                .hasMessage("a soft label has 1 probabilities; it must have 5");
    }

    @Test
    void impossibleWeightsAreRefused() {
        assertThatThrownBy(() -> LossSettings.builder().rankWeight(-1).build())
                .isInstanceOf(DeqaException.class)
                .hasMessage("the rank weight is -1.0; a loss weight must lie between 0 and 1e30");
        assertThatThrownBy(() -> LossSettings.builder()
                        .inLevelWeight(Double.POSITIVE_INFINITY)
                        .build())
                .hasMessage("the in-level weight is Infinity; a loss weight must lie between 0 and 1e30");
        assertThatThrownBy(() -> new LossSettings(
                        true, LossSettings.Rank.FIDELITY, LossSettings.Spread.FIXED, true, 0, 1, 0, 1, 0, 0))
                .hasMessage("all loss weights are 0, so there is nothing to train on; make one positive");
    }

    @Test
    void theDefaultsAreTheReleasedFlags() {
        assertThat(LossSettings.pairs())
                .isEqualTo(new LossSettings(
                        true, LossSettings.Rank.FIDELITY, LossSettings.Spread.FIXED, true, 1, 1, 0.05, 1, 0, 1));
        assertThat(LossSettings.singles())
                .isEqualTo(new LossSettings(
                        true, LossSettings.Rank.FIDELITY, LossSettings.Spread.FIXED, true, 0, 1, 1, 1, 0, 1));
    }

    private static Tensor complement(Tensor p) {
        return plus(p.neg(), 1);
    }

    private static float[] distribution(Random random) {
        float[] p = new float[LEVELS.length];
        float sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = random.nextFloat() + 1e-3f;
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static Tensor matrix(int rows, float... values) {
        return Tensors.of(values, rows, values.length / rows);
    }

    private static Tensor vector(float... values) {
        return Tensors.of(values, values.length);
    }

    private static double scalar(Tensor x) {
        return Tensors.toFloats(x)[0];
    }
}
