package io.github.deqa4j.spark;

import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import io.github.deqa4j.score.Outcome;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.apache.spark.api.plugin.SparkPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Counts and rates of an executor among Spark's metrics. The setting {@code spark.plugins} of an application names this class.
 *
 * <p>The timer {@code images} has how many images were scored, how many a second, and how long decoding and scoring them took. The meter
 * {@code errors} has how many images got an error instead of a score.
 */
public final class ExecutorMetrics implements SparkPlugin {
    private static final String IMAGES = "images";
    private static final String ERRORS = "errors";

    /** Those of this JVM, whose tasks share the models, too. */
    static final MetricRegistry OF_JVM = new MetricRegistry();

    /** As Spark calls it. */
    public ExecutorMetrics() {}

    /** Counts what became of an image. */
    static void count(Outcome<?> outcome) {
        if (outcome instanceof Outcome.Scored<?> scored) {
            long nanos = Math.round(scored.milliseconds() * TimeUnit.MILLISECONDS.toNanos(1));
            images().update(nanos, TimeUnit.NANOSECONDS);
        } else {
            errors().mark();
        }
    }

    private static Timer images() {
        return OF_JVM.timer(IMAGES);
    }

    private static Meter errors() {
        return OF_JVM.meter(ERRORS);
    }

    /** None: the driver scores nothing. */
    @Override
    public @Nullable DriverPlugin driverPlugin() {
        return null;
    }

    @Override
    public ExecutorPlugin executorPlugin() {
        return new ExecutorPlugin() {
            @Override
            public void init(PluginContext context, Map<String, String> settings) {
                context.metricRegistry().register(IMAGES, images());
                context.metricRegistry().register(ERRORS, errors());
            }
        };
    }
}
