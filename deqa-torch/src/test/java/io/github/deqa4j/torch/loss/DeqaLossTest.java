package io.github.deqa4j.torch.loss;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TrainingPrompt;
import io.github.deqa4j.torch.MiniBatch;
import io.github.deqa4j.torch.loss.LossMeans.Part;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** How the parts add up, on the mini model; their values are compared with the authors' in the golden comparison. */
class DeqaLossTest {
    private static final MiniBatch BATCH = new MiniBatch();

    @Test
    void theTotalIsTheWeightedSumOfTheParts() {
        LossSettings settings = new LossSettings(
                true, LossSettings.Rank.FIDELITY, LossSettings.Spread.PREDICTED, true, 0.7, 1, 0.3, 2, 0.4, 1);
        LossParts parts = pairs(settings);

        assertThat(parts.of(LossPart.TOTAL))
                .isCloseTo(
                        0.7 * parts.of(LossPart.RANK)
                                + 0.3 * (parts.of(LossPart.SIDE_A) + parts.of(LossPart.SIDE_B))
                                + 0.4 * parts.of(LossPart.IN_LEVEL),
                        within(1e-5));
        assertThat(parts.of(LossPart.SIDE_A) + parts.of(LossPart.SIDE_B))
                .isCloseTo(parts.of(LossPart.NEXT_TOKEN) + 2 * parts.of(LossPart.KL), within(1e-5));
        assertThat(parts.of(LossPart.DESCRIPTION)).isZero();
        assertThat(parts.finite()).isTrue();
    }

    @Test
    void theInLevelLossOfEachSideEndsAtItsFloor() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            DeqaLoss loss = new DeqaLoss(LossSettings.pairs(), BATCH.levels());
            Side some = BATCH.side(model, 0, 1);
            Side only = new Side(onlyLevels(some.logits()), some.answers(), some.ratings());

            assertThat(loss.total(loss.singles(only)).parts().of(LossPart.IN_LEVEL))
                    .isCloseTo(0.01, within(1e-8));
            assertThat(loss.total(loss.pairs(only, only)).parts().of(LossPart.IN_LEVEL))
                    .isCloseTo(0.02, within(1e-8));
        }
    }

    @Test
    void oneHotLabelsCountTheLevelWordInstead() {
        LossParts soft = pairs(LossSettings.pairs());
        LossParts oneHot = pairs(LossSettings.builder().softLabels(false).build());

        assertThat(oneHot.of(LossPart.KL)).isZero();
        assertThat(oneHot.of(LossPart.NEXT_TOKEN)).isNotEqualTo(soft.of(LossPart.NEXT_TOKEN));
        assertThat(oneHot.of(LossPart.RANK)).isEqualTo(soft.of(LossPart.RANK));
    }

    @Test
    void singleImagesHaveOneSideAndNoComparison() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            LossParts pairs = pairs(LossSettings.pairs());
            DeqaLoss loss = new DeqaLoss(LossSettings.singles(), BATCH.levels());
            LossParts singles =
                    loss.total(loss.singles(BATCH.side(model, 0, 1))).parts();

            assertThat(singles.of(LossPart.RANK)).isZero();
            assertThat(singles.of(LossPart.SIDE_B)).isZero();
            assertThat(singles.of(LossPart.SIDE_A)).isEqualTo(pairs.of(LossPart.SIDE_A));
            assertThat(singles.of(LossPart.TOTAL)).isEqualTo(singles.of(LossPart.SIDE_A));
        }
    }

    @Test
    void descriptionsAreAddedToTheScores() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            TrainingPrompt prompt = TrainingPrompt.of(tokenizer(), "Describe it.", "A blurred photograph.");
            Answers answers = Answers.of(List.of(prompt), model.config().imageTokens());
            DeqaLoss loss = new DeqaLoss(LossSettings.pairs(), BATCH.levels());
            LossMeans described = loss.descriptions(
                    Part.DESCRIPTION_A,
                    model.logitsAt(
                            BATCH.pixels(0),
                            prompt.ids().before(),
                            List.of(prompt.ids().after()),
                            answers.positions()),
                    answers);
            LossMeans rated = loss.pairs(BATCH.side(model, 0, 1), BATCH.side(model, 4, 5));
            Loss text = loss.total(described);
            Loss scores = loss.total(rated);
            LossParts sum = loss.total(rated.plus(described)).parts();

            assertThat(answers.haveLevels()).isFalse();
            assertThat(text.parts().of(LossPart.TOTAL))
                    .isEqualTo(text.parts().of(LossPart.DESCRIPTION))
                    .isPositive();
            assertThat(sum.of(LossPart.TOTAL))
                    .isCloseTo(scores.parts().of(LossPart.TOTAL) + text.parts().of(LossPart.TOTAL), within(1e-5));
            assertThat(sum.of(LossPart.DESCRIPTION)).isEqualTo(text.parts().of(LossPart.DESCRIPTION));
        }
    }

    @Test
    void sidesThatDoNotBelongTogetherAreRefused() {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            DeqaLoss loss = new DeqaLoss(LossSettings.pairs(), BATCH.levels());
            Side two = BATCH.side(model, 0, 1);
            Side one = BATCH.side(model, 4);

            assertThatThrownBy(() -> loss.pairs(two, one))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage("side A has 2 images and side B 1; pairs need as many of each");
            assertThatThrownBy(() -> new Side(two.logits(), two.answers(), one.ratings()))
                    .hasMessage("there are 1 ratings for 2 answers; each answer needs a level and a rating");
        }
    }

    @Test
    void answersWithAndWithoutLevelsDoNotMix() {
        TrainingPrompt text = TrainingPrompt.of(tokenizer(), "Describe it.", "A blurred photograph.");

        assertThatThrownBy(() -> Answers.of(List.of(BATCH.prompts().get(0), text), 9))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "of 2 answers, 1 say a level; a batch needs at least one row, and all its answers must say one,"
                                + " or none");
        assertThatThrownBy(() -> Answers.of(List.of(), 9)).hasMessageStartingWith("of 0 answers, 0 say a level");
    }

    /** Logits that give the levels all of the probability, in the shape of others. */
    private static Tensor onlyLevels(Tensor others) {
        int words = (int) others.size(1);
        float[] values = new float[(int) others.numel()];
        for (int i = 0; i < values.length; i += words) {
            for (int level : BATCH.levels()) {
                values[i + level] = 50;
            }
        }
        return Tensors.of(values, others.shape());
    }

    private static LossParts pairs(LossSettings settings) {
        try (DeqaModel model = MiniBatch.load(Precision.FLOAT32);
                NativeScope scope = NativeScope.inference()) {
            DeqaLoss loss = new DeqaLoss(settings, BATCH.levels());
            return loss.total(loss.pairs(BATCH.side(model, 0, 1), BATCH.side(model, 4, 5)))
                    .parts();
        }
    }

    private static SentencePieceTokenizer tokenizer() {
        return SentencePieceTokenizer.read(Golden.mini().resolve("tokenizer.model"));
    }
}
