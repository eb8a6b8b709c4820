package io.github.deqa4j.importer;

import java.util.List;
import java.util.Optional;

/**
 * Which columns of one's own table hold what.
 *
 * @param image column with the image's path
 * @param opinions columns with the opinions
 * @param reference column with the image that this one was made from
 * @param part column that says train or test
 * @param lowerIsBetter whether the opinions are turned over, least for greatest
 * @param scale the ends of the scale that raters used; what lies outside is refused
 */
public record TableColumns(
        String image,
        RatingForm opinions,
        Optional<String> reference,
        Optional<String> part,
        boolean lowerIsBetter,
        Optional<RatingScale> scale) {
    /** Checks that a scale is given only where it is not known. */
    public TableColumns {
        if (opinions instanceof Histogram && scale.isPresent()) {
            throw new IllegalArgumentException("votes are for the grades 1, 2, …, so leave out the scale");
        }
    }

    /** The form of the ratings in a table. */
    public sealed interface RatingForm {}

    /**
     * A row for each image, with the mean and, where the column has a value, the standard deviation.
     *
     * @param mean column of the mean
     * @param std column of the standard deviation, which must be there then; absent, it is {@code std} in a table that has it
     */
    public record MeanAndStd(String mean, Optional<String> std) implements RatingForm {}

    /**
     * A row for each rating; the standard deviation is the sample's (divided by one less than the ratings), and a single
     * rating has none.
     *
     * @param rating column of the rating
     */
    public record Ratings(String rating) implements RatingForm {}

    /**
     * A row for each image, with the votes for the grades 1, 2, …; the standard deviation is that of the
     * same ratings in rows. Where the votes are shares, not counts, it is the histogram's (divided by all votes).
     *
     * @param grades columns of the votes, from the lowest grade
     */
    public record Histogram(List<String> grades) implements RatingForm {
        /** Checks that there are two grades at least. */
        public Histogram {
            grades = List.copyOf(grades);
            if (grades.size() < 2) {
                throw new IllegalArgumentException("a histogram needs at least two columns, not " + grades.size());
            }
        }
    }

    /** Images under {@code image}, opinions under {@code mos} and {@code std}, nothing else. */
    public static TableColumns standard() {
        return new TableColumns(
                "image",
                new MeanAndStd("mos", Optional.empty()),
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.empty());
    }
}
