package io.github.deqa4j.cli;

import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads an option whose values are constants, written as their {@code toString} in any case. */
abstract class EnumConverter<E extends Enum<E>> implements ITypeConverter<E> {
    private final Class<E> type;

    EnumConverter(Class<E> type) {
        this.type = type;
    }

    @Override
    public E convert(String word) {
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
