package io.github.deqa4j.score;

/**
 * A part of an image that is scored at its own scale.
 *
 * @param x its left edge in pixels of the decoded image: as it is stored, or turned if its EXIF orientation is applied
 * @param y its upper edge, likewise
 * @param width in pixels
 * @param height in pixels
 * @param quality its score, and its faults where the model tells them
 */
public record Tile(int x, int y, int width, int height, QualityScore quality) {
    /** Leaves out how far the score can be relied on, which is known of whole images only. */
    public Tile {
        QualityScore plain = new QualityScore(quality.logits());
        quality = quality.faults().map(plain::withFaults).orElse(plain);
    }
}
