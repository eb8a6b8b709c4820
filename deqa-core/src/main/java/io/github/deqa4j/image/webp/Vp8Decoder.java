package io.github.deqa4j.image.webp;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ColorArithmetic;
import io.github.deqa4j.image.codec.EncodedFile;
import java.io.IOException;

/**
 * Decodes lossy WebP: a VP8 key frame (RFC 6386), to the last bit as libwebp. TwelveMonkeys' plug-in is not used: it
 * smooths blocks before others are predicted from them, and repeats chroma samples. Samples of ordinary files are then
 * wrong by two or three levels on average.
 */
final class Vp8Decoder {
    private static final int MACROBLOCK = 16;
    private static final int CHROMA = 8;
    private static final int SUBBLOCK = 4;
    private static final int ABOVE = 8;

    private final Vp8Header header;
    private final int columns;
    private final int rows;
    private final Vp8Plane luma;
    private final Vp8Plane u;
    private final Vp8Plane v;
    private final byte[] filterLevels;
    private final boolean[] filterInside;

    private Vp8Decoder(Vp8Header header) {
        this.header = header;
        this.columns = (header.width() + MACROBLOCK - 1) / MACROBLOCK;
        this.rows = (header.height() + MACROBLOCK - 1) / MACROBLOCK;
        this.luma = new Vp8Plane(columns * MACROBLOCK, rows * MACROBLOCK);
        this.u = new Vp8Plane(columns * CHROMA, rows * CHROMA);
        this.v = new Vp8Plane(columns * CHROMA, rows * CHROMA);
        this.filterLevels = new byte[columns * rows];
        this.filterInside = new boolean[columns * rows];
    }

    /** Decodes the frame in some bytes of a file. */
    static RgbImage decode(EncodedFile file, int offset, int length) throws IOException {
        Vp8Decoder decoder = new Vp8Decoder(new Vp8Header(file, offset, offset + length));
        decoder.reconstruct();
        decoder.smooth();
        return decoder.toRgb();
    }

    private void reconstruct() throws IOException {
        Vp8Modes modes = new Vp8Modes(header, columns);
        Vp8Residuals residuals = new Vp8Residuals(header, columns);
        for (int row = 0; row < rows; row++) {
            modes.startRow();
            residuals.startRow();
            for (int column = 0; column < columns; column++) {
                modes.next(column);
                residuals.next(modes, header.tokens(row), column);
                reconstruct(modes, residuals.coefficients(), column, row);
                int i = row * columns + column;
                filterLevels[i] = (byte) header.filterLevel(modes.currentSegment(), modes.bySubblocks());
                filterInside[i] = modes.bySubblocks() || residuals.any();
            }
        }
    }

    private void reconstruct(Vp8Modes modes, int[] coefficients, int column, int row) {
        int left = column * MACROBLOCK;
        int top = row * MACROBLOCK;
        if (!modes.bySubblocks()) {
            Vp8Prediction.block(luma, left, top, MACROBLOCK, modes.luma());
        }
        for (int i = 0; i < 16; i++) {
            int x = left + i % 4 * SUBBLOCK;
            int y = top + i / 4 * SUBBLOCK;
            if (modes.bySubblocks()) {
                Vp8Prediction.subblock(luma, x, y, modes.subblock(i), above(x, y, left, top));
            }
            Vp8Transform.add(coefficients, i * Vp8Residuals.SIZE, luma, x, y);
        }
        chroma(u, modes.chroma(), coefficients, 16, column, row);
        chroma(v, modes.chroma(), coefficients, 20, column, row);
    }

    private static void chroma(Vp8Plane plane, int mode, int[] coefficients, int first, int column, int row) {
        int left = column * CHROMA;
        int top = row * CHROMA;
        Vp8Prediction.block(plane, left, top, CHROMA, mode);
        for (int i = 0; i < 4; i++) {
            int x = left + i % 2 * SUBBLOCK;
            int y = top + i / 2 * SUBBLOCK;
            Vp8Transform.add(coefficients, (first + i) * Vp8Residuals.SIZE, plane, x, y);
        }
    }

    /**
     * The eight samples above a subblock and to the right of those. Beside the macroblock they are taken from the row above
     * it, for all four rows of subblocks; beside the image the last sample above is repeated.
     */
    private int[] above(int x, int y, int left, int top) {
        int[] above = new int[ABOVE];
        boolean rightmost = left + MACROBLOCK == columns * MACROBLOCK && top > 0;
        for (int i = 0; i < ABOVE; i++) {
            boolean outside = x + i >= left + MACROBLOCK;
            int column = outside && rightmost ? left + MACROBLOCK - 1 : x + i;
            above[i] = luma.get(column, outside ? top - 1 : y - 1);
        }
        return above;
    }

    private void smooth() {
        for (int i = 0; i < filterLevels.length; i++) {
            if (filterLevels[i] > 0) {
                new Vp8LoopFilter(filterLevels[i], header.sharpness(), header.simpleFilter(), filterInside[i])
                        .apply(luma, u, v, i % columns, i / columns);
            }
        }
    }

    private RgbImage toRgb() {
        int width = header.width();
        byte[] rgb = new byte[Math.multiplyExact(width * header.height(), RgbImage.CHANNELS)];
        int to = 0;
        for (int y = 0; y < header.height(); y++) {
            for (int x = 0; x < width; x++, to += RgbImage.CHANNELS) {
                ColorArithmetic.yuvToRgb(luma.get(x, y), chroma(u, x, y), chroma(v, x, y), rgb, to);
            }
        }
        return new RgbImage(width, header.height(), rgb);
    }

    /** Chroma between four samples, weighted 9 : 3 : 3 : 1 from the nearest to the farthest and rounded in two steps. */
    private int chroma(Vp8Plane plane, int x, int y) {
        int farX = neighbor(x, header.width());
        int farY = neighbor(y, header.height());
        int near = plane.get(x / 2, y / 2);
        int sides = plane.get(farX, y / 2) + plane.get(x / 2, farY);
        return (((near + 3 * sides + plane.get(farX, farY) + 8) >> 3) + near) >> 1;
    }

    /** The chroma sample on the other side of a luma sample; at the border there is none but the near one. */
    private static int neighbor(int position, int count) {
        int near = position / 2;
        return position % 2 == 0 ? Math.max(0, near - 1) : Math.min((count + 1) / 2 - 1, near + 1);
    }
}
