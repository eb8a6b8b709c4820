package io.github.deqa4j.train.data;

import java.util.List;

/**
 * What passes through the network together.
 *
 * @param draws pairs or single samples, at least one
 * @param stepDraws how many draws the whole step has
 * @param endsStep whether the weights change after it
 * @param step number of its step in the run, from 1
 */
public record Batch(List<TrainingItem> draws, int stepDraws, boolean endsStep, int step) {
    public Batch {
        draws = List.copyOf(draws);
    }
}
