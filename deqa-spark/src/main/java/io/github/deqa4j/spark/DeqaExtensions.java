package io.github.deqa4j.spark;

import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;
import org.apache.spark.sql.catalyst.expressions.ScalaUDF;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.util.SerializableConfiguration;
import scala.Option;
import scala.Tuple3;
import scala.collection.immutable.Nil$;
import scala.collection.immutable.Seq;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Adds the function {@code deqa_score} to Spark SQL. The setting {@code spark.sql.extensions} of a session names this class.
 *
 * <p>{@code deqa_score(image)} takes the bytes of an image file, its path, or a struct of Spark's image data source. It gives the struct
 * that {@link ImageQualityTransformer} gives, and null for null. The settings {@code spark.deqa.model} and so on, one for each parameter of
 * the transformer, say which model scores. They are read when a query is made.
 *
 * <p>A function of SQL sees one row at a time, so decoding does not overlap with the network, and each pass has one image. With one
 * processor for each task ({@code spark.task.cpus}) and batches of one image, both the defaults, nothing is lost. Otherwise the
 * transformer is faster.
 */
public final class DeqaExtensions extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
    private static final String FUNCTION = "deqa_score";

    @Override
    public BoxedUnit apply(SparkSessionExtensions extensions) {
        extensions.injectFunction(new Tuple3<>(new FunctionIdentifier(FUNCTION), description(), DeqaExtensions::call));
        return BoxedUnit.UNIT;
    }

    private static Expression call(Seq<Expression> arguments) {
        if (arguments.length() != 1) {
            throw new IllegalArgumentException(
                    FUNCTION + " has " + arguments.length() + " arguments; it takes one, the image");
        }
        ScoringSettings settings = SessionSettings.scoring(SQLConf.get());
        settings.scorerSettings(); // a value that is none of a setting ends the query here
        // Deterministic, so that a query that names the score twice computes it once.
        return new ScalaUDF(
                new SqlScoring(settings, SessionSettings.views(SQLConf.get()), hadoop()),
                QualityStruct.TYPE,
                arguments,
                emptySeq(),
                Option.empty(),
                Option.apply(FUNCTION),
                true,
                true);
    }

    /** The settings of Hadoop's file systems, as the driver has them. */
    private static SerializableConfiguration hadoop() {
        return new SerializableConfiguration(
                SparkSession.active().sparkContext().hadoopConfiguration());
    }

    private static ExpressionInfo description() {
        return new ExpressionInfo(
                DeqaExtensions.class.getName(),
                null, // of no database
                FUNCTION,
                "_FUNC_(image) - Scores how good an image looks, from 1 to 5, as a struct with score, std, probabilities, width,"
                        + " height, model, error and more. The image is the bytes of a file, its path, or a struct of the data source"
                        + " image.",
                "",
                "",
                "",
                "",
                "",
                "",
                "scala_udf");
    }

    @SuppressWarnings("unchecked") // the empty sequence has elements of every type
    private static <T> Seq<T> emptySeq() {
        return (Seq<T>) (Seq<?>) Nil$.MODULE$;
    }
}
