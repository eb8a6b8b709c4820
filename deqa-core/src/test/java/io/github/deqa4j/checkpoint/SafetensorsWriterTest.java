package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.elements;
import static io.github.deqa4j.checkpoint.CheckpointFiles.read;
import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static io.github.deqa4j.checkpoint.CheckpointFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.deqa4j.DeqaException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafetensorsWriterTest {
    @TempDir
    Path directory;

    @Test
    void theFileIsExact() {
        Path file = directory.resolve("model.safetensors");

        SafetensorsWriter.write(
                file,
                Map.of(
                        "b", source(DType.U8, counting(3), 3),
                        "c", source(DType.F32, counting(8), 2, 1),
                        "a\"", source(DType.U8, counting(2), 2)));

        String header = "{\"__metadata__\":{\"format\":\"pt\"},"
                + "\"c\":{\"dtype\":\"F32\",\"shape\":[2,1],\"data_offsets\":[0,8]},"
                + "\"a\\\"\":{\"dtype\":\"U8\",\"shape\":[2],\"data_offsets\":[8,10]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[3],\"data_offsets\":[10,13]}}";
        int end = 256;
        byte[] expected = new byte[end + 13];
        ByteBuffer.wrap(expected)
                .put(new byte[] {(byte) (end - 8), 0, 0, 0, 0, 0, 0, 0})
                .put((header + " ".repeat(end - 8 - header.length())).getBytes(StandardCharsets.UTF_8))
                .put(counting(8))
                .put(counting(2))
                .put(counting(3));
        assertThat(read(file)).isEqualTo(expected);
        assertThat(directory).isDirectoryNotContaining("glob:**{.part,.tmp}");
    }

    @Test
    void whatIsWrittenIsReadBack() {
        Random random = new Random(1);
        List<DType> types = List.of(DType.values());
        for (int round = 0; round < 50; round++) {
            Map<String, TensorSource> sources = new TreeMap<>();
            Map<String, byte[]> contents = new TreeMap<>();
            for (int i = random.nextInt(6); i >= 0; i--) {
                DType dtype = types.get(random.nextInt(types.size()));
                long[] shape = random.longs(random.nextInt(4), 0, 5).toArray();
                byte[] content =
                        new byte[(int) Arrays.stream(shape).reduce(dtype.bytes(), (left, right) -> left * right)];
                random.nextBytes(content);
                contents.put("tensor." + i, content);
                sources.put("tensor." + i, source(dtype, content, shape));
            }
            Path file = directory.resolve("round.safetensors");

            SafetensorsWriter.write(file, sources);

            Checkpoint checkpoint = Checkpoint.openFile(file);
            assertThat(checkpoint.tensors().keySet()).isEqualTo(sources.keySet());
            checkpoint.tensors().values().forEach(entry -> {
                assertThat(elements(entry)).isEqualTo(contents.get(entry.name()));
                assertThat(entry.offset() % entry.dtype().bytes()).isZero();
            });
        }
    }

    @Test
    void aTensorFromAFileIsWrittenAgain() {
        Path first = directory.resolve("first");
        SafetensorsWriter.write(first, Map.of("w", source(DType.F16, counting(12), 2, 3)));

        Path second = directory.resolve("second");
        SafetensorsWriter.write(second, Map.of("w", TensorSource.of(tensor(Checkpoint.openFile(first), "w"))));

        assertThat(read(second)).isEqualTo(read(first));
    }

    @Test
    void aFailureLeavesTheOldFile() {
        Path file = write(directory.resolve("model.safetensors"), "old");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> SafetensorsWriter.write(file, Map.of("w", source(DType.F32, counting(5), 2))))
                .withMessage("a tensor of shape [2] and type F32 came with 5 bytes instead of 8");

        assertThat(file).hasContent("old");
        assertThat(directory.toFile().list()).containsExactly("model.safetensors");
    }

    @Test
    void aDirectoryThatIsNotThereIsNamed() {
        Path file = directory.resolve("none").resolve("model.safetensors");

        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(() -> SafetensorsWriter.write(file, Map.of()))
                .withMessageStartingWith(file + ": the file cannot be written (java.nio.file.NoSuchFileException");
    }

    @Test
    void impossibleShapesAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> source(DType.U8, counting(0), -1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> source(DType.F32, counting(0), Long.MAX_VALUE));
    }

    private static TensorSource source(DType dtype, byte[] content, long... shape) {
        return new TensorSource(dtype, shape, () -> ByteBuffer.wrap(content));
    }
}
