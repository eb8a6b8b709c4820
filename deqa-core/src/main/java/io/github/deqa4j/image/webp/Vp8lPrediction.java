package io.github.deqa4j.image.webp;

/** Undoes the prediction of pixels from their neighbors, in one of fourteen modes per block. */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Vp8lPrediction(int codedWidth, int height, int blockBits, int blocksWide, int[] blocks)
        implements Vp8lTransform {
    private static final int BLACK = 0xFF000000;

    @Override
    public int[] undo(int[] pixels) {
        pixels[0] = Vp8lTransform.add(pixels[0], BLACK);
        for (int x = 1; x < codedWidth; x++) {
            pixels[x] = Vp8lTransform.add(pixels[x], pixels[x - 1]);
        }
        for (int y = 1; y < height; y++) {
            int i = y * codedWidth;
            pixels[i] = Vp8lTransform.add(pixels[i], pixels[i - codedWidth]);
            for (int x = 1; x < codedWidth; x++) {
                int mode = (blocks[(y >> blockBits) * blocksWide + (x >> blockBits)] >> 8) & 0xF;
                pixels[i + x] = Vp8lTransform.add(pixels[i + x], predict(mode, pixels, i + x));
            }
        }
        return pixels;
    }

    /** The neighbor above and to the right of the last pixel in a row is the first one in its own row. */
    private int predict(int mode, int[] pixels, int at) {
        int left = pixels[at - 1];
        int above = pixels[at - codedWidth];
        int aboveLeft = pixels[at - codedWidth - 1];
        int aboveRight = pixels[at - codedWidth + 1];
        return switch (mode) {
            case 1 -> left;
            case 2 -> above;
            case 3 -> aboveRight;
            case 4 -> aboveLeft;
            case 5 -> mean(mean(left, aboveRight), above);
            case 6 -> mean(left, aboveLeft);
            case 7 -> mean(left, above);
            case 8 -> mean(aboveLeft, above);
            case 9 -> mean(above, aboveRight);
            case 10 -> mean(mean(left, aboveLeft), mean(above, aboveRight));
            case 11 -> nearer(left, above, aboveLeft);
            case 12 -> gradient(left, above, aboveLeft);
            case 13 -> halfGradient(mean(left, above), aboveLeft);
            default -> BLACK;
        };
    }

    /** Byte by byte, rounded down. */
    private static int mean(int a, int b) {
        return (((a ^ b) & 0xFEFEFEFE) >>> 1) + (a & b);
    }

    private static int nearer(int left, int above, int aboveLeft) {
        int toLeft = 0;
        int toAbove = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int corner = (aboveLeft >> shift) & 0xFF;
            toLeft += Math.abs(((above >> shift) & 0xFF) - corner);
            toAbove += Math.abs(((left >> shift) & 0xFF) - corner);
        }
        return toLeft < toAbove ? left : above;
    }

    private static int gradient(int left, int above, int aboveLeft) {
        int result = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int value = ((left >> shift) & 0xFF) + ((above >> shift) & 0xFF) - ((aboveLeft >> shift) & 0xFF);
            result |= clip(value) << shift;
        }
        return result;
    }

    private static int halfGradient(int mean, int aboveLeft) {
        int result = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
            int value = (mean >> shift) & 0xFF;
            result |= clip(value + (value - ((aboveLeft >> shift) & 0xFF)) / 2) << shift;
        }
        return result;
    }

    private static int clip(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
