package io.github.deqa4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Device;
import io.github.deqa4j.torch.nn.Precision;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelWriterTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void aLargeNetworkIsWrittenInShardsWithAnIndex() {
        Path target = folder.resolve("model");
        ModelDirectory base = ModelDirectory.open(Golden.mini().resolve("model"), Optional.empty(), Optional.empty());
        try (DeqaModel model = ModelLoader.load(base, Precision.FLOAT32, Device.CPU)) {
            new ModelWriter(base, 200_000).write(target, model.namedParameters());
        }
        NavigableMap<String, TensorEntry> written = Checkpoint.open(target).tensors();
        NavigableMap<String, TensorEntry> expected =
                Checkpoint.open(base.model()).tensors();
        assertThat(written.keySet()).isEqualTo(expected.keySet());
        expected.forEach((name, entry) -> {
            if (!name.endsWith("_pos_embed")) { // these are rounded in the file, and computed anew when it is loaded
                assertThat(Objects.requireNonNull(written.get(name)).toFloats())
                        .as(name)
                        .isEqualTo(entry.toFloats());
            }
        });
        assertThat(Stream.of(Objects.requireNonNull(target.toFile().list())).filter(name -> name.startsWith("model-")))
                .hasSize(3)
                .contains("model-00002-of-00003.safetensors");
        assertThat(Golden.json(target.resolve("model.safetensors.index.json"))
                        .path("metadata")
                        .path("total_size")
                        .longValue())
                .isEqualTo(expected.values().stream()
                        .mapToLong(entry -> entry.elements() * Float.BYTES)
                        .sum());
    }
}
