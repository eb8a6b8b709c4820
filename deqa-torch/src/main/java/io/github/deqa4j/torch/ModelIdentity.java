package io.github.deqa4j.torch;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.Version;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.score.ModelInfo;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.load.ModelHash;
import io.github.deqa4j.torch.load.ModelInspector;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** From a model's files and settings to what its scores are labeled with. */
final class ModelIdentity {
    private static final Pattern MODEL_FILE = Pattern.compile(".*\\.(json|safetensors|bin|model)");

    private ModelIdentity() {}

    /** Size and time of change of the files of a model in a directory. One on the class path does not change. */
    static Map<Path, String> fileStates(ModelFiles files) {
        if (!(files instanceof ModelDirectory directory)) {
            return Map.of();
        }
        Map<Path, String> states = new TreeMap<>();
        Stream.concat(Stream.of(directory.model()), directory.base().stream())
                .forEach(folder -> addStates(folder, states));
        return states;
    }

    private static void addStates(Path folder, Map<Path, String> states) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>)
                    files.filter(file -> MODEL_FILE.matcher(file.toString()).matches())::iterator) {
                states.put(file, Files.size(file) + " bytes of " + Files.getLastModifiedTime(file));
            }
        } catch (IOException | UncheckedIOException e) {
            throw new ModelLoadException(folder + ": the files of the model cannot be listed (" + e + ")", e);
        }
    }

    static ModelInfo of(ModelFiles files, ScorerSettings settings, LongConsumer size) {
        NetworkArchitecture architecture = NetworkArchitecture.of(files);
        ModelInspector.requireFit(
                files, architecture.description()); // before elements are read, of which a file may claim any number
        return new ModelInfo(
                files.title(),
                ModelType.read(files.config()).word(),
                ModelHash.of(files, architecture.answerFiles(), size),
                settings.precision().orElse(architecture.usualPrecision()).toString(),
                architecture.readsText() ? settings.promptOrDefault().word() : "none",
                settings.exif(),
                Version.current());
    }
}
