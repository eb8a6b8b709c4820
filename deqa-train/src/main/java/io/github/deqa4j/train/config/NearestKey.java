package io.github.deqa4j.train.config;

import io.github.deqa4j.text.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the key that a misspelt one may mean. */
final class NearestKey {
    private NearestKey() {}

    static Optional<String> of(String unknown, Collection<String> known) {
        return known.stream().min(Comparator.comparingInt(key -> EditDistance.of(unknown, key)));
    }
}
