package io.github.deqa4j.checkpoint;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes pickles operation by operation, sensible or not. */
final class PickleWriter {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** A pickle of protocol 2. */
    static PickleWriter start() {
        return new PickleWriter().raw(0x80, 2);
    }

    /** A pickle of any claimed protocol. */
    static PickleWriter start(int protocol) {
        return new PickleWriter().raw(0x80, protocol);
    }

    /** An ordered dictionary is open for keys and values after this. */
    static PickleWriter stateDict() {
        return start().global("collections", "OrderedDict")
                .raw(')', 'R')
                .raw('q', 0)
                .raw('(');
    }

    PickleWriter raw(int... operations) {
        for (int operation : operations) {
            bytes.write(operation);
        }
        return this;
    }

    PickleWriter repeat(int times, int... operations) {
        for (int i = 0; i < times; i++) {
            raw(operations);
        }
        return this;
    }

    PickleWriter text(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        raw('X').little(utf8.length, Integer.BYTES);
        bytes.writeBytes(utf8);
        return this;
    }

    /** As PyTorch would: the shortest form that fits. */
    PickleWriter whole(long value) {
        if (value >= 0 && value < 1 << 8) {
            return raw('K', (int) value);
        }
        if (value == (int) value) {
            return raw('J').little(value, Integer.BYTES);
        }
        return raw(0x8a, Long.BYTES).little(value, Long.BYTES);
    }

    PickleWriter global(String module, String name) {
        raw('c').bytes.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.UTF_8));
        return this;
    }

    PickleWriter wholes(long... values) {
        raw('(');
        for (long value : values) {
            whole(value);
        }
        return raw('t');
    }

    PickleWriter storage(String type, String key, long elements) {
        return raw('(').text("storage")
                .global("torch", type)
                .text(key)
                .text("cpu")
                .whole(elements)
                .raw('t', 'Q');
    }

    /** A tensor that fills its storage, stored row by row. */
    PickleWriter tensor(String type, String key, long... shape) {
        long elements = 1;
        long[] strides = new long[shape.length];
        for (int i = shape.length - 1; i >= 0; i--) {
            strides[i] = elements;
            elements *= shape[i];
        }
        return tensor(type, key, elements, 0, shape, strides);
    }

    PickleWriter tensor(String type, String key, long elements, long offset, long[] shape, long[] strides) {
        return global("torch._utils", "_rebuild_tensor_v2")
                .raw('(')
                .storage(type, key, elements)
                .whole(offset)
                .wholes(shape)
                .wholes(strides)
                .raw(0x89)
                .global("collections", "OrderedDict")
                .raw(')', 'R', 't', 'R');
    }

    /** Closes the keys and values, and the pickle. */
    byte[] endDict() {
        return raw('u').end();
    }

    byte[] end() {
        return raw('.').bytes.toByteArray();
    }

    private PickleWriter little(long value, int count) {
        for (int i = 0; i < count; i++) {
            raw((int) (value >> (Byte.SIZE * i)));
        }
        return this;
    }
}
