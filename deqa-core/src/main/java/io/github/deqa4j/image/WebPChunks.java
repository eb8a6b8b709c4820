package io.github.deqa4j.image;

import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file: where the samples of the first frame are, and where the frame stands. */
final class WebPChunks {
    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int EXTENDED_BYTES = 10;
    private static final int NONE = 0;
    private static final int EXIF_FLAG = 8;
    private static final int XMP_FLAG = 4;

    private final EncodedPicture picture;
    private boolean lossy;
    private int samplesAt = NONE;
    private int samplesLength;
    private int frameAt = NONE;
    private int canvasAt = NONE;
    private boolean exifSeen;
    private boolean xmpSeen;
    private final OrientationWish orientation = new OrientationWish();

    private WebPChunks(EncodedPicture picture) {
        this.picture = picture;
    }

    static WebPChunks parse(EncodedPicture picture) {
        if (!picture.has(8, "WEBP")) {
            throw picture.fault("this RIFF file is not a WebP picture");
        }
        long end = CHUNK_HEADER_BYTES + picture.u32Little(4);
        picture.require(0, end);
        WebPChunks chunks = new WebPChunks(picture);
        chunks.walk(FILE_HEADER_BYTES, end, true);
        if (chunks.samplesAt == NONE) {
            throw picture.fault("the WebP file has no picture in it");
        }
        return chunks;
    }

    /** Whether the samples are a VP8 frame and not a VP8L picture. */
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

    /** Puts the frame of an animation where it belongs. */
    RgbImage onCanvas(RgbImage frame) {
        if (frameAt == NONE || canvasAt == NONE) {
            return frame;
        }
        int width = u24(canvasAt + 4) + 1;
        int height = u24(canvasAt + 7) + 1;
        int left = 2 * u24(frameAt);
        int top = 2 * u24(frameAt + 3);
        picture.checkSize(width, height);
        if (left + frame.width() > width || top + frame.height() > height) {
            throw picture.fault("the first frame of the WebP animation goes beyond its canvas of " + width + "×"
                    + height + " pixels; the file is damaged");
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
            long length = picture.u32Little(offset + 4);
            picture.require(offset + CHUNK_HEADER_BYTES, length);
            chunk((int) offset, (int) length, frames);
            offset += CHUNK_HEADER_BYTES + length + (length & 1);
        }
    }

    private void chunk(int offset, int length, boolean frames) {
        int data = offset + CHUNK_HEADER_BYTES;
        switch (new String(picture.bytes(), offset, 4, StandardCharsets.ISO_8859_1)) {
            case "VP8X" -> canvasAt = length >= EXTENDED_BYTES ? data : NONE;
            case "VP8 " -> samples(data, length, true);
            case "VP8L" -> samples(data, length, false);
            case "EXIF" -> exif(data, length);
            case "XMP " -> xmp(data, length);
            case "ANMF" -> {
                if (frames) { // inside a frame there is none: no recursion beyond one step
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

    /** As libwebp has it, the first such chunk counts, and only if the header announces it. */
    private void exif(int data, int length) {
        if (!exifSeen && announces(EXIF_FLAG)) {
            exifSeen = true;
            orientation.setExif(picture.bytes(), data, length);
        }
    }

    private void xmp(int data, int length) {
        if (!xmpSeen && announces(XMP_FLAG)) {
            xmpSeen = true;
            orientation.setXmp(picture.bytes(), data, length);
        }
    }

    private boolean announces(int flag) {
        return canvasAt != NONE && (picture.u8(canvasAt) & flag) != 0;
    }

    private int u24(int offset) {
        return picture.u16Little(offset) | (picture.u8(offset + 2L) << 16);
    }
}
