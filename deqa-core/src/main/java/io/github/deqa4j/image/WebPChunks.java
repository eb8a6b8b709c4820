package io.github.deqa4j.image;

import java.nio.charset.StandardCharsets;

/** The chunks of a WebP file: where the samples of the first frame are, and where the frame stands. */
final class WebPChunks {
    private static final int FILE_HEADER_BYTES = 12;
    private static final int CHUNK_HEADER_BYTES = 8;
    private static final int FRAME_HEADER_BYTES = 16;
    private static final int EXTENDED_BYTES = 10;
    private static final int NONE = 0;

    private final EncodedPicture picture;
    private boolean lossy;
    private int samplesAt = NONE;
    private int samplesLength;
    private int frameAt = NONE;
    private int canvasAt = NONE;
    private Orientation orientation = Orientation.UPRIGHT;

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
        return orientation;
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
            case "EXIF" -> orientation = exif(data, length);
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

    /** Some writers begin the EXIF data as JPEG does. */
    private Orientation exif(int data, int length) {
        int start = picture.has(data, TiffTags.EXIF_MARK) ? Math.min(length, TiffTags.EXIF_MARK.length()) : 0;
        return TiffTags.orientation(picture.bytes(), data + start, length - start);
    }

    private int u24(int offset) {
        return picture.u16Little(offset) | (picture.u8(offset + 2L) << 16);
    }
}
