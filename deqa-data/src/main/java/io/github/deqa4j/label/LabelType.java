package io.github.deqa4j.label;

import java.util.Locale;

/** The form of the label that a network is trained with. */
public enum LabelType {
    /** A distribution over the levels that follows mean and std of the opinions; DeQA-Score. */
    SOFT,

    /** The mean alone, on the two levels around it; for sets without a std. */
    TWO_LEVEL,

    /** One level; Q-Align. */
    ONE_HOT;

    /** The name as users write it: lower case, with hyphens. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
