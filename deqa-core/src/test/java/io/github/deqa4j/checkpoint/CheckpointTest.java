package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.elements;
import static io.github.deqa4j.checkpoint.CheckpointFiles.safetensors;
import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static io.github.deqa4j.checkpoint.CheckpointFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
    @TempDir
    Path directory;

    @Test
    void safetensorsArePreferred() {
        write(directory.resolve("pytorch_model.bin"), "damaged");
        write(directory.resolve("model.safetensors"), tensors("a"));

        assertThat(Checkpoint.open(directory).format()).isEqualTo("safetensors");
    }

    @Test
    void theContentSaysTheFormat() {
        write(directory.resolve("pytorch_model.bin"), tensors("a"));
        assertThat(Checkpoint.open(directory).format()).isEqualTo("safetensors");

        byte[] pickle =
                PickleWriter.stateDict().text("a").tensor("ByteStorage", "0", 4).endDict();
        write(
                directory.resolve("model.safetensors"),
                TorchZipBuilder.of(pickle).storage("0", counting(4)).build());
        assertThat(Checkpoint.open(directory).format()).isEqualTo("PyTorch zip");
    }

    @Test
    void aHeaderLengthThatSpellsPkIsNoZip() {
        String padded = "{}" + " ".repeat(0x4b50 - 2);
        write(directory.resolve("model.safetensors"), safetensors(padded, 0));

        assertThat(Checkpoint.open(directory).format()).isEqualTo("safetensors");
    }

    @Test
    void shardsAreReadTogether() {
        write(directory.resolve("one"), tensors("a", "c"));
        write(directory.resolve("two.bin"), tensors("b"));
        index(Map.of("a", "one", "b", "two.bin", "c", "one"));

        Checkpoint checkpoint = Checkpoint.open(directory);

        assertThat(checkpoint.format()).isEqualTo("safetensors, 2 shards");
        assertThat(checkpoint.tensors().keySet()).containsExactly("a", "b", "c");
        assertThat(tensor(checkpoint, "b").file())
                .isEqualTo(directory.resolve("two.bin").toString());
        assertThat(elements(tensor(checkpoint, "b"))).isEqualTo(counting(4));
    }

    @Test
    void theTinyModelIsRead() {
        Checkpoint checkpoint = Checkpoint.open(Golden.external("models/tiny"));

        assertThat(checkpoint.format()).isEqualTo("PyTorch zip, 2 shards");
        assertThat(checkpoint.tensors()).hasSize(125);
    }

    @Test
    void aDirectoryWithoutWeightsSaysWhatItLooksFor() {
        assertRefused(
                directory,
                directory + ": there are no weights here; looked for model.safetensors, model.safetensors.index.json,"
                        + " pytorch_model.bin, pytorch_model.bin.index.json");
        Path none = directory.resolve("none");
        assertRefused(none, none + ": there is no such directory");
    }

    @Test
    void aFileThatCannotBeOneSaysWhy() {
        assertFileRefused(directory, "this is a directory; a weights file is expected");
        assertFileRefused(directory.resolve("none"), "there is no such file");
        assertFileRefused(write(directory.resolve("empty"), ""), "the file is empty (byte offset 0)");
        assertFileRefused(
                write(directory.resolve("pointer"), "version https://git-lfs.github.com/spec/v1\noid sha256:0\n"),
                "this is a Git LFS pointer and not the weights; fetch them with git lfs pull (byte offset 0)");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"80028a0a6cfc9c46f920", "80038a0a6cfc9c46f920", "8004950d000000000000008a0a6c", "8005950d00"})
    void aFileOfAnOldPyTorchIsNamed(String start) {
        assertFileRefused(
                write(directory.resolve("old.bin"), HexFormat.of().parseHex(start)),
                "this is a bare pickle, as PyTorch wrote before version 1.6; load it and save it again with a newer one"
                        + " (byte offset 0)");
    }

    @Test
    void aHeaderLengthThatSpellsAProtocolIsNoPickle() {
        String padded = "{}" + " ".repeat(0x0280 - 2);
        write(directory.resolve("model.safetensors"), safetensors(padded, 0));

        assertThat(Checkpoint.open(directory).format()).isEqualTo("safetensors");
    }

    @ParameterizedTest
    @ValueSource(strings = {"../one", "/etc/passwd", "sub/one", "..", ".", "", "C:one", "sub\\\\one", "a\\u0000b"})
    void anIndexCannotNameAFileElsewhere(String shard) {
        write(directory.resolve("one"), tensors("a"));
        write(directory.resolve("model.safetensors.index.json"), "{\"weight_map\":{\"a\":\"" + shard + "\"}}");

        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(directory))
                .withMessageContaining("model.safetensors.index.json: the shard of \"a\" is \"")
                .withMessageContaining("\"; it must be the name of a file in the directory of the index (byte offset ");
    }

    @Test
    void aMissingShardIsNamed() {
        write(directory.resolve("one"), tensors("a"));
        assertIndexRefused(Map.of("a", "one", "b", "two"), "the shard \"two\" that the index names is not there");
    }

    @Test
    void aTensorThatIsNotInItsShardIsNamed() {
        write(directory.resolve("one"), tensors("a"));
        write(directory.resolve("two"), tensors("b"));
        assertIndexRefused(
                Map.of("a", "two", "b", "one", "c", "one"),
                "these tensors are not in the shard that the index names: \"a\", \"b\", \"c\"");
    }

    @Test
    void aTensorThatTheIndexDoesNotNameIsRead() {
        write(directory.resolve("one"), tensors("a", "x", "layers.0.rotary_emb.inv_freq"));
        index(Map.of("a", "one"));

        assertThat(Checkpoint.open(directory).tensors().keySet())
                .containsExactly("a", "layers.0.rotary_emb.inv_freq", "x");
    }

    @Test
    void rotaryFrequenciesThatOnlyTheIndexNamesAreNotMissed() {
        write(directory.resolve("one"), tensors("a"));
        index(Map.of("a", "one", "layers.0.rotary_emb.inv_freq", "one"));

        assertThat(Checkpoint.open(directory).tensors().keySet()).containsExactly("a");
    }

    @Test
    void aByteOrderMarkBeforeAnIndexIsPassedOver() {
        write(directory.resolve("one"), tensors("a"));
        Path index = directory.resolve("model.safetensors.index.json");
        write(index, "\uFEFF{\"weight_map\":{\"a\":\"one\"}}");
        assertThat(Checkpoint.open(directory).tensors().keySet()).containsExactly("a");

        write(index, "\uFEFF[]");
        assertRefused(directory, index + ": the index must be an object (byte offset 4)");
    }

    @Test
    void aTensorInTwoShardsIsNamed() {
        write(directory.resolve("one"), tensors("a", "b"));
        write(directory.resolve("two"), tensors("b", "c"));
        assertIndexRefused(Map.of("a", "one", "b", "one", "c", "two"), "two shards hold the same tensors: \"b\"");
    }

    @Test
    void manyNamesAreCounted() {
        write(directory.resolve("one"), tensors("x"));
        Map<String, String> shards = Stream.of("a", "b", "c", "d", "e", "f", "g", "h", "i", "j")
                .collect(Collectors.toMap(name -> name, name -> "one"));
        assertIndexRefused(
                shards,
                "these tensors are not in the shard that the index names:"
                        + " \"a\", \"b\", \"c\", \"d\", \"e\", \"f\", \"g\", \"h\" and 2 more");
    }

    @Test
    void anIndexWithoutAMapIsRefused() {
        Path index = directory.resolve("pytorch_model.bin.index.json");
        write(index, "{\"metadata\":{\"total_size\":[1,{}]}}");
        assertRefused(directory, index + ": the index has no \"weight_map\", or an empty one");
        write(index, "[]");
        assertRefused(directory, index + ": the index must be an object (byte offset 1)");
        write(index, "{\"weight_map\":{\"a\":1}}");
        assertRefused(directory, index + ": the shard of \"a\" must be a text (byte offset 20)");
    }

    @Test
    void deepNestingInAnIndexIsRefused() {
        Path index = write(directory.resolve("pytorch_model.bin.index.json"), "{\"metadata\":" + "[".repeat(1_000_000));

        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> Checkpoint.open(directory))
                .withMessageStartingWith(index + ": not valid JSON: it is nested too deeply");
    }

    private static byte[] tensors(String... names) {
        String entries = Stream.of(names)
                .map(name -> {
                    int begin = 4 * List.of(names).indexOf(name);
                    return "\"" + name + "\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[" + begin + ","
                            + (begin + 4) + "]}";
                })
                .collect(Collectors.joining(",", "{", "}"));
        return safetensors(entries, 4 * names.length);
    }

    private Path index(Map<String, String> shards) {
        String map = shards.entrySet().stream()
                .map(shard -> "\"" + shard.getKey() + "\":\"" + shard.getValue() + "\"")
                .collect(Collectors.joining(","));
        return write(
                directory.resolve("model.safetensors.index.json"),
                "{\"metadata\":{\"total_size\":1},\"weight_map\":{" + map + "}}");
    }

    private void assertIndexRefused(Map<String, String> shards, String problem) {
        assertRefused(directory, index(shards) + ": " + problem);
    }

    private static void assertRefused(Path directory, String message) {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> Checkpoint.open(directory))
                .withMessage(message);
    }

    private static void assertFileRefused(Path file, String problem) {
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> Checkpoint.openFile(file))
                .withMessage(file + ": " + problem);
    }
}
