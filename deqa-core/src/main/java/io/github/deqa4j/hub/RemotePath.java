package io.github.deqa4j.hub;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Names of files as a server gives them, which must name a file below the folder that they are resolved against. */
final class RemotePath {
    private static final int LONGEST = 255; // bytes of a name that file systems take
    private static final Pattern FORBIDDEN = Pattern.compile("[\\p{Cc}\\\\:<>\"|?*]");

    /** Names that are devices in every folder of Windows, with any ending. */
    private static final Pattern DEVICE =
            Pattern.compile("(?i)(?:con|prn|aux|nul|conin\\$|conout\\$|(?:com|lpt)[0-9¹²³])(?:[ .].*)?");

    private RemotePath() {}

    /**
     * Whether a name stays below its folder on every system, whatever that does with it: relative, with slashes alone, without
     * {@code ..}, and of characters and words that Windows takes for a name, too.
     */
    static boolean isSafe(String name) {
        return Arrays.stream(name.split("/", -1)).allMatch(RemotePath::isSafePart);
    }

    /**
     * Whether a name leads out of its folder on some system. Others that are not {@link #isSafe safe} are merely odd, and need
     * be refused only if they are used.
     */
    static boolean leadsOut(String name) {
        return name.matches("(?s).*[\\\\\\p{Cc}].*|[A-Za-z]:.*")
                || Arrays.stream(name.split("/", -1))
                        .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    }

    /**
     * Refuses a name that is not safe.
     *
     * @param where whose name it is, for the message
     */
    static String require(String where, String name) {
        if (!isSafe(name)) {
            throw hostile(where, name);
        }
        return name;
    }

    /** The error for a name that no file is given. */
    static DeqaException hostile(String where, String name) {
        return new DeqaException(where + ": the hub names a file " + Excerpt.quoted(name)
                + ", which could lead out of its folder; nothing was written under this name");
    }

    private static boolean isSafePart(String part) {
        return !part.isBlank()
                && !part.endsWith(".")
                && !part.endsWith(" ")
                && part.getBytes(StandardCharsets.UTF_8).length <= LONGEST
                && !FORBIDDEN.matcher(part).find()
                && !DEVICE.matcher(part).matches();
    }
}
