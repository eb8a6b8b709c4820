package io.github.deqa4j.spark;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Scorer;
import java.io.Serializable;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;
import org.apache.spark.sql.Row;
import org.jspecify.annotations.Nullable;
import scala.runtime.AbstractFunction1;

/** Scores an image of a row, as a function of Spark SQL: {@link QualityStruct} of the bytes, the path or Spark's image; null of null. */
final class SqlScoring extends AbstractFunction1<@Nullable Object, @Nullable Row> implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final String NAME = "the image";

    private final ScoringSettings settings;

    SqlScoring(ScoringSettings settings) {
        this.settings = settings;
    }

    @Override
    public @Nullable Row apply(@Nullable Object value) {
        return value == null ? null : score(SharedScorers.OF_JVM.get(settings), value);
    }

    private static Row score(Scorer scorer, Object value) {
        String model = scorer.model().identity();
        try {
            RgbImage image = ImageValue.decode(scorer, value, NAME, SqlScoring::hadoop);
            return QualityStruct.scored(image, scorer.score(image), model);
        } catch (ScorerClosedException | UnusableModelException e) {
            throw e;
        } catch (DeqaException | OutOfMemoryError e) {
            return QualityStruct.failed(ImageValue.name(value, NAME), e, model);
        }
    }

    private static Configuration hadoop() {
        return SparkHadoopUtil.get().newConfiguration(SparkEnv.get().conf());
    }
}
