package io.github.deqa4j.importer;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How many raters gave each grade, or which share of them.
 *
 * @param votes for the grades 1, 2, …, none negative, not all 0
 */
record RatingHistogram(List<Double> votes) {
    RatingHistogram {
        votes = List.copyOf(votes);
    }

    /** Checks votes from a file. */
    static RatingHistogram check(Location place, List<Double> votes) {
        if (!(total(votes) > 0)) {
            throw place.error("all votes are 0; an image needs at least one");
        }
        return new RatingHistogram(votes);
    }

    double mean() {
        double sum = 0;
        for (int i = 0; i < votes.size(); i++) {
            sum += (i + 1) * votes.get(i);
        }
        return sum / total(votes);
    }

    /** Whether they are numbers of raters, and not shares. */
    boolean areCounts() {
        return votes.stream().allMatch(vote -> vote == Math.rint(vote));
    }

    /** Standard deviation of the sample (divided by one less than the votes), which a single vote has not. */
    OptionalDouble sampleStd() {
        double total = total(votes);
        return total < 2 ? OptionalDouble.empty() : OptionalDouble.of(Math.sqrt(squares() / (total - 1)));
    }

    /** Standard deviation of the histogram itself (divided by all votes). */
    double std() {
        return Math.sqrt(squares() / total(votes));
    }

    private double squares() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < votes.size(); i++) {
            sum += votes.get(i) * (i + 1 - mean) * (i + 1 - mean);
        }
        return sum;
    }

    private static double total(List<Double> votes) {
        return votes.stream().mapToDouble(Double::doubleValue).sum();
    }
}
