package io.github.deqa4j.image.prepare;

import io.github.deqa4j.image.Span;

/**
 * Where a side of an image lies in what a network sees at its own scale.
 *
 * @param image length of the side in pixels
 * @param shrunk what shrinking leaves of it, at most as much
 * @param seen length of what is seen: more where the image is continued outward, the image then in the middle
 */
public record ViewAxis(int image, int shrunk, int seen) {
    /** Whether the image is continued outward along this side. */
    public boolean continued() {
        return seen > shrunk;
    }

    /**
     * The part of the image that is shown by pixels of what is seen.
     *
     * @param start index of the first of them
     * @param end index after the last; what lies outside the image is left out, but not all may
     */
    public Span span(int start, int end) {
        return new Span(inImage(start), inImage(end));
    }

    /** Index in what is seen of the image's first pixel. */
    public int offset() {
        return (seen - shrunk) / 2;
    }

    private double inImage(int edge) {
        int inside = Math.max(0, Math.min(shrunk, edge - offset()));
        return (double) inside * image / shrunk;
    }
}
