package io.github.deqa4j.train.data;

import java.util.List;

/**
 * The items of one pass through the network. The gradients of one or more batches make a step.
 *
 * @param items at least one
 * @param stepItems number of items of the whole step
 * @param endsStep whether it is the last batch of its step
 * @param step number of its step in the run, from 1
 */
public record Batch(List<TrainingItem> items, int stepItems, boolean endsStep, int step) {
    public Batch {
        items = List.copyOf(items);
    }
}
