package io.github.deqa4j.image.bmp;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;

/**
 * Decodes BMP of all depths, plain and run-length coded, from Windows and OS/2. The JDK's reader supports fewer headers
 * and invents the missing pixels of run-length coded images that are too short.
 */
public final class BmpDecoder implements ImageDecoder {
    @Override
    public RgbImage decode(EncodedFile file) {
        BmpHeader header = new BmpHeader(file);
        return switch (header.compression()) {
            case BmpHeader.RUNS_OF_BYTES -> fromRuns(file, header, false);
            case BmpHeader.RUNS_OF_HALF_BYTES -> fromRuns(file, header, true);
            default -> fromRows(file, header);
        };
    }

    private static RgbImage fromRuns(EncodedFile file, BmpHeader header, boolean halfBytes) {
        int width = header.width();
        byte[] indices = new BmpRuns(file, header, halfBytes).read();
        byte[] rgb = new byte[Math.multiplyExact(indices.length, RgbImage.CHANNELS)];
        byte[] palette = header.palette();
        for (int y = 0; y < header.height(); y++) {
            int to = target(header, y);
            for (int x = 0; x < width; x++, to += RgbImage.CHANNELS) {
                int from = (indices[y * width + x] & 0xFF) * RgbImage.CHANNELS;
                System.arraycopy(palette, from, rgb, to, RgbImage.CHANNELS);
            }
        }
        return new RgbImage(width, header.height(), rgb);
    }

    private static RgbImage fromRows(EncodedFile file, BmpHeader header) {
        long stride = ((long) header.width() * header.bits() + 31) / 32 * 4;
        requireRows(file, header, stride);
        byte[] rgb = new byte[Math.multiplyExact(header.width() * RgbImage.CHANNELS, header.height())];
        byte[] palette = header.palette();
        for (int y = 0; y < header.height(); y++) {
            int from = (int) (header.firstSample() + y * stride);
            int to = target(header, y);
            if (header.bits() <= Byte.SIZE) {
                indices(file.bytes(), from, header, palette, rgb, to);
            } else {
                colors(file.bytes(), from, header, rgb, to);
            }
        }
        return new RgbImage(header.width(), header.height(), rgb);
    }

    private static void requireRows(EncodedFile file, BmpHeader header, long stride) {
        // The padding of the last row may be missing.
        long last = ((long) header.width() * header.bits() + 7) / 8;
        file.require(header.firstSample(), stride * (header.height() - 1) + last);
    }

    private static int target(BmpHeader header, int y) {
        int row = header.isTopDown() ? y : header.height() - 1 - y;
        return row * header.width() * RgbImage.CHANNELS;
    }

    private static void indices(byte[] bytes, int from, BmpHeader header, byte[] palette, byte[] rgb, int to) {
        int bits = header.bits();
        int perByte = Byte.SIZE / bits;
        int mask = (1 << bits) - 1;
        for (int x = 0; x < header.width(); x++, to += RgbImage.CHANNELS) {
            int shift = Byte.SIZE - bits - x % perByte * bits;
            int index = (bytes[from + x / perByte] >> shift) & mask;
            System.arraycopy(palette, index * RgbImage.CHANNELS, rgb, to, RgbImage.CHANNELS);
        }
    }

    private static void colors(byte[] bytes, int from, BmpHeader header, byte[] rgb, int to) {
        int perPixel = header.bits() / Byte.SIZE;
        int[] masks = header.colorMasks();
        for (int x = 0; x < header.width(); x++, from += perPixel) {
            int pixel = 0;
            for (int i = 0; i < perPixel; i++) {
                pixel |= (bytes[from + i] & 0xFF) << (Byte.SIZE * i);
            }
            for (int mask : masks) {
                rgb[to++] = sample(pixel, mask);
            }
        }
    }

    /** The high eight bits of a sample; one of fewer bits is stretched to 0…255, rounded down. */
    private static byte sample(int pixel, int mask) {
        int value = (pixel & mask) >>> Integer.numberOfTrailingZeros(mask);
        int bits = Integer.bitCount(mask);
        return (byte) (bits >= Byte.SIZE ? value >>> (bits - Byte.SIZE) : value * 255 / ((1 << bits) - 1));
    }
}
