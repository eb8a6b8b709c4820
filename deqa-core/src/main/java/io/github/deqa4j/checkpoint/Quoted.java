package io.github.deqa4j.checkpoint;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names out of hostile files, made fit for one line of a message. */
public final class Quoted {
    private static final int LONGEST = 120;
    private static final int NAMES_SHOWN = 8;

    private Quoted() {}

    /** A name in quotes, shortened, with control characters replaced. */
    public static String name(String name) {
        String shown = name.length() <= LONGEST ? name : name.substring(0, LONGEST) + "…";
        return '"' + shown.replaceAll("[\\p{Cc}\\p{Cf}]", "�") + '"';
    }

    /** The first names of a list, and how many follow. */
    public static String names(Collection<String> names) {
        String shown = names.stream().limit(NAMES_SHOWN).map(Quoted::name).collect(Collectors.joining(", "));
        int more = names.size() - NAMES_SHOWN;
        return more > 0 ? shown + " and " + more + " more" : shown;
    }
}
