package io.github.deqa4j.train.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.ShardWriter;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelLoader;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.network.LevelNetwork;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.network.NetworkSettings;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.train.compact.CompactStart;
import java.nio.file.Path;
import java.util.List;
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
        try (DeqaModel model =
                ModelLoader.load(new DeqaModel(ModelConfig.read(base.config())), base, Precision.FLOAT32, Device.CPU)) {
            new ModelWriter(base, 200_000).write(target, model.namedParameters(), written -> {});
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

    @Test
    void aNetworkThatReadsNoTextNeedsNoTokenizer() {
        Path start = folder.resolve("start");
        Path target = folder.resolve("copy");
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), start, 1);
        ModelDirectory base = ModelDirectory.open(start, Optional.empty(), Optional.empty());
        NetworkSettings settings = new NetworkSettings(
                Optional.empty(), Prompt.EVALUATION, Precision.FLOAT32, Device.CPU, new RandomStream(0));
        try (LevelNetwork network = NetworkArchitecture.of(base).load(settings)) {
            new ModelWriter(base, ShardWriter.SHARD_BYTES)
                    .write(target, network.block().namedParameters(), written -> {});
        }

        for (String name : List.of("config.json", "model.safetensors")) {
            assertThat(target.resolve(name)).hasSameBinaryContentAs(start.resolve(name));
        }
        assertThat(target.toFile().list()).hasSize(2);
    }
}
