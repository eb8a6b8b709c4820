package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.digest;
import static io.github.deqa4j.checkpoint.CheckpointFiles.elements;
import static io.github.deqa4j.checkpoint.CheckpointFiles.overwrite;
import static io.github.deqa4j.checkpoint.CheckpointFiles.read;
import static io.github.deqa4j.checkpoint.CheckpointFiles.safetensors;
import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.deqa4j.testkit.Golden;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file in memory is read as one on disk is. */
class ContentTest {
    private static final String NAME = "jar:weights";
    private static final byte[] TWO = safetensors(
            "{\"a\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[0,3]},"
                    + "\"b\":{\"dtype\":\"I16\",\"shape\":[2],\"data_offsets\":[3,7]}}",
            7);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "pytorch_model-00001-of-00002.bin"})
    void itsTensorsAreThoseOfTheSameFileOnDisk(String name) {
        Path file = Golden.mini().resolve("model").resolve(name);

        Checkpoint inMemory = Checkpoint.of(NAME, read(file));

        assertThat(inMemory.format()).isEqualTo(Checkpoint.openFile(file).format());
        assertThat(inMemory.tensors().keySet())
                .isEqualTo(Checkpoint.openFile(file).tensors().keySet());
        assertThat(digest(inMemory)).isEqualTo(digest(Checkpoint.openFile(file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"model.safetensors", "pytorch_model-00001-of-00002.bin"})
    void tensorsAreReadAsTheyAreMapped(String name) {
        Path file = Golden.mini().resolve("model").resolve(name);

        assertThat(List.of(Checkpoint.of(NAME, read(file)), Checkpoint.openFile(file)))
                .flatExtracting(checkpoint -> checkpoint.tensors().values())
                .allSatisfy(entry -> {
                    ByteBuffer target = ByteBuffer.allocateDirect((int) entry.bytes());
                    entry.read(target);
                    assertThat(target.flip()).isEqualTo(entry.map());
                });
    }

    @Test
    void aTensorIsMappedAsFromDisk() {
        byte[] bytes = TWO.clone();
        TensorEntry entry = tensor(Checkpoint.of(NAME, bytes), "b");
        Arrays.fill(bytes, (byte) 0); // it has its own

        ByteBuffer mapped = entry.map();

        assertThat(entry.file()).isEqualTo(NAME);
        assertThat(mapped.isDirect()).isTrue();
        assertThat(mapped.isReadOnly()).isTrue();
        assertThat(mapped.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
        assertThat(mapped.position()).isZero();
        assertThat(elements(entry)).isEqualTo(Arrays.copyOfRange(counting(7), 3, 7));
    }

    @Test
    void whereverItIsCutItIsRefusedInTheSameWords() {
        Path file = folder.resolve("f");
        for (int length = 0; length < TWO.length; length++) {
            byte[] cut = Arrays.copyOf(TWO, length);
            Path onDisk = overwrite(file, cut);
            String problem = refusal(() -> Checkpoint.openFile(onDisk))
                    .substring(file.toString().length());

            assertThat(refusal(() -> Checkpoint.of(NAME, cut))).isEqualTo(NAME + problem);
        }
    }

    private static String refusal(ThrowingCallable reading) {
        return String.valueOf(catchThrowableOfType(MalformedCheckpointException.class, reading)
                .getMessage());
    }
}
