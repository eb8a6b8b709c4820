package io.github.deqa4j.torch;

import io.github.deqa4j.image.prepare.Pixels;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Which of several inputs go through a network together. */
final class EqualSizes {
    private EqualSizes() {}

    /** The indices of inputs of equal sides, in the order in which sides and inputs come. */
    static List<List<Integer>> group(List<Pixels> pixels) {
        List<List<Integer>> groups = new ArrayList<>();
        for (int i = 0; i < pixels.size(); i++) {
            Pixels one = pixels.get(i);
            List<Integer> group = groups.stream()
                    .filter(others -> pixels.get(others.get(0)).fits(one))
                    .findFirst()
                    .orElseGet(() -> {
                        List<Integer> added = new ArrayList<>();
                        groups.add(added);
                        return added;
                    });
            group.add(i);
        }
        return groups;
    }

    /** Every index alone. */
    static List<List<Integer>> alone(List<Pixels> pixels) {
        return IntStream.range(0, pixels.size()).mapToObj(List::of).toList();
    }
}
