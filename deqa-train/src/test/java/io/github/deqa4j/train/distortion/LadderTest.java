package io.github.deqa4j.train.distortion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.DistortionSequence.Step;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LadderTest {
    private static final List<DistortionKind> ALL = Arrays.asList(DistortionKind.values());

    @Test
    void theFirstImageIsPristineAndEachIsWorseThanTheOneBefore() {
        Ladder ladder = new Ladder(new LadderSettings(ALL, 3, 0.1, 1, 0.25, 0.5));
        RgbImage pristine = SyntheticImages.texture(120, 96, 8);
        for (int seed = 0; seed < 300; seed++) {
            List<RgbImage> images = ladder.sequences(seed).stream()
                    .map(sequence -> sequence.apply(pristine))
                    .toList();
            assertThat(images).hasSize(4);
            assertThat(images.get(0)).isSameAs(pristine);
            for (int i = 1; i < images.size(); i++) {
                assertThat(SyntheticImages.error(pristine, images.get(i)))
                        .as("sequence %d of %s", i, ladder.sequences(seed))
                        .isGreaterThan(SyntheticImages.error(pristine, images.get(i - 1)));
            }
        }
    }

    @Test
    void strengthsKeepTheirRangeAndTheirGap() {
        LadderSettings settings = new LadderSettings(ALL, 4, 0.2, 0.9, 0.15, 0.5);
        Ladder ladder = new Ladder(settings);
        double least = 1;
        double greatest = 0;
        for (int seed = 0; seed < 2000; seed++) {
            List<DistortionSequence> sequences = ladder.sequences(seed);
            assertThat(sequences).hasSize(5);
            assertThat(sequences.get(0).steps()).isEmpty();
            for (int d = 0; d < sequences.get(1).steps().size(); d++) {
                for (int i = 1; i < sequences.size(); i++) {
                    Step step = sequences.get(i).steps().get(d);
                    least = Math.min(least, step.strength());
                    greatest = Math.max(greatest, step.strength());
                    if (i > 1) {
                        Step before = sequences.get(i - 1).steps().get(d);
                        assertThat(step.kind()).isEqualTo(before.kind());
                        assertThat(step.seed()).isEqualTo(before.seed());
                        assertThat(step.strength() - before.strength()).isGreaterThanOrEqualTo(0.15 - 1e-12);
                    }
                }
            }
        }
        assertThat(least).isBetween(0.2, 0.21);
        assertThat(greatest).isBetween(0.89, 0.9);
    }

    @Test
    void allOfItFollowsFromTheSeed() {
        Ladder ladder = new Ladder(LadderSettings.standard());
        RgbImage pristine = SyntheticImages.texture(40, 40, 1);
        List<List<Ladder.State>> runs = IntStream.range(0, 16)
                .parallel()
                .mapToObj(i -> ladder.states(pristine, 77))
                .toList();
        for (List<Ladder.State> run : runs) {
            for (int i = 0; i < run.size(); i++) {
                assertThat(run.get(i).image().samples())
                        .isEqualTo(runs.get(0).get(i).image().samples());
            }
        }
        assertThat(ladder.sequences(78)).isNotEqualTo(ladder.sequences(77));
    }

    @Test
    void aDrawThatChangesNothingIsDrawnAgain() {
        List<DistortionKind> kinds = List.of(DistortionKind.SATURATION_DOWN, DistortionKind.WHITE_NOISE);
        Ladder ladder = new Ladder(new LadderSettings(kinds, 2, 0.2, 1, 0.2, 0));
        RgbImage gray = SyntheticImages.gray(20, 20, 90);
        for (int seed = 0; seed < 40; seed++) {
            List<RgbImage> images =
                    ladder.states(gray, seed).stream().map(Ladder.State::image).toList();
            assertThat(images.get(0)).isSameAs(gray);
            assertThat(SyntheticImages.error(gray, images.get(1))).isPositive();
            assertThat(SyntheticImages.error(gray, images.get(2)))
                    .isGreaterThan(SyntheticImages.error(gray, images.get(1)));
        }
    }

    @Test
    void aStateTellsWhatWasDoneToIt() {
        Ladder ladder = new Ladder(LadderSettings.standard());
        RgbImage pristine = SyntheticImages.texture(40, 40, 1);
        for (int seed = 0; seed < 20; seed++) {
            List<Ladder.State> states = ladder.states(pristine, seed);
            assertThat(states.get(0).distortions().strength()).isZero();
            for (Ladder.State state : states) {
                assertThat(state.image().samples())
                        .isEqualTo(state.distortions().apply(pristine).samples());
                double squares = 0;
                for (Step step : state.distortions().steps()) {
                    squares += step.strength() * step.strength();
                }
                assertThat(state.distortions().strength()).isCloseTo(Math.sqrt(squares), within(1e-12));
            }
        }
    }

    @Test
    void aImageThatNothingMakesWorseIsNamed() {
        List<DistortionKind> kinds = List.of(DistortionKind.SATURATION_DOWN, DistortionKind.LENS_BLUR);
        Ladder ladder = new Ladder(new LadderSettings(kinds, 2, 0.2, 1, 0.2, 0));
        assertThatThrownBy(() -> ladder.states(SyntheticImages.gray(20, 10, 90), 1))
                .isInstanceOf(DeqaException.class)
                .hasMessage("none of 50 ladders gets worse step by step on an image of 20×10 pixels;"
                        + " leave the image out, or name more kinds of distortion");
    }

    @Test
    void everyKindComesAsOftenAsTheOthers() {
        Map<DistortionKind, Integer> counts = counts(new LadderSettings(ALL, 1, 0.2, 1, 0.1, 0));
        assertThat(counts.keySet()).containsExactlyInAnyOrder(DistortionKind.values());
        assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(320, 480));
    }

    @Test
    void onlyTheKindsAskedForCome() {
        List<DistortionKind> kinds = List.of(DistortionKind.JPEG, DistortionKind.HAZE);
        assertThat(counts(new LadderSettings(kinds, 1, 0.2, 1, 0.1, 0.3)).keySet())
                .containsExactlyInAnyOrder(DistortionKind.JPEG, DistortionKind.HAZE);
    }

    @Test
    void twoKindsAreOfTwoFamiliesInTheOrderOfAImagesLife() {
        Ladder ladder = new Ladder(new LadderSettings(ALL, 2, 0.2, 1, 0.2, 0.3));
        int pairs = 0;
        for (int seed = 0; seed < 3000; seed++) {
            List<Step> steps = ladder.sequences(seed).get(1).steps();
            if (steps.size() == 2) {
                pairs++;
                assertThat(steps.get(0).kind()).isLessThan(steps.get(1).kind());
                assertThat(steps.get(0).kind().family())
                        .isNotEqualTo(steps.get(1).kind().family());
                assertThat(steps.get(0).seed()).isNotEqualTo(steps.get(1).seed());
            }
        }
        assertThat(pairs).isBetween(800, 1000);
    }

    @Test
    void aSequenceAppliesItsStepsInTurn() {
        Step dark = new Step(DistortionKind.UNDER_EXPOSURE, 0.5, 1);
        Step noise = new Step(DistortionKind.WHITE_NOISE, 0.5, 2);
        RgbImage image = SyntheticImages.texture(30, 20, 4);
        assertThat(new DistortionSequence(List.of(dark, noise)).apply(image).samples())
                .isEqualTo(noise.apply(dark.apply(image)).samples())
                .isNotEqualTo(dark.apply(noise.apply(image)).samples());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        0 | 0.2 | 1   | 0.1 | 0   | "steps" of the ladders is 0; it must be 1 or more
        2 | 0   | 1   | 0.1 | 0   | "weakest" of the ladders is 0.0; it must be above 0 and at most 1
        2 | 0.5 | 0.4 | 0.1 | 0   | "strongest" of the ladders is 0.4; it must be from "weakest", 0.5, to 1
        2 | 0.5 | 1.1 | 0.1 | 0   | "strongest" of the ladders is 1.1; it must be from "weakest", 0.5, to 1
        2 | 0.2 | 1   | 0   | 0   | "gap" of the ladders is 0.0; it must be above 0
        5 | 0.2 | 1   | 0.3 | 0   | "gap" of the ladders is 0.3, too large for 5 strengths from 0.2 to 1.0
        2 | 0.2 | 1   | NaN | 0   | "gap" of the ladders is NaN; it must be above 0
        2 | 0.2 | 1   | 0.1 | 1.5 | "two_kinds" of the ladders is 1.5; it must be from 0 to 1
        """, quoteCharacter = '`')
    void settingsOutOfRangeAreRefused(
            int steps, double weakest, double strongest, double gap, double twoKinds, String message) {
        assertThatThrownBy(() -> new LadderSettings(ALL, steps, weakest, strongest, gap, twoKinds))
                .isInstanceOf(DeqaException.class)
                .hasMessage(message);
    }

    @Test
    void kindsMustBeNamedOnceAndSufficeForTwo() {
        assertThatThrownBy(() -> new LadderSettings(List.of(), 1, 0.2, 1, 0.1, 0))
                .hasMessage("\"kinds\" of the ladders is empty; name at least one kind of distortion");
        List<DistortionKind> twice = List.of(DistortionKind.JPEG, DistortionKind.JPEG);
        assertThatThrownBy(() -> new LadderSettings(twice, 1, 0.2, 1, 0.1, 0))
                .hasMessage("\"kinds\" of the ladders names a kind twice; name each once");
        List<DistortionKind> oneFamily = List.of(DistortionKind.JPEG, DistortionKind.WAVELET);
        assertThatThrownBy(() -> new LadderSettings(oneFamily, 1, 0.2, 1, 0.1, 0.5))
                .hasMessage("\"two_kinds\" of the ladders is 0.5, but all kinds are of one family;"
                        + " set it to 0 or name kinds of other families");
    }

    private static Map<DistortionKind, Integer> counts(LadderSettings settings) {
        Ladder ladder = new Ladder(settings);
        Map<DistortionKind, Integer> counts = new EnumMap<>(DistortionKind.class);
        for (int seed = 0; seed < 400 * ALL.size(); seed++) {
            ladder.sequences(seed).get(1).steps().forEach(step -> counts.merge(step.kind(), 1, Integer::sum));
        }
        return counts;
    }
}
