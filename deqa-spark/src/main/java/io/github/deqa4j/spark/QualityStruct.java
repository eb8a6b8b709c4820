package io.github.deqa4j.spark;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.QualityScore;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What became of an image, as a struct of Spark SQL. Fields that are added later come last. */
final class QualityStruct {
    /**
     * {@code score} from 1 to 5, {@code std} from 0 to 2, {@code probabilities} of the five levels, {@code width} and {@code height} in
     * pixels, {@code model} (what gave the score), and {@code error}: null, or one sentence that says why there is no score. Then
     * score, std, probabilities, width and height are null.
     */
    static final StructType TYPE = new StructType()
            .add("score", DataTypes.DoubleType)
            .add("std", DataTypes.DoubleType)
            .add("probabilities", probabilities())
            .add("width", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("model", DataTypes.StringType)
            .add("error", DataTypes.StringType);

    private QualityStruct() {}

    /** An image with a score. */
    static Row scored(RgbImage image, QualityScore quality, String model) {
        LevelProbabilities p = quality.probabilities();
        return RowFactory.create(
                quality.score(),
                quality.std(),
                RowFactory.create(
                        Level.ALL.stream().map(level -> (Object) p.get(level)).toArray()),
                image.width(),
                image.height(),
                model,
                null);
    }

    /**
     * An image without a score.
     *
     * @param name what messages call the image
     */
    static Row failed(String name, Throwable error, String model) {
        return RowFactory.create(null, null, null, null, null, model, sentence(name, error));
    }

    /** The network does not know the image's name, so it is added to what the network says. */
    private static String sentence(String name, Throwable error) {
        if (error instanceof OutOfMemoryError) {
            return name + ": the image does not fit into memory; give the executors more (spark.executor.memory)";
        }
        return error instanceof ScoringException ? name + ": " + error.getMessage() : "" + error.getMessage();
    }

    private static StructType probabilities() {
        StructType type = new StructType();
        for (Level level : Level.ALL) {
            type = type.add(level.word(), DataTypes.DoubleType);
        }
        return type;
    }
}
