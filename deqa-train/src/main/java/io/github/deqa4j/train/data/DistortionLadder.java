package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.Ladder;
import io.github.deqa4j.train.distortion.LadderSettings;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A crop of a pristine image, followed by distorted versions of the same crop, each worse than the one before.
 *
 * @param crop how the crop is chosen
 * @param ladders how the distortions are chosen
 * @param levels by how many levels a distortion of strength 1 is meant to lower the score
 */
public record DistortionLadder(Crop crop, LadderSettings ladders, double levels) implements Augmentation {
    @Override
    public List<AugmentedImage<RgbImage>> apply(RgbImage image, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RgbImage pristine = crop.cut(image, random);
        return new Ladder(ladders)
                .states(pristine, random.nextLong()).stream()
                        .map(state -> new AugmentedImage<>(
                                state.image(), levels * state.distortions().strength()))
                        .toList();
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public long pixels() {
        return (ladders.steps() + 1) * crop.pixels();
    }
}
