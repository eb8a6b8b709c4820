package io.github.deqa4j.importer;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
                throw place.error("two columns are named " + Place.quote(name) + "; rename one");
            }
        }
    }

    void require(String... columns) {
        for (String column : columns) {
            if (!positions.containsKey(column)) {
                throw place.error(
                        "there is no column " + Place.quote(column) + "; the columns are " + names() + hint());
            }
        }
    }

    @Nullable
    String cell(List<String> values, String column) {
        Integer position = positions.get(column);
        return position == null || position >= values.size() ? null : values.get(position);
    }

    private String names() {
        return positions.keySet().stream().limit(20).map(Place::quote).collect(Collectors.joining(", "));
    }

    private String hint() {
        String only = positions.size() == 1 ? positions.keySet().iterator().next() : "";
        String mark = only.contains(";") ? ";" : only.contains("\t") ? "tab" : only.contains(",") ? "," : "";
        return mark.isEmpty()
                ? ""
                : "; the separator seems to be '" + mark
                        + "', so save the file with commas, or read it as a table of your own with --separator";
    }
}
