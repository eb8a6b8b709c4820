package io.github.deqa4j.image.prepare;

import io.github.deqa4j.image.Span;

/**
 * One axis of an image as a network sees it at its own scale.
 *
 * @param image length of the side in pixels
 * @param shrunk length after shrinking, at most as much
 * @param seen length of the view; more than shrunk where the image is extended by reflection, and the image is then in
 *     the middle
 */
public record ViewAxis(int image, int shrunk, int seen) {
    /** Whether the image is extended along this axis. */
    public boolean continued() {
        return seen > shrunk;
    }

    /**
     * The part of the image that a range of the view shows.
     *
     * @param start index of the first pixel of the range
     * @param end index after the last pixel; the part outside the image is left out, and the rest must not be empty
     */
    public Span span(int start, int end) {
        return new Span(inImage(start), inImage(end));
    }

    /** Index in the view of the first pixel of the image. */
    public int offset() {
        return (seen - shrunk) / 2;
    }

    private double inImage(int edge) {
        int inside = Math.max(0, Math.min(shrunk, edge - offset()));
        return (double) inside * image / shrunk;
    }
}
