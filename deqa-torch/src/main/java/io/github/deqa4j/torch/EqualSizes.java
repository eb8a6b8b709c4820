package io.github.deqa4j.torch;

import io.github.deqa4j.image.prepare.InputSize;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Which of several inputs are in one pass through a network. */
final class EqualSizes {
    private EqualSizes() {}

    /** The indices of inputs of equal size, at most so many in a pass, in the order in which sizes and inputs come. */
    static List<List<Integer>> groups(List<InputSize> sizes, int most) {
        Map<InputSize, List<Integer>> equal = IntStream.range(0, sizes.size())
                .boxed()
                .collect(Collectors.groupingBy(sizes::get, LinkedHashMap::new, Collectors.toList()));
        List<List<Integer>> groups = new ArrayList<>();
        for (List<Integer> indices : equal.values()) {
            for (int start = 0; start < indices.size(); start += most) {
                groups.add(indices.subList(start, Math.min(indices.size(), start + most)));
            }
        }
        return groups;
    }
}
