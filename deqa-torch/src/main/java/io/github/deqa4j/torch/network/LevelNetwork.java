package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Functional;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A network with weights that says of images how well each of the five levels fits them.
 *
 * <p>Any number of threads may use one, as long as none of them changes or closes it.
 */
public interface LevelNetwork extends AutoCloseable {
    /** Its parameters. */
    Block block();

    /** How it sees images. */
    ImageView view();

    /**
     * The logits of the five levels, excellent to bad; recorded for gradients unless the native scope says otherwise.
     *
     * @param pixels (B, 3, H, W), as {@link #view} makes them, in any number format and on any device
     * @return (B, 5)
     */
    Tensor logits(Tensor pixels);

    /**
     * Inputs of one size as {@link #logits} takes them: (B, 3, H, W).
     *
     * @param pixels at least one
     */
    static Tensor batch(List<Pixels> pixels) {
        Tensor[] images = pixels.stream()
                .map(one -> Functional.tensor(one.values(), RgbImage.CHANNELS, one.height(), one.width()))
                .toArray(Tensor[]::new);
        return Functional.stack(images);
    }

    /** How it answers for the parts of an image, too; empty for a network that answers for the whole only. */
    default Optional<LocalNetwork> local() {
        return Optional.empty();
    }

    /**
     * Calls the function for this kind of network. A new kind becomes a new parameter, so that no caller can forget it.
     *
     * @param prompted for a network that is asked in words
     * @param compact for a network that gives the five logits itself
     */
    <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact);

    /** Frees the weights. */
    @Override
    default void close() {
        block().close();
    }
}
