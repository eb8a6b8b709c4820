package io.github.deqa4j.spring;

import io.github.deqa4j.score.Scorer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Observes each scorer of the application, also those that the application opens itself. A bean must be declared as
 * {@link Scorer}: one that is declared as a class of its own may be asked for as that class, and stays what it is.
 */
final class ObservedScorers implements BeanPostProcessor {
    private final ConfigurableListableBeanFactory factory;
    private final ObjectProvider<ScoringListener> listeners;
    private final List<ObservedScorer> scorers = new CopyOnWriteArrayList<>();

    ObservedScorers(ConfigurableListableBeanFactory factory, ObjectProvider<ScoringListener> listeners) {
        this.factory = factory;
        this.listeners = listeners;
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof Scorer scorer) || !isDeclaredAsScorer(name)) {
            return bean;
        }
        ObservedScorer observed =
                new ObservedScorer(name, scorer, listeners.stream().toList());
        scorers.add(observed);
        return observed;
    }

    /** Those that have been opened. */
    List<ObservedScorer> opened() {
        return List.copyOf(scorers);
    }

    private boolean isDeclaredAsScorer(String name) {
        return factory.containsBeanDefinition(name)
                && factory.getMergedBeanDefinition(name).isSingleton()
                && Scorer.class.equals(factory.getMergedBeanDefinition(name)
                        .getResolvableType()
                        .resolve());
    }
}
