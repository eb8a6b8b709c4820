package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.file.Excerpt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.format.Mat5File;
import us.hebi.matlab.mat.types.Array;
import us.hebi.matlab.mat.types.Cell;
import us.hebi.matlab.mat.types.Char;
import us.hebi.matlab.mat.types.MatFile;
import us.hebi.matlab.mat.types.Matrix;
import us.hebi.matlab.mat.types.Sources;

/** Reads lists out of MATLAB level 5 files. */
final class MatFileReader {
    private static final int MAX_BYTES = 64 << 20;

    private MatFileReader() {}

    /**
     * The texts of a cell array.
     *
     * @throws InvalidDataException if the file is missing, damaged or claims too much, or has no such variable
     */
    static List<String> texts(Path file, String variable) {
        return read(file, variable, array -> texts(file, variable, array));
    }

    private static List<String> texts(Path file, String variable, Array array) {
        if (!(array instanceof Cell cells)) {
            throw wrong(file, variable, "a cell array of texts");
        }
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells.getNumElements(); i++) {
            Array cell = cells.get(i);
            if (!(cell instanceof Char text) || text.getNumRows() != 1) {
                throw wrong(file, variable, "a text in cell " + (i + 1));
            }
            texts.add(text.getString());
        }
        return texts;
    }

    /**
     * The numbers of a matrix, column by column.
     *
     * @throws InvalidDataException as {@link #texts}
     */
    static double[] numbers(Path file, String variable) {
        return read(file, variable, array -> numbers(file, variable, array));
    }

    private static double[] numbers(Path file, String variable, Array array) {
        if (!(array instanceof Matrix matrix)) {
            throw wrong(file, variable, "a matrix of numbers");
        }
        double[] numbers = new double[matrix.getNumElements()];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = matrix.getDouble(i);
        }
        return numbers;
    }

    /** Copies values out of a variable before the file is closed, which frees its data. */
    private static <T> T read(Path file, String variable, Function<Array, T> values) {
        byte[] bytes = MatGuard.check(file, variable, TextFile.bytes(file, MAX_BYTES));
        try (Mat5File content = Mat5.newReader(Sources.wrap(bytes))
                .disableSubsystemProcessing()
                .setEntryFilter(header -> header.getName().equals(variable))
                .readMat()) {
            for (MatFile.Entry entry : content.getEntries()) {
                return values.apply(entry.getValue());
            }
        } catch (InvalidDataException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // the library throws many kinds on damaged files
            throw new InvalidDataException(
                    file,
                    "variable \"" + variable + "\" cannot be read (" + Excerpt.reason(e) + "); get the file again");
        }
        throw wrong(file, variable, "such a variable");
    }

    private static InvalidDataException wrong(Path file, String variable, String expected) {
        return new InvalidDataException(
                file, "variable \"" + variable + "\": there is not " + expected + "; get the file again");
    }
}
