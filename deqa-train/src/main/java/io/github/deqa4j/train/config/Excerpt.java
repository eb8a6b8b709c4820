package io.github.deqa4j.train.config;

/** Values out of settings and files, made fit for one line of a message. */
public final class Excerpt {
    private static final int LONGEST = 60;

    private Excerpt() {}

    /** The beginning of a text, with control characters replaced. */
    public static String of(Object value) {
        String text = String.valueOf(value);
        String shown = text.length() <= LONGEST ? text : text.substring(0, LONGEST - 1) + "…";
        return shown.replaceAll("[\\p{Cc}\\p{Cf}]", "\uFFFD");
    }
}
