package io.github.deqa4j.server;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.function.Supplier;

/** What a server counts and measures. */
final class ServerMetrics implements AutoCloseable {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    private final Timer decoding = Timer.builder("deqa.decode")
            .description("Decoding and preparing an image")
            .register(registry);
    private final Timer network =
            Timer.builder("deqa.network").description("A batch in the network").register(registry);
    private final DistributionSummary batches = DistributionSummary.builder("deqa.batch.images")
            .description("Images of a batch")
            .register(registry);
    private final Timer details = Timer.builder("deqa.detail")
            .description("The tiles of an image in the network")
            .register(registry);
    private final DistributionSummary tiles = DistributionSummary.builder("deqa.detail.tiles")
            .description("Tiles of an image that were scored")
            .register(registry);

    ServerMetrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        collections.bindTo(registry);
    }

    /** Measures a value whenever it is asked for. */
    void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** An image that got an answer. */
    void image(String outcome) {
        registry.counter("deqa.images", "outcome", outcome).increment();
    }

    void decoded(long nanos) {
        decoding.record(Duration.ofNanos(nanos));
    }

    void passed(int images, long nanos) {
        batches.record(images);
        network.record(Duration.ofNanos(nanos));
    }

    void detailed(int count, long nanos) {
        tiles.record(count);
        details.record(Duration.ofNanos(nanos));
    }

    /** A request that got an answer. */
    void request(String method, String route, int status, long nanos) {
        Timer.builder("http.server.requests")
                .description("Requests, from the first line to the last byte of the answer")
                .tags("method", method, "uri", route, "status", Integer.toString(status))
                .register(registry)
                .record(Duration.ofNanos(nanos));
    }

    /** All of it in the text format of Prometheus. */
    String text() {
        return registry.scrape();
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
