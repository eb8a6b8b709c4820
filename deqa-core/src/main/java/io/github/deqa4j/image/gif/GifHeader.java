package io.github.deqa4j.image.gif;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;

/** The part of a GIF file before the samples of its first frame. */
final class GifHeader {
    private static final int SCREEN_BYTES = 13;
    private static final int FRAME_BYTES = 10;
    private static final int EXTENSION = 0x21;
    private static final int FRAME = 0x2C;
    private static final int END = 0x3B;
    private static final int GRAPHIC_CONTROL = 0xF9;
    private static final int CONTROL_BYTES = 4;
    private static final int PALETTE_SIZE = 256;

    private final int left;
    private final int top;
    private final int width;
    private final int height;
    private final int frameWidth;
    private final int frameHeight;
    private final boolean interlaced;
    private final int samplesAt;
    private final int background;
    private final byte[] palette;

    private GifHeader(EncodedFile file, int frame, int background, byte[] palette) {
        this.left = file.u16Little(frame + 1);
        this.top = file.u16Little(frame + 3);
        this.frameWidth = file.u16Little(frame + 5);
        this.frameHeight = file.u16Little(frame + 7);
        this.interlaced = (file.u8(frame + 9) & 0x40) != 0;
        this.samplesAt = frame + FRAME_BYTES + paletteBytes(file, frame + 9);
        file.checkSize(frameWidth, frameHeight);
        this.width = Math.max(left + frameWidth, file.u16Little(6));
        this.height = Math.max(top + frameHeight, file.u16Little(8));
        file.checkSize(width, height);
        this.background = background;
        this.palette = palette;
    }

    /** Skips bytes between the parts of a file that begin no part, as Pillow and browsers do. */
    static GifHeader parse(EncodedFile file) {
        int offset = SCREEN_BYTES + paletteBytes(file, 10);
        int background = 0;
        while (file.u8(offset) != FRAME) {
            if (file.u8(offset) == END) {
                throw file.damaged("the GIF file has no frame: it ends at byte " + offset);
            }
            if (file.u8(offset) == EXTENSION) {
                background = transparent(file, offset, background);
                offset = afterBlocks(file, offset + 2);
            } else {
                offset++;
            }
        }
        return new GifHeader(file, offset, background, palette(file, offset));
    }

    /** Whether a byte begins a frame or an extension or is the end of the file. */
    static boolean beginsPart(int value) {
        return value == FRAME || value == EXTENSION || value == END;
    }

    /** The transparent index, if the extension gives one. */
    private static int transparent(EncodedFile file, int extension, int before) {
        boolean tells = file.u8(extension + 1) == GRAPHIC_CONTROL
                && file.u8(extension + 2) >= CONTROL_BYTES
                && (file.u8(extension + 3) & 1) == 1;
        return tells ? file.u8(extension + 6) : before;
    }

    /** Width of the screen, enlarged where the frame extends beyond it. */
    int width() {
        return width;
    }

    /** Height of the screen, enlarged likewise. */
    int height() {
        return height;
    }

    /** Column of the screen where the frame begins. */
    int left() {
        return left;
    }

    /** Row of the screen where the frame begins. */
    int top() {
        return top;
    }

    int frameWidth() {
        return frameWidth;
    }

    int frameHeight() {
        return frameHeight;
    }

    boolean isInterlaced() {
        return interlaced;
    }

    /** Offset of the frame's samples: the least width of a code, then blocks. */
    int samplesAt() {
        return samplesAt;
    }

    /** Index of the color around the frame: the transparent one, else 0, as in Pillow. */
    int background() {
        return background;
    }

    /** The frame's colors, [256 × 3]. */
    byte[] palette() {
        return palette;
    }

    /** The frame's own palette, else the screen's, else grays. */
    private static byte[] palette(EncodedFile file, int frame) {
        byte[] palette = new byte[PALETTE_SIZE * RgbImage.CHANNELS];
        int own = paletteBytes(file, frame + 9);
        int shared = paletteBytes(file, 10);
        if (own + shared == 0) {
            for (int i = 0; i < palette.length; i++) {
                palette[i] = (byte) (i / RgbImage.CHANNELS);
            }
        } else {
            int offset = own > 0 ? frame + FRAME_BYTES : SCREEN_BYTES;
            int bytes = own > 0 ? own : shared;
            file.require(offset, bytes);
            System.arraycopy(file.bytes(), offset, palette, 0, bytes);
        }
        return palette;
    }

    /** Bytes of the palette that flags announce, 0 if there is none. */
    private static int paletteBytes(EncodedFile file, int flagsAt) {
        int flags = file.u8(flagsAt);
        return (flags & 0x80) == 0 ? 0 : RgbImage.CHANNELS << ((flags & 7) + 1);
    }

    private static int afterBlocks(EncodedFile file, int offset) {
        int at = offset;
        while (file.u8(at) != 0) {
            at += 1 + file.u8(at);
        }
        return at + 1;
    }
}
