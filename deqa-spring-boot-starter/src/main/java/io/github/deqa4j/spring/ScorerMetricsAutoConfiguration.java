package io.github.deqa4j.spring;

import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;

/** The metrics of the scorers, where the application has a registry of them. */
@AutoConfiguration(
        after = DeqaAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration"
        })
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBooleanProperty(name = "deqa.enabled", matchIfMissing = true)
@ConditionalOnBean(MeterRegistry.class)
public final class ScorerMetricsAutoConfiguration {
    @Bean
    ScoringMetrics scoringMetrics(MeterRegistry registry) {
        return new ScoringMetrics(registry);
    }
}
