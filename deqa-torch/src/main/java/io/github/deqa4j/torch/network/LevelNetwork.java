package io.github.deqa4j.torch.network;

import static io.github.deqa4j.torch.nn.Functional.stack;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.Pixels;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.StageClock;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/**
 * A network with weights that gives the logits of the five levels for images.
 *
 * <p>Any number of threads may use one while no thread changes or closes it.
 */
public interface LevelNetwork extends AutoCloseable {
    /** Its parameters. */
    Block block();

    /** How images are prepared for it. */
    ImageView view();

    /**
     * The logits of the five levels, excellent to bad; recorded for gradients unless the native scope says otherwise.
     *
     * @param pixels (B, 3, H, W), as {@link #view} makes them, in any number format and on any device
     * @param clock is told which stage begins
     * @return (B, 5)
     */
    Tensor logits(Tensor pixels, StageClock clock);

    /** The logits, without a clock; otherwise as {@link #logits(Tensor, StageClock)}. */
    default Tensor logits(Tensor pixels) {
        return logits(pixels, StageClock.NONE);
    }

    /**
     * The logits with what the network read of the images, from one pass.
     *
     * @param pixels (B, 3, H, W), as of {@link #logits(Tensor, StageClock)}
     * @return with the same logits, to the last bit
     */
    default LevelAnswer answer(Tensor pixels) {
        return new LevelAnswer(logits(pixels), Optional.empty());
    }

    /**
     * What a network says of images.
     *
     * @param logits (B, 5), of the five levels, excellent to bad
     * @param statistics (B, s), what its last layers read, in float32; empty of a network that pools no statistics
     */
    record LevelAnswer(Tensor logits, Optional<Tensor> statistics) {}

    /**
     * This network with everything computed that is the same for every image. Its weights must not change any more; closing it
     * closes this one.
     */
    default LevelNetwork prepared() {
        return this;
    }

    /**
     * How many images in a pass are scored fastest on this machine, at least 1. It may measure, which takes a few passes.
     */
    default int measuredBatch() {
        return 1;
    }

    /**
     * Inputs of one size as {@link #logits} takes them: (B, 3, H, W).
     *
     * @param pixels at least one
     */
    static Tensor batch(List<Pixels> pixels) {
        Tensor[] images = pixels.stream()
                .map(one -> Tensors.of(one.values(), RgbImage.CHANNELS, one.height(), one.width()))
                .toArray(Tensor[]::new);
        return stack(images);
    }

    /** This network for windows of an image; empty if it scores whole images only. */
    default Optional<WindowNetwork> windows() {
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
