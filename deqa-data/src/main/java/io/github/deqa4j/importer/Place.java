package io.github.deqa4j.importer;

/** Texts from files and from libraries as messages show them. */
final class Place {
    private static final int LONGEST_SHOWN = 60;
    private static final int LONGEST_REASON = 200;

    private Place() {}

    /** The message of a library's exception, in one line. */
    static String reason(Exception e) {
        String message = String.valueOf(e.getMessage()).replaceAll("\\s+", " ");
        return message.length() <= LONGEST_REASON ? message : message.substring(0, LONGEST_REASON - 1) + "…";
    }

    /** A text from a file in quotes, shortened, a tab as \\t, with nothing in it that could disturb a terminal. */
    static String quote(String text) {
        String clean = text.replace("\t", "\\t").replaceAll("\\p{Cntrl}", "\uFFFD");
        return '"' + (clean.length() <= LONGEST_SHOWN ? clean : clean.substring(0, LONGEST_SHOWN - 1) + "…") + '"';
    }
}
