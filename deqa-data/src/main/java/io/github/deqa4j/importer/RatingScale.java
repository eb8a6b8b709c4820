package io.github.deqa4j.importer;

/**
 * The scale that raters used.
 *
 * @param least lowest possible mean opinion
 * @param greatest highest possible mean opinion, above {@code least}
 */
public record RatingScale(double least, double greatest) {
    /** Checks the order. */
    public RatingScale {
        if (!(least < greatest)) {
            throw new IllegalArgumentException("a scale from " + least + " to " + greatest + " is empty");
        }
    }

    /** Whether an opinion lies between the ends, or on one. */
    boolean holds(double mos) {
        return least <= mos && mos <= greatest;
    }

    /** The opinion that is as far from one end as another is from the other end. */
    double flip(double mos) {
        return least + greatest - mos;
    }

    /** The greatest standard deviation that ratings can have: that of half of them at each end. */
    double greatestStd() {
        return (greatest - least) / 2;
    }
}
