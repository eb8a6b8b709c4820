package io.github.deqa4j.torch.model;

import static io.github.deqa4j.torch.nn.Functional.cat;
import static io.github.deqa4j.torch.nn.Functional.oneByOne;

import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Embedding;
import io.github.deqa4j.torch.nn.LayerStack;
import io.github.deqa4j.torch.nn.RmsNorm;
import io.github.deqa4j.torch.nn.Rotary;
import io.github.deqa4j.torch.nn.Stage;
import io.github.deqa4j.torch.nn.StageClock;
import java.util.Arrays;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** mPLUG-Owl2 without its head. The tokens of the image stand between those of the text, and the decoder reads them all. */
public final class OwlModel extends Block {
    private final VisionTransformer visionModel;
    private final VisualAbstractor visualAbstractor;
    private final Embedding embedTokens;
    private final LayerStack<DecoderLayer> layers;
    private final RmsNorm norm;
    private final DecoderConfig decoder;

    OwlModel(ModelConfig config) {
        decoder = config.decoder();
        visionModel = child("vision_model", new VisionTransformer(config.vision()));
        visualAbstractor = child("visual_abstractor", new VisualAbstractor(config));
        embedTokens = child("embed_tokens", new Embedding(decoder.vocabulary(), decoder.width()));
        layers = child("layers", new LayerStack<>(decoder.layers(), i -> new DecoderLayer(decoder, i)));
        norm = child("norm", new RmsNorm(decoder.width(), decoder.eps()));
    }

    public VisionTransformer visionModel() {
        return visionModel;
    }

    public VisualAbstractor visualAbstractor() {
        return visualAbstractor;
    }

    Embedding embedTokens() {
        return embedTokens;
    }

    /** Hidden states of images that share a prompt: (B, 3, S, S) → (B, L, W). */
    Tensor forward(Tensor pixels, int[] before, int[] after) {
        return forward(pixels, before, batch -> embedTokens.forward(after).expand(batch, -1, -1));
    }

    /** Hidden states of images with token ids of their own after them: (B, 3, S, S), (B, after) → (B, L, W). */
    Tensor forward(Tensor pixels, int[] before, int[][] after) {
        int[] all = Arrays.stream(after).flatMapToInt(IntStream::of).toArray();
        return forward(pixels, before, batch -> embedTokens.forward(all).view(batch, -1, decoder.width()));
    }

    private Tensor forward(Tensor pixels, int[] before, LongFunction<Tensor> after) {
        Tensor visual = visualAbstractor.forward(visionModel.forward(pixels)); // (B, Q+1, W)
        Tensor x = splice(before, visual, after.apply(visual.size(0))); // (B, L, W)
        ImageSpan image = new ImageSpan(before.length, before.length + visual.size(1));
        DecoderContext context = context(x, image, null);
        return norm.forward(layers.forward(x, (layer, h) -> layer.forward(h, context)));
    }

    /**
     * What the decoder computes of the text before every image. In int8 the embeddings are bfloat16, also where the file has them in
     * float32. The first layer normalizes them in that format, a rounding of 2⁻⁹ beside the 2⁻⁸ of 8-bit inputs; its output and all
     * that follows is float32.
     *
     * @param before its token ids, at least one
     * @return closed by the caller
     */
    PromptPrefix prefix(int[] before) {
        PromptPrefix prefix = new PromptPrefix(before.length);
        Tensor x = embedTokens.forward(before).unsqueeze(0); // (1, before, W)
        DecoderContext context = context(x, ImageSpan.none(), null);
        try {
            layers.forward(x, (layer, h) -> {
                prefix.add(layer.keysValues(h, context));
                return layer.forward(h, context);
            });
        } catch (RuntimeException | Error e) {
            prefix.close();
            throw e;
        }
        return prefix;
    }

    /** The last hidden state of images after a prefix: (B, 3, S, S) → (B, W). */
    Tensor last(Tensor pixels, PromptPrefix prefix, int[] after, StageClock clock) {
        clock.enter(Stage.VISION);
        Tensor seen = oneByOne(pixels, visionModel::forward); // (B, N, D)
        clock.enter(Stage.ABSTRACTOR);
        Tensor visual = oneByOne(seen, visualAbstractor::forward); // (B, Q+1, W)
        clock.enter(Stage.DECODER);
        Tensor x = cat(1, visual, embedTokens.forward(after).expand(visual.size(0), -1, -1)); // (B, Q+1+after, W)
        DecoderContext context = context(x, new ImageSpan(0, visual.size(1)), prefix);
        DecoderLayer end = layers.last();
        Tensor h = layers.forward(
                x, (layer, y) -> layer == end ? layer.last(y, context) : layer.forward(y, context)); // (B, 1, W)
        return norm.forward(h).select(1, 0); // (B, W)
    }

    private DecoderContext context(Tensor x, ImageSpan image, @Nullable PromptPrefix prefix) {
        int start = prefix == null ? 0 : prefix.length();
        Rotary rotary = Rotary.of(start, x.size(1), decoder.headWidth(), decoder.ropeTheta(), x);
        return new DecoderContext(rotary, image, prefix);
    }

    private Tensor splice(int[] before, Tensor visual, Tensor after) {
        Tensor start = embedTokens.forward(before).expand(visual.size(0), -1, -1); // (B, before, W)
        return cat(1, start, visual, after);
    }
}
