package io.github.deqa4j.image.jpeg;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.EncodedFile;
import java.util.ArrayList;
import java.util.List;

/** The frame header of a JPEG file (ITU T.81, B.2.2): sides, components and how they are coded. */
final class JpegFrame {
    private static final int PROGRESSIVE = 0xC2;
    private static final int MOST_FACTOR = 4;
    private static final int MOST_COMPONENTS = 4;

    final int width;
    final int height;
    final boolean progressive;
    final List<JpegComponent> components = new ArrayList<>();

    /** Units (all blocks of all components at one place) in a row, and rows of them. */
    final int unitsWide;

    final int unitsHigh;

    /** The greatest sampling factors. */
    final int across;

    final int down;

    /**
     * Reads a frame header.
     *
     * @param marker 0xC0 to 0xC2
     * @param offset of its first byte after the length
     */
    JpegFrame(EncodedFile file, int marker, int offset) {
        int precision = file.u8(offset);
        if (precision != Byte.SIZE) {
            throw file.unsupported("the JPEG samples have " + precision + " bits; only 8 can be read");
        }
        progressive = marker == PROGRESSIVE;
        height = file.u16(offset + 1L);
        width = file.u16(offset + 3L);
        file.checkSize(width, height);
        int count = file.u8(offset + 5L);
        if (count != 1 && count != RgbImage.CHANNELS && count != MOST_COMPONENTS) {
            throw file.unsupported("the JPEG file has " + count + " color components; it must have 1, 3 or 4");
        }
        for (int i = 0; i < count; i++) {
            components.add(component(file, offset + 6 + 3 * i, count));
        }
        across = components.stream().mapToInt(c -> c.across).max().orElseThrow();
        down = components.stream().mapToInt(c -> c.down).max().orElseThrow();
        unitsWide = ceil(width, across * JpegComponent.SIDE);
        unitsHigh = ceil(height, down * JpegComponent.SIDE);
        for (JpegComponent c : components) {
            measure(file, c);
        }
    }

    /** The identifiers of the components as one-byte characters. */
    String ids() {
        StringBuilder ids = new StringBuilder();
        components.forEach(c -> ids.append((char) c.id));
        return ids.toString();
    }

    /** Blocks of all components. */
    long blocks() {
        return components.stream()
                .mapToLong(c -> (long) c.blocksWide * c.blocksHigh)
                .sum();
    }

    private static JpegComponent component(EncodedFile file, int offset, int count) {
        int factors = file.u8(offset + 1L);
        int across = factors >> 4;
        int down = factors & 0xF;
        int quantizer = file.u8(offset + 2L);
        if (across < 1 || across > MOST_FACTOR || down < 1 || down > MOST_FACTOR || quantizer >= MOST_COMPONENTS) {
            throw file.damaged("the JPEG component at byte " + offset + " has the sampling factors " + across + "×"
                    + down + " and quantization table " + quantizer + "; the file is damaged");
        }
        // a single component is never interleaved, and its factors have no meaning
        return new JpegComponent(file.u8(offset), count == 1 ? 1 : across, count == 1 ? 1 : down, quantizer);
    }

    private void measure(EncodedFile file, JpegComponent c) {
        if (across % c.across != 0 || down % c.down != 0) {
            throw file.unsupported("the JPEG components have the sampling factors " + c.across + "×" + c.down + " and "
                    + across + "×" + down + "; only whole multiples can be read");
        }
        c.width = ceil(width * c.across, across);
        c.height = ceil(height * c.down, down);
        c.blocksWide = ceil(c.width, JpegComponent.SIDE);
        c.blocksHigh = ceil(c.height, JpegComponent.SIDE);
        c.stride = unitsWide * c.across;
    }

    private static int ceil(int value, int divisor) {
        return (value + divisor - 1) / divisor;
    }
}
