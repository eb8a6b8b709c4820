package io.github.deqa4j.torch.nn;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** One learned vector for each token id. */
public final class Embedding extends Block {
    private final Parameter weight; // (vocabulary, dim)

    public Embedding(long vocabulary, long dim) {
        weight = matrix("weight", vocabulary, dim);
    }

    Parameter weight() {
        return weight;
    }

    /**
     * The vectors of token ids.
     *
     * @param ids whole numbers in [0, vocabulary)
     * @return (ids, dim)
     */
    public Tensor forward(int[] ids) {
        return torch.embedding(weight.value(), Tensors.indices(ids, weight.value()));
    }
}
