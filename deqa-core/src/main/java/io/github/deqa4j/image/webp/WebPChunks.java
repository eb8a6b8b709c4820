package io.github.deqa4j.image.webp;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.UnreadableImageException.Reason;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.Orientation;
import io.github.deqa4j.image.codec.OrientationMetadata;
import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file: the samples of the first frame, its place on the canvas, and the metadata. */
final class WebPChunks {
    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int EXTENDED_BYTES = 10;
    private static final int NONE = 0;
    private static final int EXIF_FLAG = 8;
    private static final int XMP_FLAG = 4;

    private final EncodedFile file;
    private boolean lossy;
    private int samplesAt = NONE;
    private int samplesLength;
    private int frameAt = NONE;
    private int canvasAt = NONE;
    private boolean exifSeen;
    private boolean xmpSeen;
    private final OrientationMetadata orientation = new OrientationMetadata();

    private WebPChunks(EncodedFile file) {
        this.file = file;
    }

    static WebPChunks parse(EncodedFile file) {
        if (!file.has(8, "WEBP")) {
            throw file.fault(Reason.UNKNOWN_FORMAT, "this RIFF file is not a WebP image");
        }
        long end = CHUNK_HEADER_BYTES + file.u32Little(4);
        file.require(0, end);
        WebPChunks chunks = new WebPChunks(file);
        chunks.walk(FILE_HEADER_BYTES, end, true);
        if (chunks.samplesAt == NONE) {
            throw file.damaged("the WebP file has no image in it");
        }
        return chunks;
    }

    /** Whether the samples are a VP8 frame and not a VP8L image. */
    boolean isLossy() {
        return lossy;
    }

    int samplesAt() {
        return samplesAt;
    }

    int samplesLength() {
        return samplesLength;
    }

    Orientation orientation() {
        return orientation.orientation();
    }

    /** Places the frame of an animation on its canvas. */
    RgbImage onCanvas(RgbImage frame) {
        if (frameAt == NONE || canvasAt == NONE) {
            return frame;
        }
        int width = u24(canvasAt + 4) + 1;
        int height = u24(canvasAt + 7) + 1;
        int left = 2 * u24(frameAt);
        int top = 2 * u24(frameAt + 3);
        file.checkSize(width, height);
        if (left + frame.width() > width || top + frame.height() > height) {
            throw file.damaged("the first frame of the WebP animation goes beyond its canvas of " + width + "×" + height
                    + " pixels; the file is damaged");
        }
        byte[] samples = new byte[Math.multiplyExact(width * RgbImage.CHANNELS, height)];
        int row = frame.width() * RgbImage.CHANNELS;
        for (int y = 0; y < frame.height(); y++) {
            int to = ((top + y) * width + left) * RgbImage.CHANNELS;
            System.arraycopy(frame.samples(), y * row, samples, to, row);
        }
        return new RgbImage(width, height, samples);
    }

    private void walk(long start, long end, boolean frames) {
        long offset = start;
        while (offset + CHUNK_HEADER_BYTES <= end) {
            long length = file.u32Little(offset + 4);
            file.require(offset + CHUNK_HEADER_BYTES, length);
            chunk((int) offset, (int) length, frames);
            offset += CHUNK_HEADER_BYTES + length + (length & 1);
        }
    }

    private void chunk(int offset, int length, boolean frames) {
        int data = offset + CHUNK_HEADER_BYTES;
        switch (new String(file.bytes(), offset, 4, StandardCharsets.ISO_8859_1)) {
            case "VP8X" -> canvasAt = length >= EXTENDED_BYTES ? data : NONE;
            case "VP8 " -> samples(data, length, true);
            case "VP8L" -> samples(data, length, false);
            case "EXIF" -> exif(data, length);
            case "XMP " -> xmp(data, length);
            case "ANMF" -> {
                if (frames) { // a frame has no frames, so the recursion ends after one step
                    frame(data, length);
                }
            }
            default -> {}
        }
    }

    private void samples(int data, int length, boolean isLossy) {
        if (samplesAt == NONE) {
            samplesAt = data;
            samplesLength = length;
            lossy = isLossy;
        }
    }

    private void frame(int data, int length) {
        if (samplesAt == NONE && length > FRAME_HEADER_BYTES) {
            frameAt = data;
            walk((long) data + FRAME_HEADER_BYTES, (long) data + length, false);
        }
    }

    /** As in libwebp, the first chunk of this type counts, and only if the header announces it. */
    private void exif(int data, int length) {
        if (!exifSeen && announces(EXIF_FLAG)) {
            exifSeen = true;
            orientation.setExif(file.bytes(), data, length);
        }
    }

    private void xmp(int data, int length) {
        if (!xmpSeen && announces(XMP_FLAG)) {
            xmpSeen = true;
            orientation.setXmp(file.bytes(), data, length);
        }
    }

    private boolean announces(int flag) {
        return canvasAt != NONE && (file.u8(canvasAt) & flag) != 0;
    }

    private int u24(int offset) {
        return file.u16Little(offset) | (file.u8(offset + 2L) << 16);
    }
}
