package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
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

    private final Location place;
    private final Map<String, Integer> positions = new LinkedHashMap<>();

    /** Takes the names; blank ones are passed over. */
    Header(Location place, List<String> names) {
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
                throw missing("there is no column " + Excerpt.quoted(column) + "; the columns are " + names());
            }
        }
    }

    /** Refuses a table where an optional column is absent and another column has its name in other case. */
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

    /** A missing column; a single column whose name holds a separator shows that the table is written with that one. */
    private DeqaException missing(String problem) {
        String only = positions.size() == 1 ? positions.keySet().iterator().next() : "";
        if (only.contains(";")) {
            String advice = otherSeparator("semicolons") + ", and with decimal commas where numbers are written as 3,4";
            return place.formatError(problem + advice, ';', true);
        }
        if (only.contains("\t")) {
            return place.formatError(problem + otherSeparator("tabs"), '\t', false);
        }
        return only.contains(",")
                ? place.formatError(problem + "; the values seem to be separated by commas, so read it so", ',', false)
                : place.error(problem);
    }

    private static String otherSeparator(String marks) {
        return "; the values seem to be separated by " + marks
                + ", so save the file with commas, or read it as a table of your own with this separator";
    }
}
