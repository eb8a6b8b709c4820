package io.github.deqa4j.image.webp;

import java.io.IOException;
import java.util.BitSet;

/**
 * Decodes an entropy-coded image of a lossless WebP file (WebP Lossless Bitstream Specification, section 5): literal
 * pixels, copies of earlier pixels, and references to a color cache.
 */
final class Vp8lPixels {
    private static final int LITERALS = 256;
    private static final int LENGTH_CODES = 24;
    private static final int DISTANCE_CODES = 40;
    private static final int MOST_CACHE_BITS = 11;
    private static final int HASH = 0x1E35A7BD;

    /** Groups take at most 0.3 GiB. Encoders write a few thousand. */
    private static final int MOST_GROUPS = 1 << 14;

    /** Distances to neighbors, as columns to the left and rows up, two characters each: column + 'h', row + '0'. */
    private static final String NEIGHBORS = "h1i0i1g1h2j0i2g2j1f1j2f2h3k0i3g3k1e1j3f3k2e2h4l0i4g4l1d1k3e3j4f4l2d2"
            + "h5k4e4l3d3m0i5g5m1c1j5f5m2c2l4d4k5e5m3c3h6n0i6g6n1b1j6f6n2b2l5d5m4c4k6e6n3b3h7o0i7g7m5c5o1a1l6d6n4b4"
            + "j7f7o2a2k7e7o3a3m6c6n5b5p0l7d7o4a4p1p2n6b6p3m7c7o5a5p4n7b7o6a6p5o7a7p6p7";

    private final Vp8lBits bits;
    private final int width;
    private final int[] pixels;
    private final int cacheBits;
    private final int[] cache;
    private final int groupBits;
    private final int groupsWide;
    private final int[] groupOf;
    private final Vp8lCode[][] groups; // green and lengths, red, blue, alpha, distances
    private int count;

    private Vp8lPixels(Vp8lBits bits, int width, int height, boolean mayHaveGroups) throws IOException {
        this.bits = bits;
        this.width = width;
        this.cacheBits = bits.flag() ? bits.take(4) : 0;
        if (cacheBits > MOST_CACHE_BITS) {
            throw new IOException("the color cache of the lossless image has " + cacheBits + " bits");
        }
        this.cache = new int[cacheBits == 0 ? 0 : 1 << cacheBits];
        if (mayHaveGroups && bits.flag()) {
            this.groupBits = 2 + bits.take(3);
            this.groupsWide = ceil(width, groupBits);
            this.groupOf = read(bits, groupsWide, ceil(height, groupBits), false);
        } else {
            this.groupBits = Integer.SIZE - 1;
            this.groupsWide = 1;
            this.groupOf = new int[1];
        }
        BitSet used = new BitSet();
        for (int i = 0; i < groupOf.length; i++) {
            groupOf[i] = (groupOf[i] >> Byte.SIZE) & 0xFFFF;
            used.set(groupOf[i]);
        }
        if (used.cardinality() > MOST_GROUPS) {
            throw bits.file()
                    .unsupported("the WebP image has " + used.cardinality() + " groups of prefix codes; at most "
                            + MOST_GROUPS + " are read, so save the image anew");
        }
        this.groups = readGroups(used);
        this.pixels = new int[Math.multiplyExact(width, height)];
    }

    /**
     * Reads an image.
     *
     * @param mayHaveGroups whether parts of the image may have codes of their own
     * @return alpha, red, green, blue of each pixel, [height × width]
     */
    static int[] read(Vp8lBits bits, int width, int height, boolean mayHaveGroups) throws IOException {
        Vp8lPixels image = new Vp8lPixels(bits, width, height, mayHaveGroups);
        image.read();
        return image.pixels;
    }

    /** Number of blocks of 2^bits pixels that cover a side. */
    static int ceil(int side, int bits) {
        return (side + (1 << bits) - 1) >> bits;
    }

    /** The file has all groups up to the last used one. Unused groups are not kept. */
    private Vp8lCode[][] readGroups(BitSet used) throws IOException {
        Vp8lCode[][] read = new Vp8lCode[used.length()][];
        for (int i = 0; i < read.length; i++) {
            Vp8lCode[] group = {
                Vp8lCode.read(bits, LITERALS + LENGTH_CODES + cache.length),
                Vp8lCode.read(bits, LITERALS),
                Vp8lCode.read(bits, LITERALS),
                Vp8lCode.read(bits, LITERALS),
                Vp8lCode.read(bits, DISTANCE_CODES)
            };
            read[i] = used.get(i) ? group : new Vp8lCode[0];
        }
        return read;
    }

    private void read() throws IOException {
        int x = 0;
        int y = 0;
        Vp8lCode[] group = groups[groupOf[0]];
        while (count < pixels.length) {
            int before = count;
            next(group);
            x += count - before;
            y += x / width;
            x %= width;
            if (count < pixels.length) {
                group = groups[groupOf[(y >> groupBits) * groupsWide + (x >> groupBits)]];
            }
        }
    }

    private void next(Vp8lCode[] group) throws IOException {
        int code = group[0].next(bits);
        if (code < LITERALS) {
            int red = group[1].next(bits);
            int blue = group[2].next(bits);
            put((group[3].next(bits) << 24) | (red << 16) | (code << 8) | blue);
        } else if (code < LITERALS + LENGTH_CODES) {
            int length = number(code - LITERALS);
            copy(length, distance(number(group[4].next(bits))));
        } else {
            put(cache[code - LITERALS - LENGTH_CODES]);
        }
    }

    private void put(int pixel) {
        pixels[count++] = pixel;
        if (cacheBits > 0) {
            cache[(HASH * pixel) >>> (Integer.SIZE - cacheBits)] = pixel;
        }
    }

    private void copy(int length, int distance) throws IOException {
        if (distance > count || length > pixels.length - count) {
            throw new IOException("the lossless image copies " + length + " pixels from " + distance + " before pixel "
                    + count + ", which leaves the image");
        }
        for (int i = 0; i < length; i++) {
            put(pixels[count - distance]);
        }
    }

    /** A length or a distance, from the code of its magnitude and further bits. */
    private int number(int code) throws IOException {
        if (code < 4) {
            return code + 1;
        }
        int further = (code - 2) >> 1;
        return ((2 + (code & 1)) << further) + bits.takeLong(further) + 1;
    }

    /** The first codes are neighbors in two dimensions. */
    private int distance(int code) {
        int neighbors = NEIGHBORS.length() / 2;
        if (code > neighbors) {
            return code - neighbors;
        }
        int left = NEIGHBORS.charAt(2 * code - 2) - 'h';
        int up = NEIGHBORS.charAt(2 * code - 1) - '0';
        return Math.max(1, left + up * width);
    }
}
