package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.model.PromptPrefix;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.StageClock;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/** mPLUG-Owl2 with a prompt. The logits of the five level words are those after the prompt (DeQA-Score, section 3). */
public final class PromptedNetwork implements LevelNetwork {
    private final DeqaModel model;
    private final ImageView view;
    private final SentencePieceTokenizer tokenizer;
    private final TokenIds prompt;
    private final int[] levels; // token ids of the five levels, excellent to bad

    private final @Nullable PromptPrefix prefix; // of a network that is prepared

    PromptedNetwork(DeqaModel model, ImageView view, SentencePieceTokenizer tokenizer, TokenIds prompt, int[] levels) {
        this(model, view, tokenizer, prompt, levels, null);
    }

    private PromptedNetwork(
            DeqaModel model,
            ImageView view,
            SentencePieceTokenizer tokenizer,
            TokenIds prompt,
            int[] levels,
            @Nullable PromptPrefix prefix) {
        this.prefix = prefix;
        this.model = model;
        this.view = view;
        this.tokenizer = tokenizer;
        this.prompt = prompt;
        this.levels = levels;
    }

    /** The tokenizer of its prompts and answers. */
    public SentencePieceTokenizer tokenizer() {
        return tokenizer;
    }

    /** What it is asked. */
    public TokenIds prompt() {
        return prompt;
    }

    /** The network itself, for answers of any length. */
    public DeqaModel model() {
        return model;
    }

    @Override
    public Block block() {
        return model;
    }

    @Override
    public ImageView view() {
        return view;
    }

    @Override
    public Tensor logits(Tensor pixels, StageClock clock) {
        return prefix == null
                ? model.lastLogits(pixels, prompt.before(), prompt.after(), levels)
                : model.lastLogits(pixels, prefix, prompt.after(), levels, clock);
    }

    /** {@inheritDoc} That is the prompt before the image. */
    @Override
    public LevelNetwork prepared() {
        model.quantizeInputs(2); // the first token has values that single 8-bit numbers cannot hold beside the others
        try (NativeScope scope = NativeScope.inference()) {
            return new PromptedNetwork(model, view, tokenizer, prompt, levels, model.prefix(prompt.before()));
        } finally {
            model.quantizeInputs(1);
        }
    }

    @Override
    public int measuredBatch() {
        return new BatchSearch(model, prompt.after().length).fastest();
    }

    @Override
    public void close() {
        if (prefix != null) {
            prefix.close();
        }
        model.close();
    }

    @Override
    public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
        return prompted.apply(this);
    }
}
