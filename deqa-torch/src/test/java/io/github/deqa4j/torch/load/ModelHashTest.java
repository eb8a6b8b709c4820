package io.github.deqa4j.torch.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.CompactFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelHashTest {
    private static final Path MODEL = Golden.mini().resolve("model");
    private static final Path ADAPTER = Golden.mini().resolve("model-lora");

    @TempDir
    Path folder;

    @Test
    void theHashIsOfTheWeightsAndNotOfTheirFiles() throws IOException {
        Path shards = copy(MODEL, "shards");
        Files.delete(shards.resolve("model.safetensors"));
        Path other = copy(MODEL, "other");
        Files.delete(other.resolve("expected.json"));

        assertThat(hash(MODEL)).matches("[0-9a-f]{64}").isEqualTo(hash(other)).isEqualTo(hash(shards));
    }

    @Test
    void howFarScoresCanBeReliedOnIsNoPartOfTheModel() {
        Path model = CompactFiles.write(folder.resolve("reliable"));
        String without = hash(model);
        CompactFiles.writeReliability(model);

        assertThat(hash(model)).isEqualTo(without);
    }

    @Test
    void anotherWeightOrSettingIsAnotherModel() throws IOException {
        Path weight = copy(MODEL, "weight");
        flipLastByte(weight.resolve("model.safetensors"));
        Path config = copy(MODEL, "config");
        Files.writeString(config.resolve("config.json"), " " + Files.readString(config.resolve("config.json")));
        Path beside = Files.writeString(folder.resolve("beside"), "x");

        assertThat(List.of(hash(MODEL), hash(weight), hash(config), hash(MODEL, beside)))
                .doesNotHaveDuplicates();
    }

    @Test
    void anAdapterCountsWithItsBase() throws IOException {
        Path pairs = copy(ADAPTER, "pairs");
        Files.delete(pairs.resolve("non_lora_trainables.bin"));
        Path config = copy(ADAPTER, "config");
        Path settings = config.resolve("adapter_config.json");
        Files.writeString(settings, Files.readString(settings) + " ");
        Path base = copy(MODEL, "base");
        flipLastByte(base.resolve("model.safetensors"));

        assertThat(List.of(
                        hash(MODEL),
                        hashOfAdapter(ADAPTER, MODEL),
                        hashOfAdapter(pairs, MODEL),
                        hashOfAdapter(config, MODEL),
                        hashOfAdapter(ADAPTER, base)))
                .doesNotHaveDuplicates();
    }

    @Test
    void theBytesToReadAreToldBefore() {
        List<Long> told = new ArrayList<>();
        Path model = CompactFiles.write(folder.resolve("compact"));

        ModelHash.of(files(model, Optional.empty()), List.of(), told::add);

        assertThat(told)
                .singleElement()
                .satisfies(bytes ->
                        assertThat(bytes).isPositive().isLessThan(Files.size(model.resolve("model.safetensors"))));
    }

    private static String hash(Path model, Path... beside) {
        return ModelHash.of(
                files(model, Optional.empty()),
                Stream.of(beside).map(ModelFile::of).toList(),
                bytes -> {});
    }

    private static String hashOfAdapter(Path adapter, Path base) {
        return ModelHash.of(files(adapter, Optional.of(base)), List.of(), bytes -> {});
    }

    private static ModelFiles files(Path model, Optional<Path> base) {
        return ModelFiles.open(Optional.of(model), base, Optional.empty());
    }

    private static void flipLastByte(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);
    }

    private Path copy(Path model, String name) throws IOException {
        Path copy = Files.createDirectory(folder.resolve(name));
        try (var files = Files.list(model)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, copy.resolve(file.getFileName().toString()));
            }
        }
        return copy;
    }
}
