package io.github.deqa4j.train.data;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.image.ImageReader;
import io.github.deqa4j.image.PictureView;
import io.github.deqa4j.image.Pixels;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.train.config.SettingsException;
import java.nio.file.Path;
import java.util.List;

/**
 * From a picture's file to the network's input. Immutable; any number of threads may share one.
 *
 * @param reader how files are read
 * @param view how the network sees pictures
 */
public record PictureReader(ImageReader reader, PictureView view) {
    /**
     * The network's input for a whole picture.
     *
     * @throws DeqaException if it cannot be read
     */
    public Pixels read(Path picture) {
        return view.pixels(reader.read(picture));
    }

    /**
     * The network's inputs for a look at a picture.
     *
     * @throws SettingsException if it is too small for its treatment
     * @throws DeqaException if it cannot be read, or not be treated otherwise
     */
    public List<Shown> read(Look look) {
        RgbImage seen = view.seen(reader.read(look.picture()));
        try {
            return look.treatment().of(seen, look.seed()).stream()
                    .map(sight -> new Shown(view.normalized(sight.picture()), sight.loss()))
                    .toList();
        } catch (SettingsException e) {
            throw new SettingsException(look.picture() + ": " + e.getMessage());
        } catch (DeqaException e) {
            throw new DeqaException(look.picture() + ": " + e.getMessage(), e);
        }
    }

    /** Bytes of a look's inputs, at most. */
    static long bytes(Look look) {
        return RgbImage.CHANNELS * look.treatment().pixels() * Float.BYTES;
    }
}
