package io.github.deqa4j.dataset;

/** Texts from files as messages show them. */
public final class Quoted {
    private static final int LONGEST = 100;

    private Quoted() {}

    /** A text in quotes, cut, with nothing in it that could disturb a terminal. */
    public static String of(String text) {
        String clean = text.replaceAll("\\p{Cntrl}", "\uFFFD");
        return '"' + (clean.length() <= LONGEST ? clean : clean.substring(0, LONGEST - 1) + "…") + '"';
    }
}
