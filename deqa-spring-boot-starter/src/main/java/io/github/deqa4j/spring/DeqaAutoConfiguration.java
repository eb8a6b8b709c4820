package io.github.deqa4j.spring;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.Scorers;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;

/** Opens a {@link Scorer} from the {@link DeqaProperties}, unless the application has one of its own. */
@AutoConfiguration
@ConditionalOnBooleanProperty(name = "deqa.enabled", matchIfMissing = true)
@EnableConfigurationProperties(DeqaProperties.class)
public final class DeqaAutoConfiguration {
    private static final Log LOG = LogFactory.getLog(Scorer.class);

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Scorer deqaScorer(DeqaProperties properties) {
        try {
            return Scorers.open(
                    properties.source(DeqaAutoConfiguration::warn),
                    properties.settings().withWarnings(DeqaAutoConfiguration::warn));
        } catch (DeqaException e) {
            throw new UnopenedScorerException(e);
        }
    }

    @Bean
    static ObservedScorers observedScorers(
            ConfigurableListableBeanFactory factory, ObjectProvider<ScoringListener> listeners) {
        return new ObservedScorers(factory, listeners);
    }

    @Bean
    @ConditionalOnBooleanProperty(name = "deqa.warm-up", matchIfMissing = true)
    ScorerWarmUp scorerWarmUp(ObservedScorers scorers) {
        return new ScorerWarmUp(scorers);
    }

    /** A warning begins with the image's name, which may come from a stranger who would write lines of his own. */
    private static void warn(String warning) {
        LOG.warn(warning.replaceAll("\\p{Cntrl}", "?"));
    }
}
