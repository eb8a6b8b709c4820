package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.StageClock;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** mPLUG-Owl2 with a prompt. The logits of the five level words are those after the prompt (DeQA-Score, section 3). */
public final class PromptedNetwork implements LevelNetwork {
    private final DeqaModel model;
    private final ImageView view;
    private final SentencePieceTokenizer tokenizer;
    private final TokenIds prompt;
    private final int[] levels; // token ids of the five levels, excellent to bad

    PromptedNetwork(DeqaModel model, ImageView view, SentencePieceTokenizer tokenizer, TokenIds prompt, int[] levels) {
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
        return model.lastLogits(pixels, prompt.before(), prompt.after(), levels);
    }

    @Override
    public <T> T choose(Function<PromptedNetwork, T> prompted, Function<LevelNetwork, T> compact) {
        return prompted.apply(this);
    }
}
