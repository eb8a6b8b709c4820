package io.github.deqa4j.image;

/**
 * Where a side of a picture lies in what a network sees at its own scale.
 *
 * @param picture length of the side in pixels
 * @param shrunk what shrinking leaves of it, at most as much
 * @param seen length of what is seen: more where the picture is continued outward, the picture then in the middle
 */
public record SeenSide(int picture, int shrunk, int seen) {
    /** Whether the picture is continued outward along this side. */
    public boolean continued() {
        return seen > shrunk;
    }

    /**
     * The part of the picture that is shown by pixels of what is seen.
     *
     * @param start index of the first of them
     * @param end index after the last; what lies outside the picture is left out, but not all may
     */
    public Span span(int start, int end) {
        return new Span(inPicture(start), inPicture(end));
    }

    /** Index in what is seen of the picture's first pixel. */
    int offset() {
        return (seen - shrunk) / 2;
    }

    private double inPicture(int edge) {
        int inside = Math.max(0, Math.min(shrunk, edge - offset()));
        return (double) inside * picture / shrunk;
    }
}
