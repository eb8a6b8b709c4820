package io.github.deqa4j.torch.loss;

import static io.github.deqa4j.torch.nn.Functional.times;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.torch.loss.LossMeans.Part;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The loss of DeQA-Score (section 3.4), and what the small network learns by beside it. For pairs
 * L = w_rank·L_rank(A, B) + w_answer·(L_A + L_B) + w_in·(L_in,A + L_in,B), with L_side = L_ce + w_kl·L_kl; for single
 * images the same with one side and no comparison. Of a network that gives the levels' logits itself
 * L = w_rank·L_rank over all pairs of a {@link AllPairsBatch} + w_answer·w_kl·L_kl + w_ladder·L_rank of pristine images with their
 * worse states.
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
     * The loss of pairs, row b of A against row b of B, in its means.
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
        return means(a, ofA, Part.WORDS_A, Part.LEVELS_A, Part.ELSEWHERE_A)
                .plus(means(b, ofB, Part.WORDS_B, Part.LEVELS_B, Part.ELSEWHERE_B))
                .with(
                        Part.RANK,
                        rank(a.opinions(), ofA, b.opinions(), ofB),
                        a.answers().rows());
    }

    /** The loss of single images, in its means. */
    public LossMeans singles(Side side) {
        return means(side, side.prediction(levels), Part.WORDS_A, Part.LEVELS_A, Part.ELSEWHERE_A);
    }

    /**
     * The loss of images that are compared with all others of their group, in its means: over all pairs, and over the
     * images, each of which has a soft label. There are no words, and nothing but levels to choose from.
     */
    public LossMeans panel(AllPairsBatch panel) {
        LevelPrediction predictions = LevelPrediction.of(panel.logits(), ALL_LEVELS);
        Tensor divergence = SoftLabelLoss.of(panel.opinions().soft(predictions.open()), predictions.logOpen());
        return compared(panel, predictions, Part.RANK)
                .with(Part.LEVELS_A, divergence, panel.opinions().rows());
    }

    /**
     * The loss of images, each a group of states whose order is known and which nobody rated, in its mean over all pairs of
     * states. Soft labels do not count.
     */
    public LossMeans ladders(AllPairsBatch panel) {
        return compared(panel, LevelPrediction.of(panel.logits(), ALL_LEVELS), Part.LADDER);
    }

    /**
     * The loss of free-text answers, in its mean.
     *
     * @param part {@code TEXT_A} or {@code TEXT_B}
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
        Tensor rank = or(means.of(Part.RANK), none);
        Tensor ladder = or(means.of(Part.LADDER), none);
        Tensor wordsA = or(means.of(Part.WORDS_A), none);
        Tensor wordsB = or(means.of(Part.WORDS_B), none);
        Tensor levelsA = or(means.of(Part.LEVELS_A), none);
        Tensor levelsB = or(means.of(Part.LEVELS_B), none);
        Tensor inLevel = inLevel(means.of(Part.ELSEWHERE_A), none).add(inLevel(means.of(Part.ELSEWHERE_B), none));
        Tensor text = or(means.of(Part.TEXT_A), none).add(or(means.of(Part.TEXT_B), none));
        Tensor sideA = wordsA.add(weighted(levelsA, settings.klWeight()));
        Tensor sideB = wordsB.add(weighted(levelsB, settings.klWeight()));
        Tensor total = weighted(rank, settings.rankWeight())
                .add(weighted(ladder, settings.ladderWeight()))
                .add(weighted(sideA.add(sideB), settings.answerWeight()))
                .add(weighted(inLevel, settings.inLevelWeight()))
                .add(weighted(text, settings.descriptionWeight()));
        return new Loss(total, rank, ladder, wordsA.add(wordsB), levelsA.add(levelsB), inLevel, text, sideA, sideB);
    }

    private LossMeans means(Side side, LevelPrediction prediction, Part words, Part levelsPart, Part elsewhere) {
        Answers answers = side.answers();
        boolean soft = settings.softLabels();
        LossMeans means = LossMeans.none()
                .with(words, answers.nextToken(side.logits(), !soft), answers.count(!soft))
                .with(elsewhere, InLevelLoss.elsewhere(prediction.open()), answers.rows());
        return soft
                ? means.with(
                        levelsPart,
                        SoftLabelLoss.of(side.opinions().soft(prediction.open()), prediction.logOpen()),
                        answers.rows())
                : means;
    }

    private LossMeans compared(AllPairsBatch panel, LevelPrediction predictions, Part part) {
        int[] left = panel.left();
        int[] right = panel.right();
        if (left.length == 0) {
            return LossMeans.none();
        }
        Tensor rank = rank(
                panel.opinions().of(left),
                predictions.of(left),
                panel.opinions().of(right),
                predictions.of(right));
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

    /** A part times its weight; one of weight 0 is left out, so that not even a NaN of it reaches the total. */
    private static Tensor weighted(Tensor part, double weight) {
        return weight == 0 ? zero(part) : times(part, weight);
    }

    private static Tensor inLevel(@Nullable Tensor elsewhere, Tensor none) {
        return elsewhere == null ? none : InLevelLoss.floored(elsewhere);
    }

    private static Tensor or(@Nullable Tensor part, Tensor none) {
        return part == null ? none : part;
    }

    private static Tensor zero(Tensor like) {
        return Tensors.scalar(0, like);
    }
}
