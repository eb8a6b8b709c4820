package io.github.deqa4j.spring;

import io.github.deqa4j.image.UnreadableImageException;

/** Is told what scorers do, on the thread that asked for it. */
interface ScoringListener {
    /**
     * A call gave its scores.
     *
     * @param scorer name of the bean
     * @param images how many were scored, at least 1
     * @param nanos how long the call took
     */
    void scored(String scorer, int images, long nanos);

    /** A call failed with what it threw; otherwise as {@link #scored}. */
    void failed(String scorer, Throwable failure, long nanos);

    /** An image could not be read. */
    void unreadable(String scorer, UnreadableImageException failure);
}
