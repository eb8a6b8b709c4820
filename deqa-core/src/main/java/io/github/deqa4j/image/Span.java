package io.github.deqa4j.image;

import io.github.deqa4j.InvalidInputException;

/**
 * A stretch of an image along one of its sides.
 *
 * @param start where it begins, in pixels from the left or upper edge
 * @param end where it ends, likewise; more than the start
 */
public record Span(double start, double end) {
    /** @throws InvalidInputException if it is empty or begins before the image */
    public Span {
        if (!(start >= 0 && end > start)) {
            throw new InvalidInputException(
                    "a stretch of an image from " + start + " to " + end + "; it must satisfy 0 ≤ start < end");
        }
    }

    /** Its middle, in pixels from the left or upper edge. */
    public double center() {
        return (start + end) / 2;
    }
}
