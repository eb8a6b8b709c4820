package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.distortion.Ladder;
import io.github.deqa4j.train.distortion.LadderSettings;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A piece of a pristine image, and the same piece in worse and worse states.
 *
 * @param crop what piece
 * @param ladders how it gets worse
 * @param levels by how many levels a distortion of full strength is meant to lower the score
 */
public record DistortionLadder(Crop crop, LadderSettings ladders, double levels) implements Augmentation {
    @Override
    public List<AugmentedImage> of(RgbImage seen, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RgbImage pristine = crop.piece(seen, random);
        return new Ladder(ladders)
                .states(pristine, random.nextLong()).stream()
                        .map(state -> new AugmentedImage(
                                state.image(), levels * state.rung().strength()))
                        .toList();
    }

    @Override
    public boolean random() {
        return true;
    }

    @Override
    public long pixels() {
        return (ladders.steps() + 1) * crop.pixels();
    }
}
