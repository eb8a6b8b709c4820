package io.github.deqa4j;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Settings that do not go together, or not with the model. Every file may be sound; the caller asked for what cannot be. */
public class InvalidSettingException extends DeqaException {
    private static final long serialVersionUID = 1L;

    private final @Nullable String setting;

    public InvalidSettingException(String message) {
        super(message);
        this.setting = null;
    }

    /**
     * Names the setting, too.
     *
     * @param setting name of the setting to change, such as {@code prompt}
     */
    public InvalidSettingException(String setting, String message) {
        super(message);
        this.setting = setting;
    }

    /** Name of the setting to change, where it is one. */
    public Optional<String> setting() {
        return Optional.ofNullable(setting);
    }
}
