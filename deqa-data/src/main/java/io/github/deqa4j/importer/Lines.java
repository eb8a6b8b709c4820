package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Files with no header: a line of values for each image. Blank lines are passed over. */
final class Lines {
    static final Pattern BLANKS = Pattern.compile("\\s+");
    static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    private Lines() {}

    /**
     * Reads a file.
     *
     * @param width values in a line
     * @param expected what a line must hold, for the message
     */
    static List<Line> read(Path file, Pattern separator, int width, String expected) {
        List<Line> lines = new ArrayList<>();
        int number = 0;
        for (String text : (Iterable<String>) TextFile.read(file).lines()::iterator) {
            number++;
            if (!text.isBlank()) {
                Line line = new Line(Location.line(file, number), List.of(separator.split(text.strip(), -1)));
                line.requireWidth(width, expected);
                lines.add(line);
            }
        }
        if (lines.isEmpty()) {
            throw Location.line(file, 1).error("the file is empty; a line must hold " + expected);
        }
        return lines;
    }

    /** The values of a line. */
    record Line(Location place, List<String> values) {
        void requireWidth(int width, String expected) {
            if (values.size() != width) {
                throw place.error("there are " + values.size() + " values; a line must hold " + expected);
            }
        }

        String image(int position) {
            return ImageName.check(place, values.get(position));
        }

        double number(int position, String field) {
            return Decimals.parse(place, field, values.get(position));
        }

        double notNegative(int position, String field) {
            double value = number(position, field);
            if (value < 0) {
                throw place.error(Excerpt.quoted(field) + " is " + values.get(position) + "; it cannot be negative");
            }
            return value;
        }
    }
}
