package io.github.deqa4j.spark;

import java.io.Serializable;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.util.SerializableConfiguration;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction1;

/** Scores an image of a row, as a function of Spark SQL: {@link QualityStruct} of the bytes, the path or Spark's image; null of null. */
final class SqlScoring extends AbstractFunction1<@Nullable Object, @Nullable Row> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "the image";

    private final ScoringSettings settings;
    private final ViewSettings views;
    private final SerializableConfiguration hadoop;

    SqlScoring(ScoringSettings settings, ViewSettings views, SerializableConfiguration hadoop) {
        this.settings = settings;
        this.views = views;
        this.hadoop = hadoop;
    }

    @Override
    public @Nullable Row apply(@Nullable Object value) {
        Row row = RowFactory.create(value);
        try (ScoredRows scored = new ScoredRows(
                SharedScorers.OF_JVM.get(settings), views, 1, List.of(row).iterator(), 0, NAME, hadoop::value)) {
            return scored.next().getAs(1);
        }
    }
}
