package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import java.nio.file.Path;

/** Results and truths of different images. Where missing images are allowed, those of only one file are left out instead. */
public final class UnmatchedImagesException extends DeqaException {
    private static final long serialVersionUID = 1L;

    UnmatchedImagesException(Path results, String problem) {
        super(results + ": " + problem);
    }
}
