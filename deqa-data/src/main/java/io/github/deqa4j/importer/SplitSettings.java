package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How images are split into training and test.
 *
 * @param ratio share of the images (of the references, where there are any) for training, between 0 and 1
 * @param seed of the drawing; the same seed gives the same split
 * @param official whether the layout's own split is taken where it gives one
 * @param test names of the test images, with or without folders; all others are for training
 */
public record SplitSettings(double ratio, long seed, boolean official, Optional<Set<String>> test) {
    public static final double STANDARD_RATIO = 0.8;
    public static final long STANDARD_SEED = 131;

    /** Checks the ratio. */
    public SplitSettings {
        if (!(ratio > 0 && ratio < 1)) {
            throw new IllegalArgumentException("the split ratio is " + ratio + "; it must lie between 0 and 1");
        }
        test = test.map(Set::copyOf);
    }

    /** The official split, or four to one. */
    public static SplitSettings standard() {
        return new SplitSettings(STANDARD_RATIO, STANDARD_SEED, true, Optional.empty());
    }

    /** A drawn split, whatever the layout gives. */
    public static SplitSettings drawn(double ratio, long seed) {
        return new SplitSettings(ratio, seed, false, Optional.empty());
    }

    /**
     * The same with the test images that a file names, one on each line; blank lines are passed over.
     *
     * @throws InvalidDataException if the file is missing, not text, or names nothing
     */
    public SplitSettings withTestList(Path file) {
        Set<String> names = TextFile.read(file)
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .collect(Collectors.toSet());
        if (names.isEmpty()) {
            throw new InvalidDataException(file, "the list names no image; give one name a line");
        }
        return withTest(names);
    }

    public SplitSettings withTest(Set<String> names) {
        return new SplitSettings(ratio, seed, official, Optional.of(names));
    }
}
