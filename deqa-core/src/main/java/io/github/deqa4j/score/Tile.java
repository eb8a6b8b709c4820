package io.github.deqa4j.score;

/**
 * A part of an image that is scored at its own scale.
 *
 * @param x its left edge in pixels of the image
 * @param y its upper edge, likewise
 * @param width in pixels
 * @param height in pixels
 * @param quality its score
 */
public record Tile(int x, int y, int width, int height, QualityScore quality) {
    /** Keeps the network's answer alone: what else is known of scores holds for whole images. */
    public Tile {
        quality = new QualityScore(quality.logits());
    }
}
