package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a checkpoint and a network disagree on.
 *
 * @param missing names the network has and the checkpoint lacks
 * @param unknown names the checkpoint has and the network lacks
 * @param misshapen names both have, with the shapes found and expected
 */
public record NameCheck(List<String> missing, List<String> unknown, List<String> misshapen) {
    private static final int NAMES_SHOWN = 12;

    static NameCheck of(Block network, WeightSource source) {
        Map<String, Parameter> parameters = network.namedParameters();
        List<String> missing = new ArrayList<>();
        List<String> misshapen = new ArrayList<>();
        parameters.forEach((name, parameter) -> {
            if (source.names().contains(name)) {
                compare(name, parameter.shape(), source.shape(name), misshapen);
            } else if (!parameter.optional()) {
                missing.add(name);
            }
        });
        List<String> unknown = source.names().stream()
                .filter(name ->
                        !parameters.containsKey(name) && !network.otherNames().containsKey(name))
                .filter(name -> !Checkpoint.isDerived(name))
                .sorted()
                .toList();
        return new NameCheck(List.copyOf(missing), unknown, List.copyOf(misshapen));
    }

    /** Whether every name and shape agrees. */
    public boolean agrees() {
        return missing.isEmpty() && unknown.isEmpty() && misshapen.isEmpty();
    }

    void require(String model) {
        if (!agrees()) {
            List<String> problems = new ArrayList<>();
            describe("missing", excerpts(missing), problems);
            describe("unknown", excerpts(unknown), problems);
            describe("of the wrong shape", misshapen, problems);
            throw new DeqaException(model + ": the tensors do not fit config.json: " + String.join("; ", problems));
        }
    }

    private static void compare(String name, long[] expected, long[] found, List<String> misshapen) {
        if (!Arrays.equals(expected, found)) {
            misshapen.add(Excerpt.of(name) + " " + Arrays.toString(found) + " instead of " + Arrays.toString(expected));
        }
    }

    private static void describe(String what, List<String> names, List<String> problems) {
        if (!names.isEmpty()) {
            String more = names.size() > NAMES_SHOWN ? " and " + (names.size() - NAMES_SHOWN) + " more" : "";
            String shown = names.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", "));
            problems.add(names.size() + " " + what + " (" + shown + more + ")");
        }
    }

    private static List<String> excerpts(List<String> names) {
        return names.stream().map(Excerpt::of).toList();
    }
}
