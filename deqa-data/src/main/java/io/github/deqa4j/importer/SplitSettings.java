package io.github.deqa4j.importer;

import java.util.Optional;
import java.util.Set;

/**
 * How images are parted into training and test.
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

    public SplitSettings withTest(Set<String> names) {
        return new SplitSettings(ratio, seed, official, Optional.of(names));
    }
}
