package io.github.deqa4j.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.score.Level;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SoftLabelBuilderTest {
    private static final LabelSettings RELEASED = LabelSettings.released();

    @Test
    void withoutClippingMassAndMeanAreExact() {
        for (LabelMethod method : new LabelMethod[] {LabelMethod.PDF, LabelMethod.CDF}) {
            SoftLabel label = label(RELEASED.withMethod(method), 3.4, 1.1);
            assertThat(label.kind()).isEqualTo(SoftLabel.Kind.ADJUSTED);
            assertThat(label.probabilities().mass()).isCloseTo(1, within(1e-8));
            assertThat(label.probabilities().mean()).isCloseTo(3.4, within(1e-8));
        }
    }

    @Test
    void aPdfLabelIsTheDensityAndTheLineThroughIt() {
        SoftLabel label = label(RELEASED, 3.4, 1.1);
        LevelValues raw = label.raw().orElseThrow();
        LinearAdjustment line = label.adjustment().orElseThrow();
        for (Level level : Level.ALL) {
            double density = Math.exp(-Math.pow((level.value() - 3.4) / 1.1, 2) / 2) / Math.sqrt(2 * Math.PI) / 1.1;
            assertThat(raw.get(level)).isCloseTo(density, within(1e-15));
            assertThat(label.probabilities().get(level)).isCloseTo(line.alpha() * density + line.beta(), within(1e-15));
        }
    }

    @Test
    void aCdfLabelStartsFromTheMassOfTheCells() {
        // Φ(0.5) − Φ(−0.5) and Φ(1.5) − Φ(0.5), for a std of 1
        LevelValues raw =
                label(RELEASED.withMethod(LabelMethod.CDF), 3, 1).raw().orElseThrow();
        assertThat(raw.fair()).isCloseTo(0.38292492254802624, within(1e-15));
        assertThat(raw.good()).isCloseTo(0.24173033745712885, within(1e-15));
        assertThat(raw.poor()).isCloseTo(raw.good(), within(1e-15));
    }

    @Test
    void aMeanOfThreeGivesTheUniformLabel() {
        LevelValues p = label(RELEASED, 3, 0.5).probabilities();
        assertThat(p).isEqualTo(LevelValues.of(0.2, 0.2, 0.2, 0.2, 0.2));
    }

    @Test
    void clippingLeavesMassThatRenormalizingTakesAway() {
        assertThat(label(RELEASED, 4.4, 0.65).probabilities().mass()).isGreaterThan(1.01);
        assertThat(label(RELEASED.withRenormalize(true), 4.4, 0.65)
                        .probabilities()
                        .mass())
                .isCloseTo(1, within(1e-15));
    }

    @Test
    void theFallbackFollowsItsThresholds() {
        assertThat(label(RELEASED, 3.4, 0.19).kind()).isEqualTo(SoftLabel.Kind.FALLBACK);
        assertThat(label(RELEASED, 3.4, 0.21).kind()).isEqualTo(SoftLabel.Kind.FALLBACK); // the mean is off
        assertThat(label(RELEASED.withFallback(0, Double.POSITIVE_INFINITY), 3.4, 0.19)
                        .kind())
                .isEqualTo(SoftLabel.Kind.ADJUSTED);
        assertThat(label(RELEASED.withFallback(0.7, 0.1), 3.4, 0.6).kind()).isEqualTo(SoftLabel.Kind.FALLBACK);
        assertThat(label(RELEASED, 3.4, 0.6).kind()).isEqualTo(SoftLabel.Kind.ADJUSTED);
        assertThat(label(RELEASED, 3.4, 0.19).probabilities()).isEqualTo(TwoLevelLabel.released(3.4));
    }

    @ParameterizedTest
    @EnumSource(LabelMethod.class)
    void aStdOfZeroGivesTwoLevelsAndNoDensity(LabelMethod method) {
        SoftLabel label = label(RELEASED.withMethod(method).withFallback(0, 10), 3.25, 0);
        assertThat(label.probabilities().good()).isCloseTo(0.25, within(2e-8));
        assertThat(label.probabilities().fair()).isCloseTo(0.75, within(2e-8));
        if (method != LabelMethod.CDF) {
            assertThat(label.raw()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(LabelMethod.class)
    void noLabelIsNegative(LabelMethod method) {
        Random random = new Random(1);
        for (int i = 0; i < 2_000; i++) {
            double std = Math.pow(10, 3 - 320 * random.nextDouble() * random.nextDouble());
            LabelSettings settings = RELEASED.withMethod(method)
                    .withRenormalize(random.nextBoolean())
                    .withFallback(random.nextBoolean() ? 0 : 0.2, random.nextBoolean() ? 10 : 0.1);
            SoftLabel label = label(settings, 1 + 4 * random.nextDouble(), std);
            assertThat(DoubleStream.of(label.probabilities().toArray())).allMatch(x -> x >= 0);
        }
    }

    @Test
    void oneHotTakesTheLevelOfTheAnswer() {
        SoftLabel label = label(RELEASED.withType(LabelType.ONE_HOT), 4.1, 0.5);
        assertThat(label.level()).isEqualTo(Level.GOOD);
        assertThat(label.probabilities()).isEqualTo(LevelValues.of(0, 1, 0, 0, 0));
        assertThat(label.kind()).isEqualTo(SoftLabel.Kind.ONE_HOT);
    }

    @Test
    void aPseudoStdStandsInForAMissingOne() {
        Opinion opinion = Opinion.of("a.jpg", 3.4, OptionalDouble.empty());
        LabelSettings settings = RELEASED.withPseudoStd(OptionalDouble.of(0.8));
        assertThat(new SoftLabelBuilder(settings, new MosScale(1, 5)).build(opinion))
                .isEqualTo(label(RELEASED, 3.4, 0.8));
    }

    @Test
    void aMissingStdIsNamed() {
        Opinion opinion = Opinion.of("a.jpg", 3.4, OptionalDouble.empty());
        SoftLabelBuilder builder = new SoftLabelBuilder(RELEASED, new MosScale(1, 5));
        assertThatThrownBy(() -> builder.build(opinion))
                .isInstanceOf(MissingStdException.class)
                .hasMessage("\"a.jpg\" has no std, which a soft label needs; give a pseudo-std or ask for"
                        + " two-level labels");
    }

    @Test
    void settingsOutOfRangeAreRefused() {
        assertThatThrownBy(() -> RELEASED.withFallback(-1, 0.1))
                .hasMessage("the fallback std is -1.0; it must not be negative");
        assertThatThrownBy(() -> RELEASED.withFallback(0.2, Double.NaN))
                .hasMessage("the fallback mean is NaN; it must not be negative");
        assertThatThrownBy(() -> RELEASED.withPseudoStd(OptionalDouble.of(0)))
                .hasMessage("the pseudo-std is 0.0 levels; it must lie in (0, 2]");
    }

    private static SoftLabel label(LabelSettings settings, double mean, double std) {
        return new SoftLabelBuilder(settings, new MosScale(1, 5))
                .build(Opinion.of("a.jpg", mean, OptionalDouble.of(std)));
    }
}
