package io.github.deqa4j.image;

import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import java.io.IOException;

/** WebP, lossless and lossy; of an animation the first frame. */
final class WebPDecoder implements PictureDecoder {
    private static final Plugin PLUGIN = WebPImageReaderSpi::new;
    private static final int RIFF_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        if (!picture.has(8, "WEBP")) {
            throw picture.fault("this RIFF file is not a WebP picture");
        }
        chunk(picture, "");
        return PLUGIN.read(picture.bytes(), reader -> {
            picture.checkSize(reader.getWidth(0), reader.getHeight(0));
            return RgbConversion.take(reader.read(0));
        });
    }

    @Override
    public Orientation orientation(EncodedPicture picture) {
        long offset = chunk(picture, "EXIF");
        return offset < 0
                ? Orientation.UPRIGHT
                : Exif.orientation(
                        picture.bytes(), (int) offset + CHUNK_HEADER_BYTES, (int) picture.u32Little(offset + 4));
    }

    /** Where a chunk begins, or −1. Fails if a chunk on the way goes beyond the file. */
    private static long chunk(EncodedPicture picture, String type) {
        long end = CHUNK_HEADER_BYTES + picture.u32Little(4);
        long offset = RIFF_HEADER_BYTES;
        picture.require(0, end);
        while (offset + CHUNK_HEADER_BYTES <= end) {
            long length = picture.u32Little(offset + 4);
            picture.require(offset + CHUNK_HEADER_BYTES, length);
            if (picture.has(offset, type) && !type.isEmpty()) {
                return offset;
            }
            offset += CHUNK_HEADER_BYTES + length + (length & 1);
        }
        return -1;
    }
}
