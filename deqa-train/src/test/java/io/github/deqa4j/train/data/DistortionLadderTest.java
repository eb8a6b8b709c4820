package io.github.deqa4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.Images;
import io.github.deqa4j.train.distortion.LadderSettings;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistortionLadderTest {
    private static final RgbImage PRISTINE = Images.texture(40, 40, 3);
    private static final Crop CROP = new Crop(24, true);

    @Test
    void onePieceIsShownFromBestToWorst() {
        DistortionLadder states = new DistortionLadder(CROP, LadderSettings.standard(), 2.5);
        for (int seed = 0; seed < 30; seed++) {
            List<AugmentedImage> sights = states.of(PRISTINE, seed);
            assertThat(sights).hasSize(3);
            RgbImage best = sights.get(0).image();
            double loss = 0;
            double error = 0;
            assertThat(sights.get(0).loss()).isZero();
            for (AugmentedImage sight : sights.subList(1, 3)) {
                assertThat(sight.image().width()).isEqualTo(24);
                assertThat(sight.loss()).isGreaterThan(loss).isLessThanOrEqualTo(2.5 * Math.sqrt(2));
                assertThat(Images.error(best, sight.image())).isGreaterThan(error);
                loss = sight.loss();
                error = Images.error(best, sight.image());
            }
        }
    }

    @Test
    void theLossIsTheStrengthTimesTheLevels() {
        LadderSettings full = new LadderSettings(List.of(DistortionKind.WHITE_NOISE), 1, 1, 1, 0.1, 0);
        assertThat(new DistortionLadder(CROP, full, 1.5).of(PRISTINE, 1).get(1).loss())
                .isCloseTo(1.5, within(1e-12));
    }

    @Test
    void theSeedDecidesPieceAndLadder() {
        DistortionLadder states = new DistortionLadder(CROP, LadderSettings.standard(), 2.5);
        assertThat(states.of(PRISTINE, 4).get(2).image().samples())
                .isEqualTo(states.of(PRISTINE, 4).get(2).image().samples());
        assertThat(states.of(PRISTINE, 4).get(0).image().samples())
                .isNotEqualTo(states.of(PRISTINE, 5).get(0).image().samples());
        assertThat(states.pixels()).isEqualTo(3 * 24 * 24);
    }
}
