package io.github.deqa4j.image.webp;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Decodes lossless WebP (WebP Lossless Bitstream Specification, RFC 9649). TwelveMonkeys' plug-in is not used: it
 * invents the missing pixels of an image that is cut short.
 */
final class Vp8lDecoder {
    private static final int SIGNATURE = 0x2F;
    private static final int HEADER_BYTES = 5;
    private static final int SIDE_BITS = 14;
    private static final int TRANSFORMS = 4;

    /** Decoding takes seven bytes per pixel, here 896 MiB. A few bytes of a file can declare as many pixels. */
    private static final int MOST_PIXELS = 1 << 27;

    private Vp8lDecoder() {}

    /** Decodes the image in some bytes of a file. */
    static RgbImage decode(EncodedFile file, int offset, int length) throws IOException {
        if (length < HEADER_BYTES || file.u8(offset) != SIGNATURE) {
            throw new IOException("the lossless image does not begin with 2f");
        }
        Vp8lBits bits = new Vp8lBits(file, offset + 1, offset + length);
        int width = 1 + bits.take(SIDE_BITS);
        int height = 1 + bits.take(SIDE_BITS);
        bits.take(1); // whether alpha is used; it is dropped
        int version = bits.take(3);
        if (version != 0) {
            throw new IOException("the lossless image has version " + version + " instead of 0");
        }
        file.checkSize(width, height);
        if ((long) width * height > MOST_PIXELS) {
            throw file.tooLarge("the image is " + width + "×" + height + " pixels; at most " + MOST_PIXELS
                    + " are read of lossless WebP, so scale it down first");
        }
        file.checkMemory((long) width * height * (Integer.BYTES + RgbImage.CHANNELS));
        return toRgb(pixels(bits, width, height), width, height);
    }

    private static int[] pixels(Vp8lBits bits, int width, int height) throws IOException {
        Deque<Vp8lTransform> transforms = new ArrayDeque<>();
        boolean[] seen = new boolean[TRANSFORMS];
        int codedWidth = width;
        while (bits.flag()) {
            int type = bits.take(2);
            if (seen[type]) {
                throw new IOException("the lossless image has the transform " + type + " twice");
            }
            seen[type] = true;
            Vp8lTransform transform = Vp8lTransform.read(bits, type, codedWidth, height);
            codedWidth = transform.codedWidth();
            transforms.push(transform);
        }
        int[] pixels = Vp8lPixels.read(bits, codedWidth, height, true);
        for (Vp8lTransform transform : transforms) { // the last one first
            pixels = transform.undo(pixels);
        }
        return pixels;
    }

    private static RgbImage toRgb(int[] pixels, int width, int height) {
        byte[] rgb = new byte[Math.multiplyExact(pixels.length, RgbImage.CHANNELS)];
        int to = 0;
        for (int pixel : pixels) {
            rgb[to++] = (byte) (pixel >> 16);
            rgb[to++] = (byte) (pixel >> 8);
            rgb[to++] = (byte) pixel;
        }
        return new RgbImage(width, height, rgb);
    }
}
