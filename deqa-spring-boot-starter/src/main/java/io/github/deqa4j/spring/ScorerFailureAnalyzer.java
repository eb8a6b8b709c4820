package io.github.deqa4j.spring;

import io.github.deqa4j.DeqaException;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/** Tells in one sentence, and not in a stack trace, why an application that has a scorer does not start. */
final class ScorerFailureAnalyzer extends AbstractFailureAnalyzer<DeqaException> {
    private final Environment environment;

    ScorerFailureAnalyzer(Environment environment) {
        this.environment = environment;
    }

    @Override
    protected FailureAnalysis analyze(Throwable failure, DeqaException cause) {
        return cause instanceof UnopenedScorerException unopened
                ? unopened(unopened)
                : new FailureAnalysis(
                        cause.getMessage(), "Change what the description names, then start again.", cause);
    }

    private FailureAnalysis unopened(UnopenedScorerException cause) {
        String property = cause.property();
        return new FailureAnalysis(
                property + place(property) + ": " + cause.reason(),
                "Correct " + property + ", or set deqa.enabled to false to start without a scorer.",
                cause);
    }

    /** The file and line that a property is set in, where it is set. */
    private String place(String property) {
        ConfigurationPropertyName name = ConfigurationPropertyName.of(property);
        return StreamSupport.stream(
                        ConfigurationPropertySources.get(environment).spliterator(), false)
                .map(source -> source.getConfigurationProperty(name))
                .filter(Objects::nonNull)
                .findFirst()
                .map(ConfigurationProperty::getOrigin)
                .map(origin -> " (" + origin + ")")
                .orElse("");
    }
}
