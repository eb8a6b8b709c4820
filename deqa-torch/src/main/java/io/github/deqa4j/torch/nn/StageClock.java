package io.github.deqa4j.torch.nn;

/** Is told which stage of a pass through a network begins, on the thread that computes. */
@FunctionalInterface
public interface StageClock {
    /** A clock that nobody reads. */
    StageClock NONE = stage -> {};

    /** A stage begins; the one before it has ended. On a GPU its work may still be going on. */
    void enter(Stage stage);
}
