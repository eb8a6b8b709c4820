package io.github.deqa4j.config;

import io.github.deqa4j.DeqaException;

/** A settings file that cannot be read, lacks a key, or says something impossible. */
public final class InvalidConfigException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public InvalidConfigException(String file, String problem) {
        super(file + ": " + problem);
    }
}
