package io.github.deqa4j.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.dataset.InvalidDataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.Cell;

/** Files that claim more than they hold; all are level 5, little-endian and not compressed unless said otherwise. */
class MatFileReaderTest {
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;

    @TempDir
    Path folder;

    @Test
    void textsAndNumbersAreRead() {
        Path texts = NativeFiles.mat(folder.resolve("a.mat"), "x", NativeFiles.names("a.bmp", "", "\u00E9.bmp"));
        Path numbers = NativeFiles.mat(folder.resolve("b.mat"), "x", NativeFiles.row(1.5, -2));

        assertThat(MatFileReader.texts(texts, "x")).containsExactly("a.bmp", "", "\u00E9.bmp");
        assertThat(MatFileReader.numbers(numbers, "x")).containsExactly(1.5, -2);
    }

    @Test
    void otherVariablesArePassedOver() throws IOException {
        Path file = folder.resolve("two.mat");
        try (var sink = us.hebi.matlab.mat.types.Sinks.newStreamingFile(file.toFile())) {
            Mat5.newMatFile()
                    .addArray("other", Mat5.newStruct().set("deep", Mat5.newScalar(1)))
                    .addArray("x", NativeFiles.row(3))
                    .writeTo(sink);
        }

        assertThat(MatFileReader.numbers(file, "x")).containsExactly(3);
    }

    @Test
    void dimensionsBeyondTheFileAreRefused() {
        Path file = file(element(MATRIX, array(6, 8, 8, new byte[8])));

        expect(file, "found an array of more elements than the file has bytes for; the file is damaged or cut off");
    }

    @Test
    void aTagBeyondTheFileIsRefused() {
        ByteBuffer tag = ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(MATRIX)
                .putInt(Integer.MAX_VALUE);

        expect(
                file(tag.array()),
                "found an element of 2147483647 bytes where 8 are left; the file is damaged or cut off");
    }

    @Test
    void aNegativeDimensionIsRefused() {
        expect(file(element(MATRIX, array(6, -1, 1, new byte[8]))), "found an array of size -1; get the file again");
    }

    @Test
    void anInflatedFloodIsRefused() throws IOException {
        ByteArrayOutputStream compressed = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(compressed, new Deflater(9))) {
            out.write(ByteBuffer.allocate(8)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(MATRIX)
                    .putInt(100 << 20)
                    .array());
            for (int i = 0; i < 100; i++) {
                out.write(new byte[1 << 20]);
            }
        }

        expect(
                file(element(COMPRESSED, compressed.toByteArray())),
                "found a variable of more than 64 MiB; this is no list of ratings");
    }

    @Test
    void cellsWithinCellsWithoutEndAreRefused() {
        Cell cell = Mat5.newCell(1, 1);
        for (int i = 0; i < 50; i++) {
            cell = Mat5.newCell(1, 1).set(0, cell);
        }

        expect(
                NativeFiles.mat(folder.resolve("deep.mat"), "x", cell),
                "found cells within cells to a depth beyond 8; this is no list of ratings");
    }

    @Test
    void whatIsNoListIsRefused() {
        expect(
                NativeFiles.mat(folder.resolve("struct.mat"), "x", Mat5.newStruct()),
                "found of class 2; a cell array, a text or numbers were expected");
        expect(
                NativeFiles.write(folder.resolve("text.mat"), "x".repeat(300)),
                "found not a MATLAB level 5 file; get the file again");
        expect(
                NativeFiles.write(folder.resolve("new.mat"), "MATLAB 7.3 MAT-file" + " ".repeat(300)),
                "found a MATLAB 7.3 file; save it in MATLAB with the option -v7");
    }

    private void expect(Path file, String problem) {
        assertThatExceptionOfType(InvalidDataException.class)
                .isThrownBy(() -> MatFileReader.numbers(file, "x"))
                .withMessage(file + ": variable \"x\": " + problem);
    }

    private Path file(byte[] elements) {
        ByteBuffer bytes = ByteBuffer.allocate(128 + elements.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put("MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII));
        bytes.putShort(124, (short) 0x0100).put(126, (byte) 'I').put(127, (byte) 'M');
        bytes.position(128).put(elements);
        return NativeFiles.write(folder.resolve("file.mat"), bytes.array());
    }

    private static byte[] element(int type, byte[] data) {
        int padded = type == COMPRESSED ? data.length : (data.length + 7) / 8 * 8;
        return ByteBuffer.allocate(8 + padded)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(type)
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static byte[] array(int kind, int rows, int columns, byte[] data) {
        ByteBuffer flags = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(kind);
        ByteBuffer sizes = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(rows)
                .putInt(columns);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(element(6, flags.array()));
        bytes.writeBytes(element(5, sizes.array()));
        bytes.writeBytes(element(1, new byte[] {'x'}));
        bytes.writeBytes(element(9, data));
        return bytes.toByteArray();
    }
}
