package io.github.deqa4j.label;

import io.github.deqa4j.dataset.MetaFile;

/**
 * A data set, ready for training.
 *
 * @param train rows with labels and conversations; may have none
 * @param test rows without; may have none
 * @param summary how well the labels of both keep what the raters said
 */
public record LabeledSet(MetaFile train, MetaFile test, LabelSummary summary) {}
