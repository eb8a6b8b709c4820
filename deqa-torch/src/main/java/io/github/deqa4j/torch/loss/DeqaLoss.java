package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.torch.nn.Functional;
import org.bytedeco.pytorch.Tensor;

/**
 * The whole loss of DeQA-Score (section 3.4): for pairs
 * L = w_rank·L_rank(A, B) + w_answer·(L_A + L_B) + w_in·(L_in,A + L_in,B), with L_side = L_ce + w_kl·L_kl; for single
 * pictures the same with one side and no comparison.
 */
public final class DeqaLoss {
    private final LossSettings settings;
    private final int[] levels;

    /**
     * A loss.
     *
     * @param levels token ids of the five levels, excellent to bad
     */
    public DeqaLoss(LossSettings settings, int[] levels) {
        this.settings = settings;
        this.levels = levels.clone();
    }

    /**
     * The loss of pairs: row b of A against row b of B.
     *
     * @throws DeqaException if the sides have different numbers of rows
     */
    public Loss pairs(Side a, Side b) {
        if (a.answers().rows() != b.answers().rows()) {
            throw new DeqaException("side A has " + a.answers().rows() + " pictures and side B "
                    + b.answers().rows() + "; pairs need as many of each");
        }
        Terms ofA = terms(a);
        Terms ofB = terms(b);
        return sum(rank(a, ofA.prediction, b, ofB.prediction), ofA, ofB);
    }

    /** The loss of single pictures. */
    public Loss singles(Side side) {
        Terms terms = terms(side);
        Tensor none = zero(terms.nextToken);
        return sum(none, terms, new Terms(terms.prediction, none, none, none));
    }

    /**
     * The loss of free-text answers.
     *
     * @param logits (N, V) at {@link Answers#positions}
     */
    public Loss descriptions(Tensor logits, Answers answers) {
        Tensor text = answers.nextToken(logits, true);
        Tensor none = zero(text);
        return new Loss(weighted(text, settings.descriptionWeight()), none, none, none, none, text, none, none);
    }

    private Terms terms(Side side) {
        Answers answers = side.answers();
        LevelPrediction prediction = side.prediction(levels);
        Tensor nextToken = answers.nextToken(side.logits(), !settings.softLabels());
        Tensor kl = settings.softLabels()
                ? SoftLabelLoss.of(side.opinions().soft(prediction.open()), prediction.logOpen())
                : zero(nextToken);
        return new Terms(prediction, nextToken, kl, InLevelLoss.of(prediction.open()));
    }

    private Tensor rank(Side a, LevelPrediction ofA, Side b, LevelPrediction ofB) {
        Tensor p = preference(ofA, ofB);
        return switch (settings.rank()) {
            case FIDELITY -> FidelityLoss.continuous(p, a.opinions().preference(b.opinions(), p));
            case BINARY_FIDELITY -> FidelityLoss.binary(p, a.opinions().better(b.opinions(), p));
            case BINARY_CROSS_ENTROPY ->
                FidelityLoss.crossEntropy(p, a.opinions().better(b.opinions(), p));
        };
    }

    private Tensor preference(LevelPrediction a, LevelPrediction b) {
        boolean closed = settings.closedSet();
        Tensor difference = a.score(closed).sub(b.score(closed));
        return switch (settings.spread()) {
            case FIXED -> FidelityLoss.preference(difference);
            case PREDICTED ->
                FidelityLoss.preference(difference, a.variance(closed).add(b.variance(closed)));
            case DETACHED ->
                FidelityLoss.preference(
                        difference, a.variance(closed).add(b.variance(closed)).detach());
        };
    }

    private Loss sum(Tensor rank, Terms a, Terms b) {
        Tensor nextToken = a.nextToken.add(b.nextToken);
        Tensor kl = a.kl.add(b.kl);
        Tensor inLevel = a.inLevel.add(b.inLevel);
        Tensor sideA = a.side(settings);
        Tensor sideB = b.side(settings);
        Tensor total = weighted(rank, settings.rankWeight())
                .add(weighted(sideA.add(sideB), settings.answerWeight()))
                .add(weighted(inLevel, settings.inLevelWeight()));
        return new Loss(total, rank, nextToken, kl, inLevel, zero(rank), sideA, sideB);
    }

    /** A part times its weight; one of weight 0 is left out, so that not even a NaN of it reaches the total. */
    private static Tensor weighted(Tensor part, double weight) {
        return weight == 0 ? zero(part) : Functional.times(part, weight);
    }

    private static Tensor zero(Tensor like) {
        return Functional.like(Functional.tensor(new float[1]), like);
    }

    private record Terms(LevelPrediction prediction, Tensor nextToken, Tensor kl, Tensor inLevel) {
        Tensor side(LossSettings settings) {
            return nextToken.add(weighted(kl, settings.klWeight()));
        }
    }
}
