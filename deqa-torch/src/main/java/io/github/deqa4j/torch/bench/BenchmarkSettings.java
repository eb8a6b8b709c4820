package io.github.deqa4j.torch.bench;

import io.github.deqa4j.InvalidSettingException;
import io.github.deqa4j.image.EncodedImage;
import java.util.List;
import java.util.OptionalInt;

/**
 * What is measured.
 *
 * @param images the images to score, in turns; none for one that is drawn
 * @param batch images in a pass, at least 1; empty to measure how many are fastest
 * @param runs passes that are measured, at least 1; a few more come before them
 * @param exif whether images are turned as their EXIF orientation says
 */
public record BenchmarkSettings(List<EncodedImage> images, OptionalInt batch, int runs, boolean exif) {
    /** @throws InvalidSettingException if a number is less than 1 */
    public BenchmarkSettings {
        images = List.copyOf(images);
        batch.ifPresent(count -> requirePositive("batch", count));
        requirePositive("runs", runs);
    }

    private static void requirePositive(String name, int value) {
        if (value < 1) {
            throw new InvalidSettingException(name, "\"" + name + "\" is " + value + "; it must be at least 1");
        }
    }
}
