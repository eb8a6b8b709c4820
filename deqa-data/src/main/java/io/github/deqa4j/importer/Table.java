package io.github.deqa4j.importer;

import io.github.deqa4j.file.Excerpt;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Rows with named columns. */
interface Table {
    Path file();

    /** Checks, where the table names its columns once, that these are among them. */
    void require(String... columns);

    /**
     * Checks a column that may be absent.
     *
     * @throws io.github.deqa4j.dataset.InvalidDataException if it is, and another differs from it in case alone
     */
    void refuseOtherCase(String column);

    void forEach(Consumer<Row> row);

    /** A row of a table: texts by the name of their column. Every complaint names the place and the column. */
    final class Row {
        private final Location place;
        private final Function<String, @Nullable String> cells;

        /**
         * Takes a row.
         *
         * @param cells the text under a column; null where there is none
         */
        Row(Location place, Function<String, @Nullable String> cells) {
            this.place = place;
            this.cells = cells;
        }

        Location place() {
            return place;
        }

        /** The text under a column, without blanks around it; absent where there is none or only blanks. */
        Optional<String> optional(String column) {
            String text = cells.apply(column);
            return text == null || text.isBlank() ? Optional.empty() : Optional.of(text.strip());
        }

        String text(String column) {
            return optional(column)
                    .orElseThrow(() -> place.error(Excerpt.quoted(column) + " is empty; it must have a value"));
        }

        double number(String column) {
            return Decimals.parse(place, column, text(column));
        }

        /** A number that cannot be below 0: a spread, a count, a share. */
        double notNegative(String column) {
            double value = number(column);
            if (value < 0) {
                throw place.error(Excerpt.quoted(column) + " is " + text(column) + "; it cannot be negative");
            }
            return value;
        }

        OptionalDouble optionalNotNegative(String column) {
            return optional(column).isPresent() ? OptionalDouble.of(notNegative(column)) : OptionalDouble.empty();
        }

        String image(String column) {
            return ImageName.check(place, text(column));
        }
    }
}
