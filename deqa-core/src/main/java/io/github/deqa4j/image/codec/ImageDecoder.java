package io.github.deqa4j.image.codec;

import io.github.deqa4j.image.RgbImage;
import java.io.IOException;

/** Decodes the files of one format. */
public interface ImageDecoder {
    /**
     * The image as it is stored.
     *
     * @throws IOException if the data are damaged; so does any RuntimeException
     */
    RgbImage decode(EncodedFile file) throws IOException;

    /** The wish of the file's EXIF data; called after the file has been decoded. */
    default Orientation orientation(EncodedFile file) {
        return Orientation.UPRIGHT;
    }
}
