package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.train.config.SettingsException;
import java.nio.file.Path;
import java.util.List;

/**
 * From an image's file to the network's input. Immutable; any number of threads may share one.
 *
 * @param reader how files are read
 * @param view how the network sees images
 */
public record TrainingImageReader(ImageReader reader, ImageView view) {
    /**
     * The network's input for a whole image.
     *
     * @throws DeqaException if it cannot be read
     */
    public Pixels read(Path image) {
        return view.pixels(reader.read(image));
    }

    /**
     * The network's inputs for a look at an image.
     *
     * @throws SettingsException if it is too small for its treatment
     * @throws DeqaException if it cannot be read, or not be treated otherwise
     */
    public List<PreparedImage> read(ImageRequest look) {
        RgbImage seen = view.seen(reader.read(look.image()));
        try {
            return look.treatment().of(seen, look.seed()).stream()
                    .map(sight -> new PreparedImage(view.normalized(sight.image()), sight.loss()))
                    .toList();
        } catch (SettingsException e) {
            throw new SettingsException(look.image() + ": " + e.getMessage());
        } catch (DeqaException e) {
            throw new DeqaException(look.image() + ": " + e.getMessage(), e);
        }
    }

    /** Bytes of a look's inputs, at most. */
    static long bytes(ImageRequest look) {
        return RgbImage.CHANNELS * look.treatment().pixels() * Float.BYTES;
    }
}
