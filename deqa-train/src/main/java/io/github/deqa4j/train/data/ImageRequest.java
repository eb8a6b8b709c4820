package io.github.deqa4j.train.data;

import java.nio.file.Path;

/**
 * What a draw shows of a file.
 *
 * @param image the file
 * @param treatment what becomes of it
 * @param seed of the treatment's chances
 */
public record ImageRequest(Path image, Augmentation treatment, long seed) {}
