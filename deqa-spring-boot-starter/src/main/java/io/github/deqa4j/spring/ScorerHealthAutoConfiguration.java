package io.github.deqa4j.spring;

import io.github.deqa4j.score.Scorer;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.health.autoconfigure.contributor.CompositeHealthContributorConfiguration;
import org.springframework.boot.health.autoconfigure.contributor.ConditionalOnEnabledHealthIndicator;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.context.annotation.Bean;

/** The health of the scorers: {@code deqa}, which has a part for each where there are several. */
@AutoConfiguration(after = DeqaAutoConfiguration.class)
@ConditionalOnClass({HealthContributor.class, ConditionalOnEnabledHealthIndicator.class})
@ConditionalOnBooleanProperty(name = "deqa.enabled", matchIfMissing = true)
@ConditionalOnBean(Scorer.class)
@ConditionalOnEnabledHealthIndicator("deqa")
public final class ScorerHealthAutoConfiguration
        extends CompositeHealthContributorConfiguration<ScorerHealthIndicator, Scorer> {
    ScorerHealthAutoConfiguration() {
        super(ScorerHealthIndicator::new);
    }

    @Bean
    @ConditionalOnMissingBean(name = {"deqaHealthIndicator", "deqaHealthContributor"})
    HealthContributor deqaHealthContributor(ConfigurableListableBeanFactory factory) {
        return createContributor(factory, Scorer.class);
    }
}
