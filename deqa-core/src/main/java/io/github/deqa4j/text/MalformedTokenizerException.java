package io.github.deqa4j.text;

import io.github.deqa4j.DeqaException;

/** A tokenizer file that cannot be read, is damaged, or is not of LLaMA's kind. */
public final class MalformedTokenizerException extends DeqaException {
    private static final long serialVersionUID = 1L;

    public MalformedTokenizerException(String file, String problem) {
        super(file + ": " + problem);
    }

    /** A problem at one place, in bytes from the start of the file. */
    public MalformedTokenizerException(String file, int offset, String problem) {
        this(file, problem + " (byte offset " + offset + ")");
    }
}
