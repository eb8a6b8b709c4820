package io.github.deqa4j.importer;

/** The part of the official split that an image belongs to. */
public enum Part {
    TRAIN,
    TEST,
    /** Officially in neither, such as a validation image. */
    NEITHER,
    /** The layout gives no split. */
    OPEN
}
