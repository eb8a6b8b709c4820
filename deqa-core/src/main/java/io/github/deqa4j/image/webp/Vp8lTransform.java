package io.github.deqa4j.image.webp;

import java.io.IOException;

/** Undoes a transform that the encoder applied to the pixels (WebP Lossless Bitstream Specification, section 4). */
interface Vp8lTransform {
    int PREDICTOR = 0;
    int COLOR = 1;
    int SUBTRACT_GREEN = 2;

    /** Width of the image before this transform is undone. */
    int codedWidth();

    /** Undoes the transform, in place where the sizes allow it. */
    int[] undo(int[] pixels);

    /** Reads the data of a transform before the pixels. */
    static Vp8lTransform read(Vp8lBits bits, int type, int width, int height) throws IOException {
        return switch (type) {
            case PREDICTOR, COLOR -> {
                int blockBits = 2 + bits.take(3);
                int blocksWide = Vp8lPixels.ceil(width, blockBits);
                int[] blocks = Vp8lPixels.read(bits, blocksWide, Vp8lPixels.ceil(height, blockBits), false);
                yield type == PREDICTOR
                        ? new Vp8lPrediction(width, height, blockBits, blocksWide, blocks)
                        : new Color(width, height, blockBits, blocksWide, blocks);
            }
            case SUBTRACT_GREEN -> new Green(width);
            default -> new Palette(width, height, readColors(bits));
        };
    }

    /** Adds the bytes of two pixels, each without a carry to the next. */
    static int add(int a, int b) {
        int even = (a & 0xFF00FF00) + (b & 0xFF00FF00);
        int odd = (a & 0x00FF00FF) + (b & 0x00FF00FF);
        return (even & 0xFF00FF00) | (odd & 0x00FF00FF);
    }

    private static int[] readColors(Vp8lBits bits) throws IOException {
        int[] colors = Vp8lPixels.read(bits, 1 + bits.take(8), 1, false);
        for (int i = 1; i < colors.length; i++) {
            colors[i] = add(colors[i], colors[i - 1]);
        }
        return colors;
    }

    /** Green was subtracted from red and blue. */
    record Green(int codedWidth) implements Vp8lTransform {
        @Override
        public int[] undo(int[] pixels) {
            for (int i = 0; i < pixels.length; i++) {
                int green = (pixels[i] >> 8) & 0xFF;
                pixels[i] = add(pixels[i], (green << 16) | green);
            }
            return pixels;
        }
    }

    /** Multiples of green were subtracted from red, and multiples of both from blue; block by block. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Color(int codedWidth, int height, int blockBits, int blocksWide, int[] blocks) implements Vp8lTransform {
        @Override
        public int[] undo(int[] pixels) {
            int i = 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < codedWidth; x++, i++) {
                    int block = blocks[(y >> blockBits) * blocksWide + (x >> blockBits)];
                    int green = pixels[i] >> 8;
                    int red = (pixels[i] >> 16) + product(block, green);
                    int blue = pixels[i] + product(block >> 8, green) + product(block >> 16, red);
                    pixels[i] = (pixels[i] & 0xFF00FF00) | ((red & 0xFF) << 16) | (blue & 0xFF);
                }
            }
            return pixels;
        }

        /** Of the lowest bytes, as signed numbers. */
        private static int product(int factor, int color) {
            return ((byte) factor * (byte) color) >> 5;
        }
    }

    /** Pixels are indices of colors; one pixel holds several indices where there are few colors. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Palette(int width, int height, int[] colors) implements Vp8lTransform {
        @Override
        public int codedWidth() {
            return Vp8lPixels.ceil(width, packing());
        }

        @Override
        public int[] undo(int[] coded) {
            int packing = packing();
            int indexBits = Byte.SIZE >> packing;
            int codedWidth = codedWidth();
            int[] pixels = packing == 0 ? coded : new int[Math.multiplyExact(width, height)];
            int i = 0;
            for (int y = 0; y < height; y++) {
                for (int x = 0; x < width; x++, i++) {
                    int green = (coded[y * codedWidth + (x >> packing)] >> 8) & 0xFF;
                    int within = x & ((1 << packing) - 1);
                    int index = (green >> (within * indexBits)) & ((1 << indexBits) - 1);
                    pixels[i] = index < colors.length ? colors[index] : 0;
                }
            }
            return pixels;
        }

        /** Logarithm of the number of indices in a pixel. */
        private int packing() {
            return colors.length <= 2 ? 3 : colors.length <= 4 ? 2 : colors.length <= 16 ? 1 : 0;
        }
    }
}
