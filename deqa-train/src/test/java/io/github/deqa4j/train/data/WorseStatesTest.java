package io.github.deqa4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.LadderSettings;
import io.github.deqa4j.train.distortion.Pictures;
import java.util.List;
import org.junit.jupiter.api.Test;

class WorseStatesTest {
    private static final RgbImage PRISTINE = Pictures.texture(40, 40, 3);
    private static final Crop CROP = new Crop(24, true);

    @Test
    void onePieceIsShownFromBestToWorst() {
        WorseStates states = new WorseStates(CROP, LadderSettings.standard(), 2.5);
        for (int seed = 0; seed < 30; seed++) {
            List<Sight> sights = states.of(PRISTINE, seed);
            assertThat(sights).hasSize(3);
            RgbImage best = sights.get(0).picture();
            double loss = 0;
            double error = 0;
            assertThat(sights.get(0).loss()).isZero();
            for (Sight sight : sights.subList(1, 3)) {
                assertThat(sight.picture().width()).isEqualTo(24);
                assertThat(sight.loss()).isGreaterThan(loss).isLessThanOrEqualTo(2.5 * Math.sqrt(2));
                assertThat(Pictures.error(best, sight.picture())).isGreaterThan(error);
                loss = sight.loss();
                error = Pictures.error(best, sight.picture());
            }
        }
    }

    @Test
    void theLossIsTheStrengthTimesTheLevels() {
        LadderSettings full = new LadderSettings(List.of(DistortionKind.WHITE_NOISE), 1, 1, 1, 0.1, 0);
        assertThat(new WorseStates(CROP, full, 1.5).of(PRISTINE, 1).get(1).loss())
                .isCloseTo(1.5, within(1e-12));
    }

    @Test
    void theSeedDecidesPieceAndLadder() {
        WorseStates states = new WorseStates(CROP, LadderSettings.standard(), 2.5);
        assertThat(states.of(PRISTINE, 4).get(2).picture().samples())
                .isEqualTo(states.of(PRISTINE, 4).get(2).picture().samples());
        assertThat(states.of(PRISTINE, 4).get(0).picture().samples())
                .isNotEqualTo(states.of(PRISTINE, 5).get(0).picture().samples());
        assertThat(states.pixels()).isEqualTo(3 * 24 * 24);
    }
}
