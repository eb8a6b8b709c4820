package io.github.deqa4j;

/**
 * Settings that do not go together, or not with the model. The caller asked for what cannot be, while every file may be sound;
 * a command line calls that wrong usage.
 */
public class InvalidSettingException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public InvalidSettingException(String message) {
        super(message);
    }
}
