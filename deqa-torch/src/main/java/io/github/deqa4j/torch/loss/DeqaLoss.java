package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.times;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.loss.LossMeans.Part;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Map;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * The loss of DeQA-Score (section 3.4), and that of the small network.
 *
 * <p>For pairs L = w_rank·L_rank(A, B) + w_answer·(L_A + L_B) + w_in·(L_in,A + L_in,B), with L_side = L_ce + w_kl·L_kl. For
 * single images it is the same with one side and no comparison.
 *
 * <p>For the small network, which gives the five logits itself, L = w_rank·L_rank + w_answer·w_kl·L_kl + w_ladder·L_ladder.
 * L_rank is over all pairs of an {@link AllPairsBatch}; L_ladder is L_rank of pristine images and worse states of them.
 */
public final class DeqaLoss {
    private static final int[] ALL_LEVELS = IntStream.range(0, Level.ALL.size()).toArray();

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

    /** A loss for logits of nothing but the five levels, excellent to bad. */
    public static DeqaLoss ofLevels(LossSettings settings) {
        return new DeqaLoss(settings, ALL_LEVELS);
    }

    /**
     * The means for pairs: row b of A is compared with row b of B.
     *
     * @throws DeqaException if the sides have different numbers of rows
     */
    public LossMeans pairs(Side a, Side b) {
        if (a.answers().rows() != b.answers().rows()) {
            throw new DeqaException("side A has " + a.answers().rows() + " images and side B "
                    + b.answers().rows() + "; pairs need as many of each");
        }
        LevelPrediction ofA = a.prediction(levels);
        LevelPrediction ofB = b.prediction(levels);
        return means(a, ofA, Part.NEXT_TOKEN_A, Part.KL_A, Part.OUTSIDE_MASS_A)
                .plus(means(b, ofB, Part.NEXT_TOKEN_B, Part.KL_B, Part.OUTSIDE_MASS_B))
                .with(
                        Part.RANK,
                        rank(a.ratings(), ofA, b.ratings(), ofB),
                        a.answers().rows());
    }

    /** The means for single images. */
    public LossMeans singles(Side side) {
        return means(side, side.prediction(levels), Part.NEXT_TOKEN_A, Part.KL_A, Part.OUTSIDE_MASS_A);
    }

    /**
     * The means for images that are compared with all others of their group: the comparison, over all pairs, and the divergence
     * from the soft labels, over the images. The network gives no words, only the five logits.
     */
    public LossMeans allPairs(AllPairsBatch batch) {
        LevelPrediction predictions = LevelPrediction.of(batch.logits(), ALL_LEVELS);
        Tensor divergence = SoftLabelLoss.of(batch.ratings().soft(predictions.open()), predictions.logOpen());
        return compared(batch, predictions, Part.RANK)
                .with(Part.KL_A, divergence, batch.ratings().rows());
    }

    /**
     * The mean for images in several states whose order is known and which nobody rated: the comparison, over all pairs of
     * states of an image. Soft labels are not used.
     */
    public LossMeans ladders(AllPairsBatch batch) {
        return compared(batch, LevelPrediction.of(batch.logits(), ALL_LEVELS), Part.LADDER);
    }

    /**
     * The mean for free-text answers.
     *
     * @param part {@code DESCRIPTION_A} or {@code DESCRIPTION_B}
     * @param logits (N, V) at {@link Answers#positions}
     */
    public LossMeans descriptions(Part part, Tensor logits, Answers answers) {
        return LossMeans.none().with(part, answers.nextToken(logits, true), answers.count(true));
    }

    /**
     * The whole loss of a batch.
     *
     * @param means of at least one row
     */
    public Loss total(LossMeans means) {
        Tensor none = zero(means.any());
        Tensor nextTokenA = means.of(Part.NEXT_TOKEN_A, none);
        Tensor nextTokenB = means.of(Part.NEXT_TOKEN_B, none);
        Tensor klA = means.of(Part.KL_A, none);
        Tensor klB = means.of(Part.KL_B, none);
        Tensor inLevelA = inLevel(means, Part.OUTSIDE_MASS_A, none);
        Tensor inLevelB = inLevel(means, Part.OUTSIDE_MASS_B, none);
        Tensor descriptionA = means.of(Part.DESCRIPTION_A, none);
        Tensor descriptionB = means.of(Part.DESCRIPTION_B, none);
        Tensor rank = means.of(Part.RANK, none);
        Tensor ladder = means.of(Part.LADDER, none);
        Tensor inLevel = inLevelA.add(inLevelB);
        Tensor description = descriptionA.add(descriptionB);
        Tensor sideA = nextTokenA.add(weighted(klA, settings.klWeight()));
        Tensor sideB = nextTokenB.add(weighted(klB, settings.klWeight()));
        Tensor total = weighted(rank, settings.rankWeight())
                .add(weighted(ladder, settings.ladderWeight()))
                .add(weighted(sideA.add(sideB), settings.answerWeight()))
                .add(weighted(inLevel, settings.inLevelWeight()))
                .add(weighted(description, settings.descriptionWeight()));
        return new Loss(Map.of(
                LossPart.TOTAL, total,
                LossPart.RANK, rank,
                LossPart.LADDER, ladder,
                LossPart.NEXT_TOKEN, nextTokenA.add(nextTokenB),
                LossPart.KL, klA.add(klB),
                LossPart.IN_LEVEL, inLevel,
                LossPart.DESCRIPTION, description,
                LossPart.SIDE_A, sideA,
                LossPart.SIDE_B, sideB));
    }

    private LossMeans means(Side side, LevelPrediction prediction, Part nextToken, Part kl, Part outsideMass) {
        Answers answers = side.answers();
        boolean soft = settings.softLabels();
        LossMeans means = LossMeans.none()
                .with(nextToken, answers.nextToken(side.logits(), !soft), answers.count(!soft))
                .with(outsideMass, InLevelLoss.outsideMass(prediction.open()), answers.rows());
        return soft
                ? means.with(
                        kl,
                        SoftLabelLoss.of(side.ratings().soft(prediction.open()), prediction.logOpen()),
                        answers.rows())
                : means;
    }

    private LossMeans compared(AllPairsBatch batch, LevelPrediction predictions, Part part) {
        int[] left = batch.left();
        int[] right = batch.right();
        if (left.length == 0) {
            return LossMeans.none();
        }
        Tensor rank = rank(
                batch.ratings().of(left), predictions.of(left), batch.ratings().of(right), predictions.of(right));
        return LossMeans.none().with(part, rank, left.length);
    }

    private Tensor rank(RatingTensors a, LevelPrediction ofA, RatingTensors b, LevelPrediction ofB) {
        Tensor p = preference(ofA, ofB);
        return switch (settings.rank()) {
            case FIDELITY -> FidelityLoss.continuous(p, a.preference(b, p));
            case BINARY_FIDELITY -> FidelityLoss.binary(p, a.better(b, p));
            case BINARY_CROSS_ENTROPY -> FidelityLoss.crossEntropy(p, a.better(b, p));
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

    /** A part times its weight; 0 for a weight of 0, so that a NaN in the part does not reach the total. */
    private static Tensor weighted(Tensor part, double weight) {
        return weight == 0 ? zero(part) : times(part, weight);
    }

    private static Tensor inLevel(LossMeans means, Part outsideMass, Tensor none) {
        return means.has(outsideMass) ? InLevelLoss.floored(means.of(outsideMass, none)) : none;
    }

    private static Tensor zero(Tensor like) {
        return Tensors.scalar(0, like);
    }
}
