package io.github.deqa4j.train.data;

import java.nio.file.Path;

/**
 * What a draw shows of a file.
 *
 * @param picture the file
 * @param treatment what becomes of it
 * @param seed of the treatment's chances
 */
public record Look(Path picture, Treatment treatment, long seed) {}
