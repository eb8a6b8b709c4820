package io.github.deqa4j.score;

/**
 * How good an image looks as a whole, and from place to place. The one is not the mean of the other.
 *
 * @param quality of the image
 * @param map of its parts
 */
public record MappedScore(QualityScore quality, QualityMap map) {}
