package io.github.deqa4j.score;

import io.github.deqa4j.InvalidSettingException;
import java.util.Locale;

/** How large an image is when it is judged. */
public enum View {
    /** The image as a whole, shrunk to what the network takes: how it looks at the size of a screen or below. */
    WHOLE,
    /** Tiles of the image at its own scale: how it looks at 100 %. */
    DETAIL,
    /** Both; the score stays that of the whole. */
    BOTH;

    /**
     * The view of a name as users write it.
     *
     * @throws InvalidSettingException if the name is none of {@code whole}, {@code detail} and {@code both}
     */
    public static View parse(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "whole" -> WHOLE;
            case "detail" -> DETAIL;
            case "both" -> BOTH;
            default ->
                throw new InvalidSettingException(
                        "view", "the view \"" + name + "\" is unknown; use whole, detail or both");
        };
    }

    /** Whether tiles are scored. */
    public boolean hasDetail() {
        return this != WHOLE;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
