package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.Table.Row;
import java.util.OptionalDouble;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/** The ratings of one image, as they come. */
final class RatingAccumulator {
    private final ImportedImage first;
    private final StreamingStatistics ratings = new StreamingStatistics();

    /**
     * Starts with no ratings.
     *
     * @param first the image of the first rating
     */
    RatingAccumulator(ImportedImage first) {
        this.first = first;
    }

    void add(Row row, ImportedImage image) {
        if (!first.reference().equals(image.reference()) || first.subset() != image.subset()) {
            throw row.place()
                    .error("the image " + Excerpt.quoted(image.path())
                            + " has another reference or part here than in a row before");
        }
        ratings.addValue(image.mos());
    }

    /** The image with the mean of its ratings and the sample's standard deviation, which a single rating has not. */
    ImportedImage image() {
        OptionalDouble std =
                ratings.getN() < 2 ? OptionalDouble.empty() : OptionalDouble.of(ratings.getStandardDeviation());
        return new ImportedImage(
                Opinion.of(first.path(), ratings.getMean(), std),
                first.reference(),
                first.subset(),
                first.degradation());
    }
}
