package io.github.deqa4j.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/** What is wrong with the value of an option, or with a missing one, in the words of this program instead of picocli's. */
final class WrongValue {
    private static final String IMAGE = "PATH";

    private WrongValue() {}

    /** The problem in one sentence. */
    static String describe(ParameterException e) {
        if (e instanceof MissingParameterException missing) {
            return missing(missing);
        }
        return e.getArgSpec() instanceof OptionSpec option && option.type().isEnum() && e.getValue() != null
                ? option.longestName() + " is \"" + e.getValue() + "\"; it must be " + values(option.type())
                : String.valueOf(e.getMessage());
    }

    private static String missing(MissingParameterException e) {
        Optional<ArgSpec> positional =
                e.getMissing().stream().filter(ArgSpec::isPositional).findFirst();
        if (positional.isPresent()) {
            String label = positional.get().paramLabel();
            return (label.equals(IMAGE) ? "an image" : label) + " is needed: "
                    + e.getCommandLine().getCommandSpec().qualifiedName() + " " + label;
        }
        return e.getMissing().stream()
                        .map(argument -> ((OptionSpec) argument).longestName() + " " + argument.paramLabel())
                        .collect(Collectors.joining(", "))
                + (e.getMissing().size() == 1 ? " is needed" : " are needed");
    }

    /** The values of an option, as users write them. */
    private static String values(Class<?> type) {
        List<String> words = Arrays.stream(type.getEnumConstants())
                .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                .toList();
        int last = words.size() - 1;
        return words.stream().limit(last).collect(Collectors.joining(", ")) + " or " + words.get(last);
    }
}
