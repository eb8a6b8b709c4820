package io.github.deqa4j.report;

import java.util.List;

/**
 * A table of texts.
 *
 * @param head the columns' names
 * @param rows rows of as many cells
 */
record Grid(List<String> head, List<List<String>> rows) {
    /** A grid that does not change. */
    Grid {
        head = List.copyOf(head);
        rows = rows.stream().map(List::copyOf).toList();
    }
}
