package io.github.deqa4j.checkpoint;

import java.util.List;

/**
 * A tuple of a pickle. A class without equality, because a hostile tuple can hold itself and comparing it would not end.
 */
final class PickleTuple {
    private final List<Object> items;

    PickleTuple(List<Object> items) {
        this.items = items;
    }

    List<Object> items() {
        return items;
    }

    int size() {
        return items.size();
    }

    Object get(int index) {
        return items.get(index);
    }
}
