package io.github.deqa4j.train.report;

import java.util.List;

/**
 * The log of an evaluation.
 *
 * @param step number of steps done before it
 * @param srcc Spearman's rank correlation; not a number where all predictions are equal
 * @param plcc Pearson's correlation, likewise
 */
public record EvaluationRow(int step, double srcc, double plcc) {
    /** The columns after the step. */
    static final List<String> COLUMNS = List.of("srcc", "plcc");
}
