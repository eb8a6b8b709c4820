package io.github.deqa4j.spark;

import io.github.deqa4j.ScoringException;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.Fault;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.LevelProbabilities;
import io.github.deqa4j.score.Outcome;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.ScoreInterval;
import io.github.deqa4j.score.Tile;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;

/**
 * What became of an image, as a struct of Spark SQL. The fields have the names of the rows of results elsewhere. Fields that are added later
 * come last.
 */
final class QualityStruct {
    private static final StructType INTERVAL =
            new StructType().add("low", DataTypes.DoubleType).add("high", DataTypes.DoubleType);

    private static final StructType FAULT =
            new StructType().add("kind", DataTypes.StringType).add("strength", DataTypes.DoubleType);

    private static final StructType WORST = new StructType()
            .add("score", DataTypes.DoubleType)
            .add("x", DataTypes.IntegerType)
            .add("y", DataTypes.IntegerType)
            .add("width", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("faults", DataTypes.createArrayType(FAULT, false));

    private static final StructType DETAIL = new StructType()
            .add("score", DataTypes.DoubleType)
            .add("std", DataTypes.DoubleType)
            .add("worst", WORST)
            .add("tiles", DataTypes.IntegerType)
            .add("places", DataTypes.IntegerType)
            .add("flat", DataTypes.IntegerType);

    /**
     * {@code score} from 1 to 5, {@code std} from 0 to 2, {@code probabilities} of the five levels, {@code width} and {@code height} in
     * pixels, {@code model} (what gave the score), and {@code error}: null, or one sentence that says why there is no score. Then
     * all fields but model and error are null. After these {@link Reliability}, {@link Fault}s and {@link DetailScore}, each null where the
     * model does not tell it, or it is not asked for.
     */
    static final StructType TYPE = new StructType()
            .add("score", DataTypes.DoubleType)
            .add("std", DataTypes.DoubleType)
            .add("probabilities", probabilities())
            .add("width", DataTypes.IntegerType)
            .add("height", DataTypes.IntegerType)
            .add("model", DataTypes.StringType)
            .add("error", DataTypes.StringType)
            .add("score_interval", INTERVAL)
            .add("unfamiliar", DataTypes.BooleanType)
            .add("unfamiliarity", DataTypes.DoubleType)
            .add("faults", DataTypes.createArrayType(FAULT, false))
            .add("view", DataTypes.StringType)
            .add("detail", DETAIL);

    private QualityStruct() {}

    /**
     * An image with a score.
     *
     * @param model the identity of what gave it
     */
    static Row scored(Outcome.Scored<Row> outcome, ViewSettings views, String model) {
        QualityScore quality = outcome.quality();
        Optional<Reliability> reliability = quality.reliability();
        return RowFactory.create(
                quality.score(),
                quality.std(),
                row(quality.probabilities()),
                outcome.image().width(),
                outcome.image().height(),
                model,
                null,
                orNull(reliability.map(known -> row(known.interval()))),
                orNull(reliability.map(Reliability::unfamiliar)),
                orNull(reliability.map(Reliability::unfamiliarity)),
                faults(quality),
                views.view().toString(),
                orNull(outcome.detail().map(QualityStruct::row)));
    }

    /**
     * An image without a score.
     *
     * @param name what messages call the image
     */
    static Row failed(String name, Throwable error, String model) {
        Object[] values = new Object[TYPE.length()];
        values[TYPE.fieldIndex("model")] = model;
        values[TYPE.fieldIndex("error")] = sentence(name, error);
        return RowFactory.create(values);
    }

    /** The network does not know the image's name, so it is added to what the network says. */
    private static String sentence(String name, Throwable error) {
        if (error instanceof OutOfMemoryError) {
            return name + ": the image does not fit into memory; give the executors more (spark.executor.memory)";
        }
        return error instanceof ScoringException ? name + ": " + error.getMessage() : "" + error.getMessage();
    }

    private static Row row(LevelProbabilities probabilities) {
        return RowFactory.create(Level.ALL.stream()
                .map(level -> (Object) probabilities.get(level))
                .toArray());
    }

    private static Row row(ScoreInterval interval) {
        return RowFactory.create(interval.low(), interval.high());
    }

    private static Row row(Fault fault) {
        return RowFactory.create(fault.kind().toString(), fault.strength());
    }

    private static Row row(DetailScore detail) {
        Tile worst = detail.worst();
        return RowFactory.create(
                detail.quality().score(),
                detail.quality().std(),
                RowFactory.create(
                        worst.quality().score(),
                        worst.x(),
                        worst.y(),
                        worst.width(),
                        worst.height(),
                        faults(worst.quality())),
                detail.tiles().size(),
                detail.places(),
                detail.flat());
    }

    private static Row @Nullable [] faults(QualityScore quality) {
        return quality.faults()
                .map(faults -> faults.stream().map(QualityStruct::row).toArray(Row[]::new))
                .orElse(null);
    }

    private static <T> @Nullable T orNull(Optional<T> value) {
        return value.orElse(null);
    }

    private static StructType probabilities() {
        StructType type = new StructType();
        for (Level level : Level.ALL) {
            type = type.add(level.word(), DataTypes.DoubleType);
        }
        return type;
    }
}
