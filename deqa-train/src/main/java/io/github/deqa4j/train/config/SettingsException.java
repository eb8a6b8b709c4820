package io.github.deqa4j.train.config;

import io.github.deqa4j.DeqaException;

/** A setting that cannot be, or not with this network or these images: whoever wrote the settings must change it. */
public final class SettingsException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public SettingsException(String message) {
        super(message);
    }
}
