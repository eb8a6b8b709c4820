package io.github.deqa4j.importer;

import java.util.List;

/**
 * How many raters gave each grade, or which share of them.
 *
 * @param votes for the grades 1, 2, …, none negative, not all 0
 */
record Votes(List<Double> votes) {
    Votes {
        votes = List.copyOf(votes);
    }

    /** Checks votes from a file. */
    static Votes check(Place place, List<Double> votes) {
        if (!(total(votes) > 0)) {
            throw place.error("all votes are 0; a picture needs at least one");
        }
        return new Votes(votes);
    }

    double mean() {
        double sum = 0;
        for (int i = 0; i < votes.size(); i++) {
            sum += (i + 1) * votes.get(i);
        }
        return sum / total(votes);
    }

    /** Standard deviation of the histogram itself (divided by all votes). */
    double std() {
        double mean = mean();
        double sum = 0;
        for (int i = 0; i < votes.size(); i++) {
            sum += votes.get(i) * (i + 1 - mean) * (i + 1 - mean);
        }
        return Math.sqrt(sum / total(votes));
    }

    private static double total(List<Double> votes) {
        return votes.stream().mapToDouble(Double::doubleValue).sum();
    }
}
