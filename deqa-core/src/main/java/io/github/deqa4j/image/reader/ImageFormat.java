package io.github.deqa4j.image.reader;

import io.github.deqa4j.image.UnreadableImageException;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.bmp.BmpDecoder;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;
import io.github.deqa4j.image.gif.GifDecoder;
import io.github.deqa4j.image.jpeg.JpegDecoder;
import io.github.deqa4j.image.png.PngChunks;
import io.github.deqa4j.image.png.PngDecoder;
import io.github.deqa4j.image.tiff.TiffDecoder;
import io.github.deqa4j.image.webp.WebPDecoder;
import java.util.HexFormat;
import java.util.List;

/**
 * A supported format.
 *
 * @param label its name in messages
 * @param decoder reads its files
 * @param signatures the possible first bytes of its files, one character for a byte
 */
record ImageFormat(String label, ImageDecoder decoder, List<String> signatures) {
    private static final List<ImageFormat> ALL = List.of(
            new ImageFormat("JPEG", new JpegDecoder(), List.of("\u00FF\u00D8\u00FF")),
            new ImageFormat("PNG", new PngDecoder(), List.of(PngChunks.SIGNATURE)),
            new ImageFormat("WebP", new WebPDecoder(), List.of("RIFF")),
            new ImageFormat("TIFF", new TiffDecoder(), List.of("II*\0", "MM\0*", "II\0*", "MM*\0", "II+\0", "MM\0+")),
            new ImageFormat("GIF", new GifDecoder(), List.of("GIF87a", "GIF89a")),
            new ImageFormat("BMP", new BmpDecoder(), List.of("BM")));
    private static final int SHOWN_BYTES = 8;

    /**
     * The format of a file, by its first bytes.
     *
     * @throws UnreadableImageException with the reason {@link Reason#UNKNOWN_FORMAT} if the file has no
     *     known signature
     */
    static ImageFormat of(EncodedFile file) {
        if (file.length() == 0) {
            throw file.fault(Reason.DAMAGED, "the file is empty");
        }
        return ALL.stream().filter(format -> format.begins(file)).findFirst().orElseThrow(() -> unknown(file));
    }

    private boolean begins(EncodedFile file) {
        return signatures.stream().anyMatch(signature -> file.has(0, signature));
    }

    private static UnreadableImageException unknown(EncodedFile file) {
        int shown = Math.min(SHOWN_BYTES, file.length());
        return file.fault(
                Reason.UNKNOWN_FORMAT,
                "not an image in a known format (JPEG, PNG, WebP, TIFF, GIF, BMP); its first bytes are "
                        + HexFormat.ofDelimiter(" ").formatHex(file.bytes(), 0, shown));
    }
}
