package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import java.util.OptionalDouble;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/** The ratings of one picture, as they come. */
final class RatingsTally {
    private final ImportedPicture first;
    private final StreamingStatistics ratings = new StreamingStatistics();

    /**
     * Starts with no ratings.
     *
     * @param first the picture of the first rating
     */
    RatingsTally(ImportedPicture first) {
        this.first = first;
    }

    void add(Row row, ImportedPicture picture) {
        if (!first.reference().equals(picture.reference()) || first.part() != picture.part()) {
            throw row.place()
                    .error("the picture " + Place.quote(picture.image())
                            + " has another reference or part here than in a row before");
        }
        ratings.addValue(picture.mos());
    }

    /** The picture with the mean of its ratings and the sample's standard deviation, which a single rating has not. */
    ImportedPicture picture() {
        OptionalDouble std =
                ratings.getN() < 2 ? OptionalDouble.empty() : OptionalDouble.of(ratings.getStandardDeviation());
        return new ImportedPicture(
                Opinion.of(first.image(), ratings.getMean(), std), first.reference(), first.part(), first.damage());
    }
}
