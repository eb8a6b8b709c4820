package io.github.deqa4j.dataset;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.util.OptionalDouble;

/**
 * Mean opinion score and standard deviation of an image.
 *
 * @param path of the image, as the data set names it, with {@code /} between folders
 * @param mos mean opinion score, finite, on the data set's own scale, more is better
 * @param std standard deviation of the raters' opinions, at least 0, on the same scale; absent where the set has none
 * @param mosText the score as its file writes it; ids of rows are made with it
 */
public record Opinion(String path, double mos, OptionalDouble std, String mosText) {
    /**
     * Checks the numbers.
     *
     * @throws DeqaException if the score is not finite, or the standard deviation not finite or negative
     */
    public Opinion {
        if (path.isBlank()) {
            throw new DeqaException("an opinion has no image; give the path of the image");
        }
        if (!Double.isFinite(mos)) {
            throw new DeqaException("the mos of " + Excerpt.quoted(path) + " is " + Excerpt.quoted(mosText)
                    + "; it must be a finite number");
        }
        if (std.isPresent() && !(std.getAsDouble() >= 0 && std.getAsDouble() < Double.POSITIVE_INFINITY)) {
            throw new DeqaException("the std of " + Excerpt.quoted(path) + " is " + std.getAsDouble()
                    + "; a standard deviation must be finite and not negative");
        }
    }

    /** An opinion whose score is written with the fewest digits. */
    public static Opinion of(String path, double mos, OptionalDouble std) {
        return new Opinion(path, mos, std, Double.isFinite(mos) ? ShortestDecimal.of(mos) : Double.toString(mos));
    }

    /** The last part of the path: what a split names the image by. */
    public String basename() {
        return basename(path);
    }

    /** The last part of a path with {@code /} between folders. */
    public static String basename(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
