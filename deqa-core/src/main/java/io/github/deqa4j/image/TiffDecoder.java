package io.github.deqa4j.image;

import java.io.IOException;
import java.util.Arrays;

/** The first page of a TIFF or BigTIFF file, turned as its orientation asks: Pillow, too, does so while reading. */
final class TiffDecoder implements PictureDecoder {
    private static final int JPEG_STREAM = 513;
    private static final String JPEG_START = "\u00FF\u00D8";

    @Override
    public RgbImage decode(EncodedPicture picture) throws IOException {
        TiffDirectory tags = TiffDirectory.read(picture.bytes(), 0, picture.length())
                .orElseThrow(() -> picture.fault("the file is cut short: the TIFF directory is not in its "
                        + picture.length() + " bytes; get a complete copy"));
        TiffHeader header = new TiffHeader(picture, tags);
        Orientation orientation = OrientationWish.of(tags);
        if (header.compression() == TiffCompression.OLD_JPEG) {
            return orientation.apply(oldJpeg(picture, header));
        }
        if (!TiffCompression.isKnown(header.compression())) {
            throw picture.fault("the TIFF file is compressed with " + TiffCompression.name(header.compression())
                    + ", which cannot be read; save the picture with LZW or Deflate");
        }
        requireData(picture, header);
        RowConversion colors = TiffColors.of(picture, header);
        RgbCanvas canvas = new RgbCanvas(header.width(), header.height(), orientation);
        new TiffPieces(picture, header, colors, canvas).read();
        return canvas.image();
    }

    /** Notices what was cut off before memory is set aside for it. */
    private static void requireData(EncodedPicture picture, TiffHeader header) throws IOException {
        long bits = (long) header.width() * header.height() * header.bits(); // blocks of YCbCr can share samples
        if (bits / Byte.SIZE > picture.length() * TiffCompression.expansion(header.compression())) {
            throw picture.fault("the file is cut short: its " + picture.length() + " bytes cannot hold the "
                    + header.width() + "×" + header.height() + " pixels of the TIFF picture; get a complete copy");
        }
    }

    /** The first JPEG in TIFF (TIFF 6.0, section 22), as most writers had it: with a whole JPEG stream for the picture. */
    private static RgbImage oldJpeg(EncodedPicture picture, TiffHeader header) throws IOException {
        long start = header.tags().valueOr(JPEG_STREAM, header.offset(0));
        if (start < 0 || !picture.has(start, JPEG_START)) {
            throw picture.fault(
                    "the TIFF file is compressed with old-style JPEG in parts, which cannot be read; save the "
                            + "picture with LZW or Deflate");
        }
        byte[] stream = Arrays.copyOfRange(picture.bytes(), (int) start, picture.length());
        RgbImage image = new JpegDecoder().decode(picture.within(stream));
        if (image.width() != header.width() || image.height() != header.height()) {
            throw new IOException("a JPEG stream of " + image.width() + "×" + image.height() + " pixels instead of "
                    + header.width() + "×" + header.height());
        }
        return image;
    }
}
