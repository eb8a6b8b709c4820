package io.github.deqa4j.label;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Level;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;

/** Makes labels. Immutable; any number of threads may share one. */
public final class SoftLabelBuilder {
    private static final double GREATEST_STD = 1e6;

    private final LabelSettings settings;
    private final MosScale scale;

    /** Labels of one data set. */
    public SoftLabelBuilder(LabelSettings settings, MosScale scale) {
        this.settings = settings;
        this.scale = scale;
    }

    /**
     * The label of an image.
     *
     * @throws MissingStdException if a soft label is asked for, and there is neither a std nor a pseudo-std
     * @throws DeqaException if the std is above a million levels, whose square would soon overflow
     */
    public SoftLabel build(Opinion opinion) {
        double mean = scale.mean(opinion.mos());
        Level level = scale.level(opinion.mos());
        OptionalDouble std = std(opinion);
        return switch (settings.type()) {
            case ONE_HOT -> plain(mean, std, level, oneHot(level), SoftLabel.Kind.ONE_HOT);
            case TWO_LEVEL -> plain(mean, std, level, TwoLevelLabel.released(mean), SoftLabel.Kind.TWO_LEVEL);
            case SOFT -> soft(gaussian(opinion, mean, std), level);
        };
    }

    private OptionalDouble std(Opinion opinion) {
        if (opinion.std().isEmpty()) {
            return settings.pseudoStd();
        }
        double std = scale.std(opinion.std().getAsDouble());
        if (!(std <= GREATEST_STD)) {
            throw new DeqaException("the std of " + Excerpt.quoted(opinion.path()) + " is "
                    + opinion.std().getAsDouble() + ", more than a million levels where the scores reach from "
                    + scale.min()
                    + " to " + scale.max() + "; bring it to the scale of the scores");
        }
        return OptionalDouble.of(std);
    }

    private static Gaussian gaussian(Opinion opinion, double mean, OptionalDouble std) {
        if (std.isEmpty()) {
            throw new MissingStdException(Excerpt.quoted(opinion.path())
                    + " has no std, which a soft label needs; give a pseudo-std or ask for two-level labels");
        }
        return new Gaussian(mean, std.getAsDouble());
    }

    private static SoftLabel plain(double mean, OptionalDouble std, Level level, LevelValues p, SoftLabel.Kind kind) {
        return new SoftLabel(mean, std, level, Optional.empty(), Optional.empty(), p, kind);
    }

    private SoftLabel soft(Gaussian opinion, Level level) {
        Optional<LevelValues> raw = settings.method().density().levels(opinion);
        OptionalDouble std = OptionalDouble.of(opinion.std());
        if (settings.method() == LabelMethod.MOMENT_MATCHED) {
            MomentMatching.Match match = MomentMatching.match(opinion);
            return new SoftLabel(
                    opinion.mean(), std, level, raw, Optional.empty(), match.probabilities(), match.kind());
        }
        Optional<LinearAdjustment> line = raw.map(values -> LinearAdjustment.fit(values, opinion.mean()));
        Optional<LevelValues> adjusted =
                raw.flatMap(values -> line.map(l -> l.apply(values))).map(this::scaled);
        SoftLabel.Kind kind = adjusted.isPresent() && holds(adjusted.get(), opinion)
                ? SoftLabel.Kind.ADJUSTED
                : SoftLabel.Kind.FALLBACK;
        LevelValues label = kind == SoftLabel.Kind.ADJUSTED ? adjusted.get() : TwoLevelLabel.released(opinion.mean());
        return new SoftLabel(opinion.mean(), std, level, raw, line, label, kind);
    }

    private LevelValues scaled(LevelValues p) {
        double mass = p.mass();
        return settings.renormalize() && mass > 0
                ? LevelValues.of(Arrays.stream(p.toArray()).map(x -> x / mass).toArray())
                : p;
    }

    private boolean holds(LevelValues p, Gaussian opinion) {
        return opinion.std() >= settings.fallbackStd()
                && Math.abs(p.mean() - opinion.mean()) <= settings.fallbackMean();
    }

    private static LevelValues oneHot(Level level) {
        return LevelValues.of(
                Level.ALL.stream().mapToDouble(other -> other == level ? 1 : 0).toArray());
    }
}
