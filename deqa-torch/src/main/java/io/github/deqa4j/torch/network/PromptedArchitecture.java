package io.github.deqa4j.torch.network;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.image.prepare.ImageView;
import io.github.deqa4j.image.prepare.SquareView;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.text.LevelTokens;
import io.github.deqa4j.text.SentencePieceTokenizer;
import io.github.deqa4j.text.TokenIds;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.load.NetworkDescription;
import io.github.deqa4j.torch.model.DeqaModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** mPLUG-Owl2, which is asked in words. */
final class PromptedArchitecture implements NetworkArchitecture {
    private static final List<String> LIKED = List.of(
            ModelDirectory.CONFIG,
            ModelDirectory.PREPROCESSOR,
            "generation_config.json",
            "tokenizer_config.json",
            "special_tokens_map.json");

    private final ModelDirectory files;
    private final ModelConfig config;

    PromptedArchitecture(ModelDirectory files) {
        this.files = files;
        this.config = ModelConfig.read(files.configFile());
    }

    @Override
    public NetworkDescription description() {
        return new NetworkDescription(new DeqaModel(config), architecture(), PromptedArchitecture::part);
    }

    @Override
    public boolean readsText() {
        return true;
    }

    @Override
    public ImageView view() {
        return new SquareView(files.images(config));
    }

    @Override
    public void writeCompanions(Path folder) {
        LIKED.stream()
                .filter(name -> Files.exists(files.model().resolve(name)))
                .forEach(name -> copy(files.model().resolve(name), folder.resolve(name)));
        copy(files.tokenizerFile(), folder.resolve(ModelDirectory.TOKENIZER));
    }

    private static void copy(Path from, Path to) {
        try {
            Files.copy(from, to);
        } catch (IOException e) {
            throw new DeqaException(from + ": the file cannot be copied (" + e.getMessage() + ")", e);
        }
    }

    @Override
    public List<Path> answerFiles() {
        return Stream.concat(files.preprocessorFile().stream(), Stream.of(files.tokenizerFile()))
                .toList();
    }

    @Override
    public LevelNetwork load(NetworkSettings settings) {
        SentencePieceTokenizer tokenizer = SentencePieceTokenizer.read(files.tokenizerFile());
        requireVocabulary(tokenizer);
        ImageView view = view();
        Prompt prompt = settings.prompt().orElse(settings.usualPrompt());
        int[] levels = LevelTokens.of(tokenizer).ids();
        DeqaModel model = ModelLoader.load(new DeqaModel(config), files, settings.precision(), settings.device());
        return new PromptedNetwork(model, view, TokenIds.of(prompt, tokenizer), levels);
    }

    private void requireVocabulary(SentencePieceTokenizer tokenizer) {
        int vocabulary = config.decoder().vocabulary();
        if (tokenizer.vocabularySize() > vocabulary) {
            throw new DeqaException(files.tokenizerFile() + ": the tokenizer has " + tokenizer.vocabularySize()
                    + " pieces, but the model's \"vocab_size\" is " + vocabulary
                    + "; this tokenizer is another model's");
        }
    }

    private static String part(String name) {
        if (name.startsWith("model.vision_model.")) {
            return "vision transformer";
        }
        if (name.startsWith("model.visual_abstractor.")) {
            return "visual abstractor";
        }
        return name.startsWith("lm_head.") ? "head" : "decoder";
    }

    private String architecture() {
        VisionConfig vision = config.vision();
        AbstractorConfig abstractor = config.abstractor();
        DecoderConfig decoder = config.decoder();
        return "mPLUG-Owl2: vision transformer of " + vision.layers() + " layers × " + vision.width() + ", "
                + vision.imageSize() + " px in patches of " + vision.patchSize() + "; abstractor of "
                + abstractor.layers() + " layers, " + abstractor.queries() + " queries; decoder of " + decoder.layers()
                + " layers × " + decoder.width() + ", " + decoder.heads() + " heads, vocabulary "
                + decoder.vocabulary();
    }
}
