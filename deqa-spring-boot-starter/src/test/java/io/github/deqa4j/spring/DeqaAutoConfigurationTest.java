package io.github.deqa4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.ScorerClosedException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.DefaultApplicationArguments;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.autoconfigure.contributor.HealthContributorAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

class DeqaAutoConfigurationTest {
    private static final String MODEL = "deqa.model=" + Golden.mini().resolve("compact");
    private static final RgbImage IMAGE = new RgbImage(8, 8, new byte[8 * 8 * 3]);

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    DeqaAutoConfiguration.class,
                    ScorerHealthAutoConfiguration.class,
                    ScorerMetricsAutoConfiguration.class,
                    HealthContributorAutoConfiguration.class,
                    MetricsAutoConfiguration.class,
                    CompositeMeterRegistryAutoConfiguration.class,
                    SimpleMetricsExportAutoConfiguration.class))
            .withPropertyValues(MODEL);

    @Test
    void theScorerOfThePropertiesIsClosedWithTheContext() {
        List<Scorer> opened = new ArrayList<>();
        runner.withPropertyValues("deqa.precision=bf16", "deqa.batch=2").run(context -> {
            Scorer scorer = context.getBean(Scorer.class);
            opened.add(scorer);

            assertThat(scorer.score(IMAGE).score()).isBetween(1.0, 5.0);
            assertThat(scorer.model().kind()).isEqualTo("deqa_compact");
            assertThat(scorer.model().precision()).isEqualTo(Precision.BF16.toString());
        });
        Assertions.assertThatThrownBy(() -> opened.get(0).score(IMAGE)).isInstanceOf(ScorerClosedException.class);
    }

    @Test
    void anApplicationsOwnScorerIsTheOnlyOne() {
        runner.withUserConfiguration(OneOfItsOwn.class).run(context -> {
            assertThat(context).hasSingleBean(Scorer.class);
            assertThat(context.getBean(Scorer.class).model()).isSameAs(RecordingScorer.MODEL);
            assertThat(context.getBean(RecordingScorer.class)).isNotNull(); // declared as a class, so it stays one
        });
    }

    @Test
    void aScorerCanBeLeftOut() {
        runner.withPropertyValues("deqa.enabled=false")
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(Scorer.class)
                        .doesNotHaveBean("deqaHealthContributor")
                        .doesNotHaveBean(ScoringMetrics.class));
    }

    @Test
    void anApplicationNeedsNeitherHealthNorMetrics() {
        new ApplicationContextRunner()
                .withConfiguration(AutoConfigurations.of(
                        DeqaAutoConfiguration.class,
                        ScorerHealthAutoConfiguration.class,
                        ScorerMetricsAutoConfiguration.class))
                .withPropertyValues(MODEL)
                .withClassLoader(new FilteredClassLoader(HealthContributor.class, MeterRegistry.class))
                .run(context -> {
                    assertThat(context)
                            .hasNotFailed()
                            .doesNotHaveBean("deqaHealthContributor")
                            .doesNotHaveBean("scoringMetrics");
                    assertThat(context.getBean(Scorer.class).score(IMAGE).score())
                            .isBetween(1.0, 5.0);
                });
    }

    @Test
    void aModelThatCannotBeOpenedIsToldByItsProperty() {
        runner.withPropertyValues("deqa.model=/there/is/none")
                .run(context -> assertThat(context).getFailure().rootCause().hasMessageStartingWith("/there/is/none"));
        runner.withPropertyValues("deqa.prompt=evaluation")
                .run(context -> assertThat(unopened(context.getStartupFailure()).property())
                        .isEqualTo("deqa.prompt"));
    }

    @Test
    void healthIsUnknownThenUpThenDown() {
        runner.run(context -> {
            assertThat(health(context).getStatus()).isEqualTo(Status.UNKNOWN);

            context.getBean(ScorerWarmUp.class).run(new DefaultApplicationArguments());
            Health up = health(context);
            assertThat(up.getStatus()).isEqualTo(Status.UP);
            assertThat(up.getDetails())
                    .containsOnlyKeys("model")
                    .containsEntry(
                            "model", context.getBean(Scorer.class).model().identity());

            context.getBean(Scorer.class).close();
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(context).getDetails()).containsEntry("reason", "the scorer is closed");
        });
    }

    @Test
    void aProbeRunsNoNetworkAndHashesNothing() {
        RecordingScorer scorer = new RecordingScorer();
        Health health = new ScorerHealthIndicator(scorer).health();

        assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
        assertThat(scorer.calls()).containsExactly("scoreAll 0");
    }

    @Test
    void aModelThatGivesNoScoreIsDownAndFailsTheStart() {
        RecordingScorer scorer = new RecordingScorer().failing(new UnusableModelException("weights are NaN"));
        runner.withBean("broken", Scorer.class, () -> scorer).run(context -> {
            Assertions.assertThatThrownBy(
                            () -> context.getBean(ScorerWarmUp.class).run(new DefaultApplicationArguments()))
                    .hasMessage("weights are NaN");
            assertThat(health(context).getStatus()).isEqualTo(Status.DOWN);
            assertThat(health(context).getDetails()).containsEntry("reason", "weights are NaN");
        });
    }

    @Test
    void warmingUpCanBeLeftOut() {
        runner.withPropertyValues("deqa.warm-up=false").run(context -> {
            assertThat(context).doesNotHaveBean(ScorerWarmUp.class);
            context.getBean(Scorer.class).score(IMAGE);
            assertThat(health(context)).isEqualTo(Health.up().build());
        });
    }

    @Test
    void metricsCountImagesAndTimeCalls() {
        runner.withUserConfiguration(Several.class).run(context -> {
            Scorer small = context.getBean("small", Scorer.class);
            small.scoreAll(List.of(IMAGE, IMAGE, IMAGE));
            Assertions.assertThatThrownBy(() -> small.score(EncodedImage.of(new byte[0], "bad")))
                    .isNotNull();
            MeterRegistry registry = context.getBean(MeterRegistry.class);

            assertThat(registry.get("deqa.images")
                            .tags("scorer", "small", "outcome", "scored")
                            .counter()
                            .count())
                    .isEqualTo(3);
            assertThat(registry.get("deqa.images")
                            .tags("scorer", "small", "outcome", "damaged")
                            .counter()
                            .count())
                    .isEqualTo(1);
            assertThat(registry.get("deqa.scoring")
                            .tags("scorer", "small", "outcome", "scored")
                            .timer()
                            .count())
                    .isEqualTo(1);
        });
    }

    @Test
    void aCallThatFailsIsTimedByItsOutcome() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        ScoringMetrics metrics = new ScoringMetrics(registry);
        metrics.failed("s", new UnusableModelException("NaN"), 5);
        metrics.failed("s", new ScorerClosedException("closed"), 6);
        metrics.failed("s", new OutOfMemoryError(), 7);

        for (String outcome : List.of("unscorable", "closed", "error")) {
            assertThat(registry.get("deqa.scoring")
                            .tags("outcome", outcome)
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
        assertThat(registry.find("deqa.images").counters()).isEmpty();
    }

    @Test
    void severalScorersHaveAHealthEach() {
        runner.withUserConfiguration(Several.class).run(context -> {
            assertThat(context).doesNotHaveBean("deqaScorer");
            context.getBean("small", Scorer.class).score(IMAGE);
            CompositeHealthContributor health =
                    context.getBean("deqaHealthContributor", CompositeHealthContributor.class);

            assertThat(health(health.getContributor("small")).getStatus()).isEqualTo(Status.UP);
            assertThat(health(health.getContributor("large")).getStatus()).isEqualTo(Status.UNKNOWN);
        });
    }

    @Configuration(proxyBeanMethods = false)
    static class OneOfItsOwn {
        @Bean
        RecordingScorer own() {
            return new RecordingScorer();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Several {
        @Bean
        Scorer small() {
            return new RecordingScorer();
        }

        @Bean
        Scorer large() {
            return new RecordingScorer();
        }
    }

    private static Health health(ApplicationContext context) {
        return health(context.getBean("deqaHealthContributor"));
    }

    private static Health health(@Nullable Object indicator) {
        return Objects.requireNonNull(((HealthIndicator) Objects.requireNonNull(indicator)).health());
    }

    private static UnopenedScorerException unopened(@Nullable Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnopenedScorerException unopened) {
                return unopened;
            }
        }
        throw new AssertionError("an unopened scorer is not among the causes", failure);
    }
}
