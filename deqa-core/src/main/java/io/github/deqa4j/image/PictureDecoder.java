package io.github.deqa4j.image;

import java.io.IOException;

/** Decodes the files of one format. */
interface PictureDecoder {
    /**
     * The picture as it is stored.
     *
     * @throws IOException if the data are damaged; so does any RuntimeException
     */
    RgbImage decode(EncodedPicture picture) throws IOException;

    /** The wish of the file's EXIF data; called after the file has been decoded. */
    default Orientation orientation(EncodedPicture picture) {
        return Orientation.UPRIGHT;
    }
}
