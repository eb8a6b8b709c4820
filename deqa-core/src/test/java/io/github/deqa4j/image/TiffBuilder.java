package io.github.deqa4j.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;

/** Writes small TIFF files of one strip, whose tags are all of type LONG. */
public final class TiffBuilder {
    private static final int STRIP_OFFSETS = 273;
    private static final int HEADER_BYTES = 8;
    private static final int ENTRY_BYTES = 12;

    private final ByteOrder order;
    private final Map<Integer, int[]> tags = new TreeMap<>();

    public TiffBuilder(ByteOrder order) {
        this.order = order;
        tags.put(STRIP_OFFSETS, new int[1]);
    }

    public TiffBuilder with(int tag, int... values) {
        tags.put(tag, values);
        return this;
    }

    public TiffBuilder without(int tag) {
        tags.remove(tag);
        return this;
    }

    /** A file of six bytes of samples, 1 to 6. */
    public byte[] bytes() {
        return bytes(new byte[] {1, 2, 3, 4, 5, 6});
    }

    public byte[] floats(float... samples) {
        ByteBuffer data = ByteBuffer.allocate(samples.length * Float.BYTES).order(order);
        for (float sample : samples) {
            data.putFloat(sample);
        }
        return bytes(data.array());
    }

    public byte[] bytes(byte[] strip) {
        int valuesAt = HEADER_BYTES + 2 + tags.size() * ENTRY_BYTES + 4;
        int farBytes = tags.values().stream()
                .mapToInt(values -> values.length > 1 ? values.length * Integer.BYTES : 0)
                .sum();
        int stripAt = valuesAt + farBytes;
        tags.computeIfPresent(STRIP_OFFSETS, (tag, old) -> new int[] {stripAt});
        ByteBuffer file = ByteBuffer.allocate(stripAt + strip.length).order(order);
        file.put(order == ByteOrder.BIG_ENDIAN ? new byte[] {'M', 'M'} : new byte[] {'I', 'I'});
        file.putShort((short) 42).putInt(HEADER_BYTES).putShort((short) tags.size());
        int far = valuesAt;
        for (Map.Entry<Integer, int[]> tag : tags.entrySet()) {
            int[] values = tag.getValue();
            file.putShort(tag.getKey().shortValue()).putShort((short) 4).putInt(values.length);
            file.putInt(values.length == 1 ? values[0] : far);
            for (int i = 0; values.length > 1 && i < values.length; i++, far += Integer.BYTES) {
                file.putInt(far, values[i]);
            }
        }
        return file.putInt(0).position(stripAt).put(strip).array();
    }
}
