package io.github.deqa4j.torch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.loss.LossSettings.Spread;
import io.github.deqa4j.torch.nn.Engine;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AllPairsBatchTest {
    private static final int IMAGES = 5;
    private static final double[] MEANS = {1.5, 4.2, 3, 0, 2};
    private static final double[] STDS = {0.5, 0.8, 0.7, 1, 0.9};

    private final Random random = new Random(11);
    private final double[][] logits = new double[IMAGES][5];
    private final double[][] labels = new double[IMAGES][5];

    @SuppressWarnings("NullAway.Init") // set before each test
    private NativeScope scope;

    @BeforeEach
    void draw() {
        Engine.start();
        scope = NativeScope.inference();
        for (int i = 0; i < IMAGES; i++) {
            double mass = 0;
            for (int j = 0; j < 5; j++) {
                logits[i][j] = random.nextGaussian();
                labels[i][j] = random.nextDouble();
                mass += labels[i][j];
            }
            for (int j = 0; j < 5; j++) {
                labels[i][j] /= mass;
            }
        }
    }

    @AfterEach
    void close() {
        scope.close();
    }

    @Test
    void everyPairOfAGroupIsComparedOnce() {
        AllPairsBatch batch = batch(List.of(7, 3, 7, 3, 7));
        assertThat(batch.left()).containsExactly(0, 0, 1, 2);
        assertThat(batch.right()).containsExactly(2, 4, 3, 4);
        double expected = (fidelity(0, 2) + fidelity(0, 4) + fidelity(1, 3) + fidelity(2, 4)) / 4;
        assertThat(parts(batch).of(LossPart.RANK)).isCloseTo(expected, within(1e-6));
    }

    @Test
    void everyImageHasASoftLabelToMeet() {
        LossParts parts = parts(batch(List.of(0, 0, 0, 1, 1)));
        double expected = IntStream.range(0, IMAGES)
                .mapToDouble(this::divergence)
                .average()
                .orElseThrow();
        assertThat(parts.of(LossPart.KL)).isCloseTo(expected, within(1e-6));
        assertThat(parts.of(LossPart.NEXT_TOKEN)).isZero();
        assertThat(parts.of(LossPart.LADDER)).isZero();
        assertThat(parts.of(LossPart.TOTAL))
                .isCloseTo(parts.of(LossPart.RANK) + 0.05 * parts.of(LossPart.KL), within(1e-6));
    }

    @Test
    void whereNothingCanBeComparedThereIsNoComparison() {
        LossParts parts = parts(batch(List.of(0, 1, 2, 3, 4)));
        assertThat(parts.of(LossPart.RANK)).isZero();
        assertThat(parts.of(LossPart.KL)).isPositive();
    }

    @Test
    void laddersAreComparedByTheirOwnWeightAndHaveNoLabels() {
        DeqaLoss loss = new DeqaLoss(LossSettings.builder().ladderWeight(0.25).build(), new int[] {0, 1, 2, 3, 4});
        LossMeans ladders = loss.ladders(batch(List.of(1, 1, 1, 2, 2)));
        LossParts parts = loss.total(ladders).parts();
        double expected = (fidelity(0, 1) + fidelity(0, 2) + fidelity(1, 2) + fidelity(3, 4)) / 4;
        assertThat(parts.of(LossPart.LADDER)).isCloseTo(expected, within(1e-6));
        assertThat(parts.of(LossPart.KL)).isZero();
        assertThat(parts.of(LossPart.RANK)).isZero();
        assertThat(parts.of(LossPart.TOTAL)).isCloseTo(0.25 * expected, within(1e-6));

        LossMeans both = loss.allPairs(batch(List.of(0, 0, 0, 0, 0))).plus(ladders);
        assertThat(loss.total(both).parts().of(LossPart.TOTAL))
                .isCloseTo(
                        loss.total(loss.allPairs(batch(List.of(0, 0, 0, 0, 0))))
                                        .parts()
                                        .of(LossPart.TOTAL)
                                + 0.25 * expected,
                        within(1e-6));
    }

    @Test
    void thePredictedSpreadCountsWhereItIsAskedFor() {
        DeqaLoss loss =
                new DeqaLoss(LossSettings.builder().spread(Spread.PREDICTED).build(), new int[] {0, 1, 2, 3, 4});
        AllPairsBatch drawn = batch(Collections.nCopies(IMAGES, 0));
        LossParts parts = loss.total(loss.allPairs(drawn)).parts();
        assertThat(parts.of(LossPart.RANK)).isNotEqualTo(parts(drawn).of(LossPart.RANK));
    }

    @Test
    void partsOfDifferentSizesAreRefused() {
        assertThatThrownBy(() -> batch(List.of(0, 0)))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "there are 5 ratings for logits of 5 images, of which 2 have a group; there must be one of each"
                                + " for every image");
    }

    private static LossParts parts(AllPairsBatch batch) {
        DeqaLoss loss = new DeqaLoss(LossSettings.pairs(), new int[] {0, 1, 2, 3, 4});
        return loss.total(loss.allPairs(batch)).parts();
    }

    private AllPairsBatch batch(List<Integer> groups) {
        float[] flat = new float[IMAGES * 5];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = (float) logits[i / 5][i % 5];
        }
        return new AllPairsBatch(Tensors.of(flat, IMAGES, 5), RatingTensors.of(labels, MEANS, STDS), groups);
    }

    private double fidelity(int a, int b) {
        double p = normal((score(a) - score(b)) / Math.sqrt(2));
        double target = normal((MEANS[a] - MEANS[b]) / Math.sqrt(STDS[a] * STDS[a] + STDS[b] * STDS[b]));
        return 1 - Math.sqrt(p * target) - Math.sqrt((1 - p) * (1 - target));
    }

    private double score(int image) {
        double[] p = softmax(logits[image]);
        return 5 * p[0] + 4 * p[1] + 3 * p[2] + 2 * p[3] + p[4];
    }

    private double divergence(int image) {
        double[] p = softmax(logits[image]);
        double sum = 0;
        for (int j = 0; j < 5; j++) {
            sum += labels[image][j] * Math.log(labels[image][j] / p[j]);
        }
        return sum;
    }

    private static double[] softmax(double[] x) {
        double mass = 0;
        double[] p = new double[x.length];
        for (int j = 0; j < x.length; j++) {
            p[j] = Math.exp(x[j]);
            mass += p[j];
        }
        for (int j = 0; j < x.length; j++) {
            p[j] /= mass;
        }
        return p;
    }

    /** Φ by adding up its density. */
    private static double normal(double z) {
        int steps = 20_000;
        double width = z / steps;
        double sum = 0;
        for (int i = 0; i < steps; i++) {
            double middle = (i + 0.5) * width;
            sum += Math.exp(-middle * middle / 2);
        }
        return 0.5 + sum * width / Math.sqrt(2 * Math.PI);
    }
}
