package io.github.deqa4j.image.codec;

import io.github.deqa4j.image.RgbImage;
import java.io.IOException;

/** Decodes the files of one format. */
public interface ImageDecoder {
    /**
     * Decodes an image as it is stored, without applying its EXIF orientation.
     *
     * @throws io.github.deqa4j.image.UnreadableImageException if the image is damaged, unsupported or too large
     * @throws IOException if the data are damaged; a RuntimeException means the same
     */
    RgbImage decode(EncodedFile file) throws IOException;

    /** The orientation that the metadata of a file ask for. Called after the file was decoded. */
    default Orientation orientation(EncodedFile file) {
        return Orientation.UPRIGHT;
    }
}
