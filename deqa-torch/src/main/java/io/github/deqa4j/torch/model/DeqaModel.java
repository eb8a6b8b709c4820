package io.github.deqa4j.torch.model;

import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Stage;
import io.github.deqa4j.torch.nn.StageClock;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * The network of DeQA-Score: mPLUG-Owl2. After "The quality of the image is" it predicts a level as the next token.
 *
 * <p>Its tree of names is that of the released checkpoints. Letters in shapes: B images, S side in pixels, L tokens of
 * the prompt with the image in it, W width of the decoder, V vocabulary.
 */
public final class DeqaModel extends Block {
    /** The name of the vision transformer, with which the names of its weights begin. */
    public static final String VISION_MODEL = "model.vision_model";

    /** The name of the visual abstractor, with which the names of its weights begin. */
    public static final String VISUAL_ABSTRACTOR = "model.visual_abstractor";

    /** The name of the decoder's layers, with which the names of their weights begin. */
    public static final String DECODER_LAYERS = "model.layers";

    /** The name of the head, with which the name of its weight begins. */
    public static final String HEAD = "lm_head";

    private final ModelConfig config;
    private final OwlModel model;
    private final Linear lmHead;

    public DeqaModel(ModelConfig config) {
        this.config = config;
        model = child("model", new OwlModel(config));
        lmHead = config.decoder().tied()
                ? Linear.over(model.embedTokens())
                : child(
                        HEAD,
                        Linear.withoutBias(
                                config.decoder().width(), config.decoder().vocabulary()));
    }

    /** {@inheritDoc} With tied embeddings PyTorch files also hold the head; safetensors files do not. */
    @Override
    public Map<String, String> otherNames() {
        return config.decoder().tied() ? Map.of(HEAD + ".weight", "model.embed_tokens.weight") : Map.of();
    }

    public ModelConfig config() {
        return config;
    }

    public OwlModel model() {
        return model;
    }

    /**
     * Next-token logits at every position of a prompt.
     *
     * @param pixels (B, 3, S, S), normalized
     * @param before token ids before the image
     * @param after token ids after it
     * @return (B, L, V)
     */
    public Tensor forward(Tensor pixels, int[] before, int[] after) {
        return lmHead.forward(model.forward(pixels, before, after));
    }

    /**
     * Next-token logits at every position, for images with a common text before them and texts of their own after them, as in
     * training. Shorter texts are padded on the right with id 0. Padding needs no mask: attention is causal, so no position
     * before the padding attends to it. The logits at padding are not used.
     *
     * @param pixels (B, 3, S, S), normalized
     * @param before token ids before each image
     * @param after token ids after it, B rows
     * @return (B, L, V), L that of the longest row
     */
    public Tensor forward(Tensor pixels, int[] before, List<int[]> after) {
        return lmHead.forward(model.forward(pixels, before, padded(after)));
    }

    /**
     * The logits of {@link #forward(Tensor, int[], List)} at some positions only. The head is a large layer, and a loss needs
     * about a tenth of the positions.
     *
     * @param positions indices b·L + l
     * @return (positions, V)
     */
    public Tensor logitsAt(Tensor pixels, int[] before, List<int[]> after, int[] positions) {
        Tensor h = model.forward(pixels, before, padded(after)).flatten(0, 1); // (B·L, W)
        return lmHead.forward(h.index_select(0, Tensors.indices(positions, h))); // (positions, V)
    }

    /**
     * The logits of some tokens at the last position, from which the level is read.
     *
     * @param tokens token ids
     * @return (B, tokens)
     */
    public Tensor lastLogits(Tensor pixels, int[] before, int[] after, int[] tokens) {
        Tensor h = model.forward(pixels, before, after); // (B, L, W)
        return lmHead.forward(h.select(1, h.size(1) - 1), tokens); // (B, tokens)
    }

    /**
     * What the decoder computes of the text before every image. The weights must not change while it is used.
     *
     * @param before its token ids, at least one
     * @return closed by the caller
     */
    public PromptPrefix prefix(int[] before) {
        return model.prefix(before);
    }

    /**
     * The logits of {@link #lastLogits(Tensor, int[], int[], int[])}, in less time: without what is the same for every image, and
     * in the last layer without what only other positions need. They differ by rounding.
     *
     * @param prefix of the token ids before the image
     * @param clock is told which stage begins
     * @return (B, tokens)
     */
    public Tensor lastLogits(Tensor pixels, PromptPrefix prefix, int[] after, int[] tokens, StageClock clock) {
        Tensor h = model.last(pixels, prefix, after, clock); // (B, W)
        clock.enter(Stage.HEAD);
        return lmHead.forward(h, tokens); // (B, tokens)
    }

    private static int[][] padded(List<int[]> rows) {
        int longest = rows.stream().mapToInt(row -> row.length).max().orElse(0);
        return rows.stream().map(row -> Arrays.copyOf(row, longest)).toArray(int[][]::new);
    }
}
