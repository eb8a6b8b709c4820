package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.config.SettingsException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A square piece of the image at its own scale, from anywhere in it, half of the time as in a mirror. Both leave the quality
 * what it is.
 *
 * @param side of the piece, in pixels
 * @param flip whether pieces are mirrored
 */
public record Crop(int side, boolean flip) implements Augmentation {
    @Override
    public List<AugmentedImage> of(RgbImage seen, long seed) {
        return List.of(new AugmentedImage(piece(seen, new SplittableRandom(seed)), 0));
    }

    @Override
    public boolean random() {
        return true;
    }

    @Override
    public long pixels() {
        return (long) side * side;
    }

    /** A piece that the generator decides. */
    RgbImage piece(RgbImage seen, SplittableRandom random) {
        if (Math.min(seen.width(), seen.height()) < side) {
            throw new SettingsException("the network sees " + seen.width() + "×" + seen.height()
                    + " pixels, of which no piece of " + side + "×" + side
                    + " can be cut; begin a new run without the image, or with smaller pieces");
        }
        int left = random.nextInt(seen.width() - side + 1);
        int top = random.nextInt(seen.height() - side + 1);
        boolean mirrored = flip && random.nextBoolean();
        byte[] samples = new byte[side * side * RgbImage.CHANNELS];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int column = left + (mirrored ? side - 1 - x : x);
                System.arraycopy(
                        seen.samples(),
                        ((top + y) * seen.width() + column) * RgbImage.CHANNELS,
                        samples,
                        (y * side + x) * RgbImage.CHANNELS,
                        RgbImage.CHANNELS);
            }
        }
        return new RgbImage(side, side, samples);
    }
}
