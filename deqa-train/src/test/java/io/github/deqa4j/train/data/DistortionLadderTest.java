package io.github.deqa4j.train.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.LadderSettings;
import io.github.deqa4j.train.distortion.SyntheticImages;
import java.util.List;
import org.junit.jupiter.api.Test;

class DistortionLadderTest {
    private static final RgbImage PRISTINE = SyntheticImages.texture(40, 40, 3);
    private static final Crop CROP = new Crop(24, true);

    @Test
    void oneCropIsShownFromBestToWorst() {
        DistortionLadder ladder = new DistortionLadder(CROP, LadderSettings.standard(), 2.5);
        for (int seed = 0; seed < 30; seed++) {
            List<AugmentedImage<RgbImage>> versions = ladder.apply(PRISTINE, seed);
            assertThat(versions).hasSize(3);
            RgbImage best = versions.get(0).image();
            double drop = 0;
            double error = 0;
            assertThat(versions.get(0).qualityDrop()).isZero();
            for (AugmentedImage<RgbImage> version : versions.subList(1, 3)) {
                assertThat(version.image().width()).isEqualTo(24);
                assertThat(version.qualityDrop()).isGreaterThan(drop).isLessThanOrEqualTo(2.5 * Math.sqrt(2));
                assertThat(SyntheticImages.error(best, version.image())).isGreaterThan(error);
                drop = version.qualityDrop();
                error = SyntheticImages.error(best, version.image());
            }
        }
    }

    @Test
    void theQualityDropIsTheStrengthTimesTheLevels() {
        LadderSettings full = new LadderSettings(List.of(DistortionKind.WHITE_NOISE), 1, 1, 1, 0.1, 0);
        assertThat(new DistortionLadder(CROP, full, 1.5)
                        .apply(PRISTINE, 1)
                        .get(1)
                        .qualityDrop())
                .isCloseTo(1.5, within(1e-12));
    }

    @Test
    void theSeedDecidesPieceAndLadder() {
        DistortionLadder ladder = new DistortionLadder(CROP, LadderSettings.standard(), 2.5);
        assertThat(ladder.apply(PRISTINE, 4).get(2).image().samples())
                .isEqualTo(ladder.apply(PRISTINE, 4).get(2).image().samples());
        assertThat(ladder.apply(PRISTINE, 4).get(0).image().samples())
                .isNotEqualTo(ladder.apply(PRISTINE, 5).get(0).image().samples());
        assertThat(ladder.pixels()).isEqualTo(3 * 24 * 24);
    }
}
