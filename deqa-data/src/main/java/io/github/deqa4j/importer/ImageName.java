package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Paths of images as the files of data sets name them. */
final class ImageName {
    private static final int LONGEST = 1000;
    private static final Pattern LAST_NUMBER = Pattern.compile("[_.](\\d{1,4})\\.[^.]*$");

    private ImageName() {}

    /** A path below the folder of images, with {@code /} between folders. */
    static String check(Location place, String name) {
        String path = name.replace('\\', '/').replaceFirst("^(\\./)+", "");
        boolean inside = !path.startsWith("/")
                && !path.contains(":")
                && !List.of(path.split("/", -1)).contains("..");
        boolean plain = path.length() <= LONGEST && path.chars().noneMatch(Character::isISOControl);
        if (!inside || !plain || path.isBlank() || path.endsWith("/")) {
            throw place.error("the image " + Excerpt.quoted(name) + " is not a path below the folder of images");
        }
        return path;
    }

    /** The last part of a path up to a character; all of it where it lacks the character. */
    static String before(String path, char mark) {
        String base = Opinion.basename(path);
        int end = base.indexOf(mark);
        return end < 0 ? base : base.substring(0, end);
    }

    /** The number at the end of a name such as {@code I01_02_05.png}: in these layouts, how strong the distortion is. */
    static OptionalDouble lastNumber(String path) {
        Matcher matcher = LAST_NUMBER.matcher(path);
        return matcher.find() ? OptionalDouble.of(Double.parseDouble(matcher.group(1))) : OptionalDouble.empty();
    }
}
