package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.config.SettingsException;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Random crop and random horizontal flip: a square of the image at its own scale. Neither changes the quality.
 *
 * @param side side of the square, in pixels
 * @param flip whether half of the crops are mirrored
 */
public record Crop(int side, boolean flip) implements Augmentation {
    @Override
    public List<AugmentedImage<RgbImage>> apply(RgbImage image, long seed) {
        return List.of(new AugmentedImage<>(cut(image, new SplittableRandom(seed)), 0));
    }

    @Override
    public boolean isRandom() {
        return true;
    }

    @Override
    public long pixels() {
        return (long) side * side;
    }

    /** A crop by the next numbers of a generator. */
    RgbImage cut(RgbImage image, SplittableRandom random) {
        if (Math.min(image.width(), image.height()) < side) {
            throw new SettingsException("the network sees " + image.width() + "×" + image.height()
                    + " pixels, of which no piece of " + side + "×" + side
                    + " can be cut; begin a new run without the image, or with smaller pieces");
        }
        int left = random.nextInt(image.width() - side + 1);
        int top = random.nextInt(image.height() - side + 1);
        boolean mirrored = flip && random.nextBoolean();
        byte[] samples = new byte[side * side * RgbImage.CHANNELS];
        for (int y = 0; y < side; y++) {
            for (int x = 0; x < side; x++) {
                int column = left + (mirrored ? side - 1 - x : x);
                System.arraycopy(
                        image.samples(),
                        ((top + y) * image.width() + column) * RgbImage.CHANNELS,
                        samples,
                        (y * side + x) * RgbImage.CHANNELS,
                        RgbImage.CHANNELS);
            }
        }
        return new RgbImage(side, side, samples);
    }
}
