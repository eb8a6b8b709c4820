package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch of pictures, each with five logits of its own, in which every picture is compared with every other one of its
 * group: a data set whose scores are on one scale, or one picture in several states whose order is known.
 *
 * @param logits (B, 5), excellent to bad
 * @param opinions one for each picture
 * @param groups a number for each picture; pictures of one number can be compared
 */
public record Panel(Tensor logits, Opinions opinions, List<Integer> groups) {
    /**
     * Checks that the parts belong together.
     *
     * @throws DeqaException if they differ in their numbers of pictures
     */
    public Panel {
        groups = List.copyOf(groups);
        int pictures = opinions.rows();
        if (logits.size(0) != pictures || groups.size() != pictures) {
            throw new DeqaException("there are " + pictures + " opinions for logits of " + logits.size(0)
                    + " pictures, of which " + groups.size() + " have a group; there must be one of each for every"
                    + " picture");
        }
    }

    /** The first pictures of all pairs within groups. */
    int[] left() {
        return IntStream.range(0, groups.size())
                .flatMap(i -> partners(i).map(j -> i))
                .toArray();
    }

    /** The second pictures of all pairs within groups, which come later in the batch. */
    int[] right() {
        return IntStream.range(0, groups.size()).flatMap(this::partners).toArray();
    }

    private IntStream partners(int i) {
        return IntStream.range(i + 1, groups.size()).filter(j -> groups.get(j).equals(groups.get(i)));
    }
}
