package io.github.deqa4j.image;

/** The rows of a picture padded to a centred square, made when they are asked for. Not thread-safe. */
final class PaddedRows {
    private final RgbImage picture;
    private final int side;
    private final int left;
    private final int top;
    private final byte[] padding;
    private final byte[] row;

    /**
     * @param picture what stands in the middle; an odd pixel of padding goes to the right or bottom
     * @param color red, green, blue of the padding
     */
    PaddedRows(RgbImage picture, byte[] color) {
        this.picture = picture;
        this.side = Math.max(picture.width(), picture.height());
        this.left = (side - picture.width()) / 2;
        this.top = (side - picture.height()) / 2;
        this.padding = new byte[Math.multiplyExact(side, RgbImage.CHANNELS)];
        for (int i = 0; i < padding.length; i++) {
            padding[i] = color[i % RgbImage.CHANNELS];
        }
        this.row = padding.clone();
    }

    /** Side of the square. */
    int side() {
        return side;
    }

    /** A row without picture, [side × 3]. */
    byte[] padding() {
        return padding;
    }

    boolean isPadding(int y) {
        return y < top || y >= top + picture.height();
    }

    /** A row that crosses the picture, [side × 3], valid until the next call. */
    byte[] row(int y) {
        int bytes = picture.width() * RgbImage.CHANNELS;
        System.arraycopy(picture.samples(), (y - top) * bytes, row, left * RgbImage.CHANNELS, bytes);
        return row;
    }
}
