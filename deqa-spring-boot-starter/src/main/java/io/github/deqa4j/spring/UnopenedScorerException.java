package io.github.deqa4j.spring;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.InvalidSettingException;
import org.springframework.boot.context.properties.bind.DataObjectPropertyName;

/** The scorer of the properties that could not be opened. The message begins with the property to change. */
final class UnopenedScorerException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final String property;
    private final String reason;

    UnopenedScorerException(DeqaException reason) {
        super(property(reason) + ": " + reason.getMessage(), reason);
        this.property = property(reason);
        this.reason = reason.getMessage();
    }

    /** Its full name, such as {@code deqa.max-pixels}. */
    String property() {
        return property;
    }

    /** The sentence without the property. */
    String reason() {
        return reason;
    }

    /** Where no other setting is at fault it is the model, which the settings must go with. */
    private static String property(DeqaException reason) {
        String setting = reason instanceof InvalidSettingException invalid
                ? invalid.setting().orElse("model")
                : "model";
        return "deqa." + DataObjectPropertyName.toDashedForm(setting);
    }
}
