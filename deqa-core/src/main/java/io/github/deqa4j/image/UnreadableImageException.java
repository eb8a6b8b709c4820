package io.github.deqa4j.image;

import io.github.deqa4j.DeqaException;

/** An image that cannot be read. The message is one sentence that begins with the image's name. */
public class UnreadableImageException extends DeqaException {
    private static final long serialVersionUID = 1L;

    /** Why an image cannot be read. */
    public enum Reason {
        /** There is no such file. */
        MISSING,
        /** The file is no regular file, its permissions forbid it, or reading it failed. */
        NO_ACCESS,
        /** The file begins like no known format. */
        UNKNOWN_FORMAT,
        /** The format is known, and the file uses a feature of it that is not supported. */
        UNSUPPORTED,
        /** The file is empty, its data are cut short, or they contradict the format. */
        DAMAGED,
        /** There are more pixels or bytes than the settings or the format's limits allow. */
        TOO_LARGE,
        /** The image needs more memory than Java's heap can ever have. */
        MEMORY
    }

    private final Reason reason;

    public UnreadableImageException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    public UnreadableImageException(Reason reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
