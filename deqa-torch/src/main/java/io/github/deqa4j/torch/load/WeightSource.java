package io.github.deqa4j.torch.load;

import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Set;

/** Named weights that can be read one by one. */
interface WeightSource {
    Set<String> names();

    /** The shape under a name of {@link #names}. */
    long[] shape(String name);

    /** The stored number format under a name of {@link #names}. */
    DType dtype(String name);

    /** The file of the weight under a name of {@link #names}, or the files that it is computed from, for messages. */
    String file(String name);

    /** The weight under a name of {@link #names}; the caller owns it. */
    Weight read(String name);
}
