package io.github.deqa4j.metric;

import java.util.Optional;

/**
 * A figure and how sure it is.
 *
 * @param value the figure of all images; not a number where it is undefined
 * @param interval its confidence interval; empty without resamples
 */
public record Estimate(double value, Optional<Interval> interval) {}
