package io.github.deqa4j.train.data;

import java.nio.file.Path;

/**
 * An image to read, and how to augment it. Equal requests have equal results.
 *
 * @param file the image's file
 * @param augmentation how it is changed
 * @param seed seed of the augmentation's random numbers
 */
public record ImageRequest(Path file, Augmentation augmentation, long seed) {}
