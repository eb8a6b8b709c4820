package io.github.deqa4j.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/** Options whose values are constants that users know by another word than the code does. */
final class EnumWords {
    private EnumWords() {}

    /** The constant whose {@code toString} a word is, in any case. */
    static <E extends Enum<E>> E parse(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (constant.toString().equalsIgnoreCase(word)) {
                return constant;
            }
        }
        String known =
                Arrays.stream(type.getEnumConstants()).map(Enum::toString).collect(Collectors.joining(", "));
        throw new TypeConversionException("\"" + word + "\" is none of " + known);
    }
}
