package io.github.deqa4j.score;

/**
 * The score of an image and the scores of its parts. The one is not the mean of the others.
 *
 * @param quality the image as a whole
 * @param map its parts
 */
public record MappedScore(QualityScore quality, QualityMap map) {}
