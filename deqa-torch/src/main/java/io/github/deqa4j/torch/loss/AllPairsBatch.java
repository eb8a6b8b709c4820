package io.github.deqa4j.torch.loss;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * A batch of images in which every image is compared with every other one of its group. A group is a data set whose scores are on one
 * scale, or one image in several states of known order.
 *
 * @param logits (B, 5), excellent to bad
 * @param ratings the rating of each image
 * @param groups the number of each image's group
 */
public record AllPairsBatch(Tensor logits, RatingTensors ratings, List<Integer> groups) {
    /**
     * Checks the numbers of images.
     *
     * @throws DeqaException if they differ
     */
    public AllPairsBatch {
        groups = List.copyOf(groups);
        int images = ratings.rows();
        if (logits.size(0) != images || groups.size() != images) {
            throw new DeqaException("there are " + images + " ratings for logits of " + logits.size(0)
                    + " images, of which " + groups.size() + " have a group; there must be one of each for every"
                    + " image");
        }
    }

    /** The first images of all pairs within groups. */
    int[] left() {
        return IntStream.range(0, groups.size())
                .flatMap(i -> partners(i).map(j -> i))
                .toArray();
    }

    /** The second images of all pairs within groups, which come later in the batch. */
    int[] right() {
        return IntStream.range(0, groups.size()).flatMap(this::partners).toArray();
    }

    private IntStream partners(int i) {
        return IntStream.range(i + 1, groups.size()).filter(j -> groups.get(j).equals(groups.get(i)));
    }
}
