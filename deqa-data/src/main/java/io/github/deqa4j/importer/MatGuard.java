package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.InflaterInputStream;

/**
 * Looks through the tags of a MATLAB level 5 file before a library allocates what they claim: every element lies within
 * the one around it, inflated data and dimensions stay within limits, and the variable asked for holds only cells, texts
 * and numbers.
 */
final class MatGuard {
    private static final int HEADER_BYTES = 128;
    private static final int SUBSYSTEM_OFFSET = 116;
    private static final int SUBSYSTEM_BYTES = 8;
    private static final int ORDER_MARK = 126;
    private static final int TAG_BYTES = 8;
    private static final int MAX_INFLATED = 64 << 20;
    private static final int MAX_DEPTH = 8;
    private static final int MAX_NAME = 256;
    private static final int MAX_DIMENSIONS = 8;
    private static final int CLASS_MASK = 0xFF;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;
    private static final int CELL_CLASS = 1;
    private static final int CHAR_CLASS = 4;
    private static final int FIRST_NUMBER_CLASS = 6;
    private static final int LAST_NUMBER_CLASS = 15;

    private final Path file;
    private final String variable;

    private MatGuard(Path file, String variable) {
        this.file = file;
        this.variable = variable;
    }

    /**
     * Checks a file for one of its variables.
     *
     * @return a copy of the bytes, whose header points to no further data
     * @throws InvalidDataException if the file is not of level 5, is damaged, or claims too much
     */
    static byte[] check(Path file, String variable, byte[] bytes) {
        new MatGuard(file, variable).walk(bytes);
        byte[] copy = bytes.clone();
        for (int i = 0; i < SUBSYSTEM_BYTES; i++) {
            copy[SUBSYSTEM_OFFSET + i] = 0;
        }
        return copy;
    }

    private void walk(byte[] bytes) {
        String start = new String(bytes, 0, Math.min(bytes.length, 10), StandardCharsets.ISO_8859_1);
        require(!start.equals("MATLAB 7.3"), "a MATLAB 7.3 file", "save it in MATLAB with the option -v7");
        boolean little = bytes.length > HEADER_BYTES && bytes[ORDER_MARK] == 'I' && bytes[ORDER_MARK + 1] == 'M';
        boolean big = bytes.length > HEADER_BYTES && bytes[ORDER_MARK] == 'M' && bytes[ORDER_MARK + 1] == 'I';
        require(little || big, "not a MATLAB level 5 file", "get the file again");
        ByteBuffer in = ByteBuffer.wrap(bytes)
                .position(HEADER_BYTES)
                .slice()
                .order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        while (in.remaining() >= TAG_BYTES) {
            Element element = element(in);
            ByteBuffer matrix = element.type == COMPRESSED ? inflated(element.data) : element.data;
            if (element.type == COMPRESSED || element.type == MATRIX) {
                matrix(matrix, 0);
            }
        }
    }

    private ByteBuffer inflated(ByteBuffer data) {
        byte[] compressed = new byte[data.remaining()];
        data.get(compressed);
        try (InputStream in = new InflaterInputStream(new ByteArrayInputStream(compressed))) {
            byte[] bytes = in.readNBytes(MAX_INFLATED + 1);
            require(
                    bytes.length <= MAX_INFLATED,
                    "a variable of more than " + (MAX_INFLATED >> 20) + " MiB",
                    "this is no list of ratings");
            Element element = element(ByteBuffer.wrap(bytes).order(data.order()));
            require(element.type == MATRIX, "damaged", "get the file again");
            return element.data;
        } catch (IOException e) {
            throw problem("damaged", "its compressed data cannot be read, so get the file again");
        }
    }

    private void matrix(ByteBuffer in, int depth) {
        if (!in.hasRemaining()) {
            return; // an empty array is written as no bytes
        }
        require(depth <= MAX_DEPTH, "cells within cells to a depth beyond " + MAX_DEPTH, "this is no list of ratings");
        Element flags = element(in);
        require(flags.data.remaining() == 8, "damaged", "the flags of an array have the wrong length");
        int kind = flags.data.getInt() & CLASS_MASK;
        Element dimensions = element(in);
        require(
                dimensions.data.remaining() <= MAX_DIMENSIONS * Integer.BYTES && dimensions.data.remaining() % 4 == 0,
                "an array of " + dimensions.data.remaining() / 4 + " dimensions",
                "this is no list of ratings");
        ByteBuffer name = element(in).data;
        require(name.remaining() <= MAX_NAME, "a name of " + name.remaining() + " bytes", "names are shorter");
        if (depth == 0
                && !variable.equals(
                        StandardCharsets.US_ASCII.decode(name.duplicate()).toString())) {
            return; // another variable, which is not read
        }
        content(in, kind, elements(dimensions.data, in.remaining()), depth);
    }

    private void content(ByteBuffer in, int kind, long elements, int depth) {
        boolean number = kind >= FIRST_NUMBER_CLASS && kind <= LAST_NUMBER_CLASS;
        require(
                kind == CELL_CLASS || kind == CHAR_CLASS || number,
                "of class " + kind,
                "a cell array, a text or numbers were expected");
        if (kind != CELL_CLASS) {
            element(in);
            return;
        }
        for (long i = 0; i < elements; i++) {
            Element cell = element(in);
            require(cell.type == MATRIX, "damaged", "a cell does not hold an array");
            matrix(cell.data, depth + 1);
        }
    }

    /** Product of the dimensions; each element takes a byte at least, so there are no more than bytes left. */
    private long elements(ByteBuffer dimensions, int bytesLeft) {
        long product = 1;
        while (dimensions.hasRemaining()) {
            int size = dimensions.getInt();
            require(size >= 0, "an array of size " + size, "get the file again");
            product *= size;
            require(
                    product <= bytesLeft,
                    "an array of more elements than the file has bytes for",
                    "the file is damaged or cut off");
        }
        return product;
    }

    /** Takes a tag and its data off the front. */
    private Element element(ByteBuffer in) {
        require(in.remaining() >= TAG_BYTES, "cut off", "get the file again");
        int first = in.getInt();
        int small = first >>> Short.SIZE;
        int size = small == 0 ? in.getInt() : small;
        int type = small == 0 ? first : first & 0xFFFF;
        boolean fits = size >= 0 && size <= (small == 0 ? in.remaining() : Integer.BYTES);
        require(
                fits,
                "an element of " + Integer.toUnsignedString(size) + " bytes where " + in.remaining() + " are left",
                "the file is damaged or cut off");
        ByteBuffer data = in.slice().limit(size).slice().order(in.order());
        int padded = small != 0 ? Integer.BYTES : type == COMPRESSED ? size : (size + 7) / 8 * 8;
        in.position(Math.min(in.limit(), in.position() + padded));
        return new Element(type, data);
    }

    private void require(boolean condition, String found, String advice) {
        if (!condition) {
            throw problem(found, advice);
        }
    }

    private InvalidDataException problem(String found, String advice) {
        return new InvalidDataException(file, "variable \"" + variable + "\": found " + found + "; " + advice);
    }

    private record Element(int type, ByteBuffer data) {}
}
