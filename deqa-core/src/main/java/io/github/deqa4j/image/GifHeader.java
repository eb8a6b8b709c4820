package io.github.deqa4j.image;

/** What a GIF file says before the samples of its first frame. */
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

    private GifHeader(EncodedPicture picture, int frame, int background, byte[] palette) {
        this.left = picture.u16Little(frame + 1);
        this.top = picture.u16Little(frame + 3);
        this.frameWidth = picture.u16Little(frame + 5);
        this.frameHeight = picture.u16Little(frame + 7);
        this.interlaced = (picture.u8(frame + 9) & 0x40) != 0;
        this.samplesAt = frame + FRAME_BYTES + paletteBytes(picture, frame + 9);
        picture.checkSize(frameWidth, frameHeight);
        this.width = Math.max(left + frameWidth, picture.u16Little(6));
        this.height = Math.max(top + frameHeight, picture.u16Little(8));
        picture.checkSize(width, height);
        this.background = background;
        this.palette = palette;
    }

    /** Passes over bytes between the parts of a file that begin none, as Pillow and browsers do. */
    static GifHeader parse(EncodedPicture picture) {
        int offset = SCREEN_BYTES + paletteBytes(picture, 10);
        int background = 0;
        while (picture.u8(offset) != FRAME) {
            if (picture.u8(offset) == END) {
                throw picture.fault("the GIF file has no frame: it ends at byte " + offset);
            }
            if (picture.u8(offset) == EXTENSION) {
                background = transparent(picture, offset, background);
                offset = afterBlocks(picture, offset + 2);
            } else {
                offset++;
            }
        }
        return new GifHeader(picture, offset, background, palette(picture, offset));
    }

    /** Whether a byte begins a frame or an extension or is the end of the file. */
    static boolean beginsPart(int value) {
        return value == FRAME || value == EXTENSION || value == END;
    }

    /** The transparent index, if the extension tells one. */
    private static int transparent(EncodedPicture picture, int extension, int before) {
        boolean tells = picture.u8(extension + 1) == GRAPHIC_CONTROL
                && picture.u8(extension + 2) >= CONTROL_BYTES
                && (picture.u8(extension + 3) & 1) == 1;
        return tells ? picture.u8(extension + 6) : before;
    }

    /** Columns of the screen, widened where the frame sticks out. */
    int width() {
        return width;
    }

    /** Rows of the screen, likewise. */
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

    /** Index of the colour around the frame: the transparent one, else 0, as in Pillow. */
    int background() {
        return background;
    }

    /** The frame's colours, [256 × 3]. */
    byte[] palette() {
        return palette;
    }

    /** The frame's own palette, else the screen's, else greys. */
    private static byte[] palette(EncodedPicture picture, int frame) {
        byte[] palette = new byte[PALETTE_SIZE * RgbImage.CHANNELS];
        int own = paletteBytes(picture, frame + 9);
        int shared = paletteBytes(picture, 10);
        if (own + shared == 0) {
            for (int i = 0; i < palette.length; i++) {
                palette[i] = (byte) (i / RgbImage.CHANNELS);
            }
        } else {
            int offset = own > 0 ? frame + FRAME_BYTES : SCREEN_BYTES;
            int bytes = own > 0 ? own : shared;
            picture.require(offset, bytes);
            System.arraycopy(picture.bytes(), offset, palette, 0, bytes);
        }
        return palette;
    }

    /** Bytes of the palette that flags announce, 0 if there is none. */
    private static int paletteBytes(EncodedPicture picture, int flagsAt) {
        int flags = picture.u8(flagsAt);
        return (flags & 0x80) == 0 ? 0 : RgbImage.CHANNELS << ((flags & 7) + 1);
    }

    private static int afterBlocks(EncodedPicture picture, int offset) {
        int at = offset;
        while (picture.u8(at) != 0) {
            at += 1 + picture.u8(at);
        }
        return at + 1;
    }
}
