package io.github.deqa4j.torch;

import io.github.deqa4j.Version;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelHash;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.util.function.LongConsumer;

/** From a model's files and settings to what its scores are labeled with. */
final class ModelIdentity {
    private ModelIdentity() {}

    static ModelInfo of(ModelFiles files, ScorerSettings settings, LongConsumer size) {
        NetworkArchitecture architecture = NetworkArchitecture.of(files);
        ModelInspector.requireFit(
                files, architecture.description()); // before elements are read, of which a file may claim any number
        return new ModelInfo(
                files.name(),
                ModelType.read(files.config()).word(),
                ModelHash.of(files, architecture.answerFiles(), size),
                settings.precision().toString(),
                architecture.readsText()
                        ? settings.prompt().orElse(Prompt.SCORER).word()
                        : "none",
                settings.exif(),
                Version.current());
    }
}
