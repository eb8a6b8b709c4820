package io.github.deqa4j.image.tiff;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.OrientationMetadata;
import io.github.deqa4j.image.codec.RowConversion;
import io.github.deqa4j.image.codec.TiffDirectory;
import io.github.deqa4j.image.jpeg.JpegDecoder;
import java.io.IOException;
import java.util.Arrays;

/** Decodes the first page of a TIFF or BigTIFF file, turned by its orientation as in Pillow. */
public final class TiffDecoder implements ImageDecoder {
    private static final int JPEG_STREAM = 513;
    private static final String JPEG_START = "\u00FF\u00D8";

    @Override
    public RgbImage decode(EncodedFile file) throws IOException {
        TiffDirectory tags = TiffDirectory.read(file.bytes(), 0, file.length())
                .orElseThrow(() -> file.damaged("the file is cut short: the TIFF directory is not in its "
                        + file.length() + " bytes; get a complete copy"));
        TiffHeader header = new TiffHeader(file, tags);
        Orientation orientation = OrientationMetadata.of(tags);
        if (header.compression() == TiffCompression.OLD_JPEG) {
            return orientation.apply(oldJpeg(file, header));
        }
        if (!TiffCompression.isKnown(header.compression())) {
            throw file.unsupported("the TIFF file is compressed with " + TiffCompression.name(header.compression())
                    + ", which cannot be read; save the image with LZW or Deflate");
        }
        requireData(file, header);
        RowConversion colors = TiffColors.of(file, header);
        RgbCanvas canvas = new RgbCanvas(header.width(), header.height(), orientation);
        new TiffPieces(file, header, colors, canvas).read();
        return canvas.image();
    }

    /** Fails where the file is too short for its image, before memory is allocated. */
    private static void requireData(EncodedFile file, TiffHeader header) throws IOException {
        long bits = (long) header.width() * header.height() * header.bits(); // blocks of YCbCr can share samples
        if (bits / Byte.SIZE > file.length() * TiffCompression.expansion(header.compression())) {
            throw file.damaged("the file is cut short: its " + file.length() + " bytes cannot hold the "
                    + header.width() + "×" + header.height() + " pixels of the TIFF image; get a complete copy");
        }
    }

    /** Old-style JPEG (TIFF 6.0, section 22), as most writers stored it: one whole JPEG stream for the image. */
    private static RgbImage oldJpeg(EncodedFile file, TiffHeader header) throws IOException {
        long start = header.tags().valueOr(JPEG_STREAM, header.offset(0));
        if (start < 0 || !file.has(start, JPEG_START)) {
            throw file.unsupported(
                    "the TIFF file is compressed with old-style JPEG in parts, which cannot be read; save the "
                            + "image with LZW or Deflate");
        }
        byte[] stream = Arrays.copyOfRange(file.bytes(), (int) start, file.length());
        RgbImage image = new JpegDecoder().decode(file.within(stream));
        if (image.width() != header.width() || image.height() != header.height()) {
            throw new IOException("a JPEG stream of " + image.width() + "×" + image.height() + " pixels instead of "
                    + header.width() + "×" + header.height());
        }
        return image;
    }
}
