package io.github.deqa4j.image.gif;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import io.github.deqa4j.image.codec.ImageDecoder;

/**
 * Decodes the first frame of a GIF file on its logical screen, which the frame need not fill. The JDK's reader is not
 * used: it fills a frame that is too short with color 0.
 */
public final class GifDecoder implements ImageDecoder {
    /** Row at which each pass over an interlaced frame begins, and the distance of its rows. */
    private static final int[][] PASSES = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    /** Whole pixels that stay in the processor's cache. */
    private static final int FILLED_AT_ONCE = RgbImage.CHANNELS << 14;

    @Override
    public RgbImage decode(EncodedFile file) {
        GifHeader header = GifHeader.parse(file);
        GifCodes codes = new GifCodes(file, header.samplesAt(), header.frameWidth() * header.frameHeight());
        byte[] rgb = new byte[Math.multiplyExact(header.width() * header.height(), RgbImage.CHANNELS)];
        fill(rgb, header);
        byte[] row = new byte[header.frameWidth()];
        for (int[] pass : header.isInterlaced() ? PASSES : new int[][] {{0, 1}}) {
            for (int y = pass[0]; y < header.frameHeight(); y += pass[1]) {
                codes.read(row);
                putRow(row, rgb, header, y);
            }
        }
        return new RgbImage(header.width(), header.height(), rgb);
    }

    /** Fills the screen around the frame. */
    private static void fill(byte[] rgb, GifHeader header) {
        System.arraycopy(header.palette(), header.background() * RgbImage.CHANNELS, rgb, 0, RgbImage.CHANNELS);
        for (int done = RgbImage.CHANNELS; done < rgb.length; ) {
            int count = Math.min(Math.min(done, FILLED_AT_ONCE), rgb.length - done);
            System.arraycopy(rgb, 0, rgb, done, count);
            done += count;
        }
    }

    private static void putRow(byte[] row, byte[] rgb, GifHeader header, int y) {
        int to = ((header.top() + y) * header.width() + header.left()) * RgbImage.CHANNELS;
        byte[] palette = header.palette();
        for (byte index : row) {
            int from = (index & 0xFF) * RgbImage.CHANNELS;
            rgb[to++] = palette[from];
            rgb[to++] = palette[from + 1];
            rgb[to++] = palette[from + 2];
        }
    }
}
