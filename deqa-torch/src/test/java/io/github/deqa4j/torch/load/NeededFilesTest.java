package io.github.deqa4j.torch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NeededFilesTest {
    private static final String INDEX = "model.safetensors.index.json";

    @TempDir
    private Path folder;

    @Test
    void safetensorsArePreferredAndCodeIsLeft() {
        assertThat(select(
                        "README.md",
                        "config.json",
                        "faults.safetensors",
                        "modeling.py",
                        "model.safetensors",
                        "pytorch_model.bin",
                        "preprocessor_config.json",
                        "reliability.safetensors",
                        "sub/config.json",
                        "tokenizer.model",
                        "tokenizer_config.json",
                        "optimizer.pt"))
                .containsExactly(
                        "config.json",
                        "faults.safetensors",
                        "model.safetensors",
                        "preprocessor_config.json",
                        "reliability.safetensors",
                        "tokenizer.model",
                        "tokenizer_config.json");
        assertThat(select("config.json", "pytorch_model.bin")).containsExactly("config.json", "pytorch_model.bin");
    }

    @Test
    void theShardsAreThoseOfTheIndex() throws Exception {
        index("a.safetensors", "b.safetensors");
        assertThat(select("config.json", INDEX, "a.safetensors", "b.safetensors", "c.safetensors"))
                .containsExactly("a.safetensors", "b.safetensors", "config.json", INDEX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"../evil", "/etc/evil", "..", "a/b", "c:x"})
    void anIndexThatNamesAFileElsewhereIsRefused(String shard) throws Exception {
        index("a.safetensors", shard);
        assertThatThrownBy(() -> select("config.json", INDEX, "a.safetensors"))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining(
                        "is \"" + shard + "\"; it must be the name of a file in the directory of the index");
    }

    @Test
    void ofAnAdapterItsOwnWeightsAreNeeded() {
        assertThat(select(
                        "adapter_config.json",
                        "adapter_model.bin",
                        "adapter_model.safetensors",
                        "non_lora_trainables.bin",
                        "config.json",
                        "pytorch_model.bin"))
                .containsExactly(
                        "adapter_config.json", "adapter_model.safetensors", "config.json", "non_lora_trainables.bin");
    }

    @Test
    void whatIsNoModelIsRefused() {
        assertThatThrownBy(() -> select("README.md"))
                .hasMessage(
                        "a/b: there is no config.json and no adapter_config.json in this repository, so this is no model");
        assertThatThrownBy(() -> select("config.json", "weights.gguf"))
                .hasMessage("a/b: there are no weights in this repository, neither safetensors nor PyTorch .bin");
    }

    private void index(String first, String second) throws Exception {
        Files.writeString(folder.resolve(INDEX), "{\"weight_map\":{\"x\":\"" + first + "\",\"y\":\"" + second + "\"}}");
    }

    private Set<String> select(String... names) {
        return new NeededFiles().select("a/b", Set.of(names), folder::resolve);
    }
}
