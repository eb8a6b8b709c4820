package io.github.deqa4j.file;

import java.util.Collection;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Values from files and settings as messages show them: short, on one line, without invisible characters. */
public final class Excerpt {
    private static final int LONGEST = 100;
    private static final int LONGEST_REASON = 200;
    private static final int NAMES_SHOWN = 8;

    /** Control and format characters, unpaired surrogates, and the separators of lines and paragraphs. */
    private static final Pattern INVISIBLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private static final Pattern SPACES = Pattern.compile("[\\s\\p{Cc}]+");

    private Excerpt() {}

    /** A value as text, cut at 100 characters; a tab becomes {@code \t}, other invisible characters U+FFFD. */
    public static String of(@Nullable Object value) {
        String start = cut(String.valueOf(value), LONGEST);
        return INVISIBLE.matcher(start.replace("\t", "\\t")).replaceAll("\uFFFD");
    }

    /** {@link #of} in double quotes. */
    public static String quoted(String text) {
        return '"' + of(text) + '"';
    }

    /** The first eight names in quotes, and how many follow. */
    public static String list(Collection<String> names) {
        String shown = names.stream().limit(NAMES_SHOWN).map(Excerpt::quoted).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }

    /** The message of an exception on one line, cut at 200 characters; the name of its class where it has no message. */
    public static String reason(Throwable e) {
        String message = e.getMessage();
        return message == null || message.isBlank() ? e.getClass().getSimpleName() : line(message, LONGEST_REASON);
    }

    /** A sentence on one line: white space and control characters become single spaces, and the rest is cut. */
    public static String line(String text, int longest) {
        return cut(SPACES.matcher(text.strip()).replaceAll(" "), longest);
    }

    private static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        boolean splitsPair = Character.isHighSurrogate(text.charAt(longest - 2));
        return text.substring(0, longest - (splitsPair ? 2 : 1)) + "…";
    }
}
