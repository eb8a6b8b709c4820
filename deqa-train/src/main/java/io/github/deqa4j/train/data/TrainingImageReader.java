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
 * Reads an image's file into the network's input. Immutable; any number of threads may share one.
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
     * The network's inputs for an augmented image.
     *
     * @throws SettingsException if the image is too small for the augmentation
     * @throws DeqaException if it cannot be read, or not be augmented for another reason
     */
    public List<AugmentedImage<Pixels>> read(ImageRequest request) {
        RgbImage seen = view.seen(reader.read(request.file()));
        try {
            return request.augmentation().apply(seen, request.seed()).stream()
                    .map(augmented -> augmented.map(view::normalized))
                    .toList();
        } catch (SettingsException e) {
            throw new SettingsException(request.file() + ": " + e.getMessage());
        } catch (DeqaException e) {
            throw new DeqaException(request.file() + ": " + e.getMessage(), e);
        }
    }

    /** Upper bound of the number of bytes of a request's inputs. */
    static long bytes(ImageRequest request) {
        return RgbImage.CHANNELS * request.augmentation().pixels() * Float.BYTES;
    }
}
