package io.github.deqa4j.importer;

import java.nio.file.Path;
import java.util.function.Consumer;

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
}
