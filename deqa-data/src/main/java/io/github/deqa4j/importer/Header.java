package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The names of a table's columns. */
final class Header {
    private static final int MAX_COLUMNS = 10_000;

    private final Place place;
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    /** Takes the names; blank ones are passed over. */
    Header(Place place, List<String> names) {
        this.place = place;
        if (names.size() > MAX_COLUMNS) {
            throw place.error("there are " + names.size() + " columns; a table of ratings has at most " + MAX_COLUMNS);
        }
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i).strip();
            if (!name.isEmpty() && positions.put(name, i) != null) {
                throw place.error("two columns are named " + Excerpt.quoted(name) + "; rename one");
            }
        }
    }

    void require(String... columns) {
        for (String column : columns) {
            refuseOtherCase(column);
            if (!positions.containsKey(column)) {
                throw place.error(
                        "there is no column " + Excerpt.quoted(column) + "; the columns are " + names() + hint());
            }
        }
    }

    /** Checks a column that may be absent: it must not stand there in another case. */
    void refuseOtherCase(String column) {
        Optional<String> other =
                positions.keySet().stream().filter(column::equalsIgnoreCase).findFirst();
        if (other.isPresent() && !positions.containsKey(column)) {
            throw place.error("there is no column " + Excerpt.quoted(column) + "; did you mean "
                    + Excerpt.quoted(other.get()) + "? The columns are " + names());
        }
    }

    @Nullable
    String cell(List<String> values, String column) {
        Integer position = positions.get(column);
        return position == null || position >= values.size() ? null : values.get(position);
    }

    private String names() {
        return positions.keySet().stream().limit(20).map(Excerpt::quoted).collect(Collectors.joining(", "));
    }

    private String hint() {
        String only = positions.size() == 1 ? positions.keySet().iterator().next() : "";
        if (only.contains(";")) {
            return hint("semicolons", "';' --decimal-comma, the latter where numbers are written as 3,4");
        }
        if (only.contains("\t")) {
            return hint("tabs", "tab");
        }
        return only.contains(",") ? "; the values seem to be parted by commas, so leave out --separator" : "";
    }

    private static String hint(String marks, String option) {
        return "; the values seem to be parted by " + marks
                + ", so save the file with commas, or read it as a table of your own with --separator " + option;
    }
}
