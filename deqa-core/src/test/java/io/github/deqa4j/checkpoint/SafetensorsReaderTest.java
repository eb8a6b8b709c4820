package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.elements;
import static io.github.deqa4j.checkpoint.CheckpointFiles.safetensors;
import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static io.github.deqa4j.checkpoint.CheckpointFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsReaderTest {
    private static final String TWO_TENSORS = "{\"__metadata__\":{\"format\":\"pt\"},"
            + "\"b\":{\"dtype\":\"F16\",\"shape\":[2,3],\"data_offsets\":[8,20]},"
            + "\"a\":{\"shape\":[],\"data_offsets\":[0,8],\"dtype\":\"I64\"}}";

    @TempDir
    Path directory;

    /** Places are counted in bytes, of which é has two and 😀 four. */
    @Test
    void placesAreBytes() {
        Path file = write(directory.resolve("f"), safetensors("{\"é😀é\":[}", 0));

        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> Checkpoint.openFile(file))
                .withMessage(file + ": the entry of \"é😀é\" must be an object (byte offset 21)");
    }

    @Test
    void tensorsHaveTheirTypeShapeAndBytes() {
        Checkpoint checkpoint = open(safetensors(TWO_TENSORS + "  ", 20));

        assertThat(checkpoint.format()).isEqualTo("safetensors");
        assertThat(checkpoint.tensors().keySet()).containsExactly("a", "b");
        TensorEntry scalar = tensor(checkpoint, "a");
        assertThat(scalar.dtype()).isEqualTo(DType.I64);
        assertThat(scalar.shape()).isEmpty();
        assertThat(scalar.elements()).isEqualTo(1);
        assertThat(scalar.map().getLong()).isEqualTo(0x0706050403020100L);
        TensorEntry matrix = tensor(checkpoint, "b");
        assertThat(matrix.file()).isEqualTo(directory.resolve("f").toString());
        assertThat(matrix.name()).isEqualTo("b");
        assertThat(matrix.dtype()).isEqualTo(DType.F16);
        assertThat(matrix.shape()).containsExactly(2, 3);
        assertThat(matrix.elements()).isEqualTo(6);
        assertThat(elements(matrix)).isEqualTo(Arrays.copyOfRange(counting(20), 8, 20));
    }

    @Test
    void tensorsWithoutElementsAreRead() {
        Checkpoint checkpoint =
                open(safetensors("{\"e\":{\"dtype\":\"F32\",\"shape\":[0,7],\"data_offsets\":[0,0]}}", 0));

        assertThat(tensor(checkpoint, "e").shape()).containsExactly(0, 7);
        assertThat(tensor(checkpoint, "e").map().remaining()).isZero();
        assertThat(tensor(checkpoint, "e").toFloats()).isEmpty();
    }

    @Test
    void aFileOfNoTensorsIsRead() {
        assertThat(open(safetensors("{}", 0)).tensors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {Long.MIN_VALUE, -1, Long.MAX_VALUE, 100_000_001})
    void anImpossibleHeaderLengthIsRefused(long length) {
        byte[] file = new byte[100];
        ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length).put((byte) '{');

        assertRefused(
                file,
                "the header length is " + Long.toUnsignedString(length)
                        + "; at most 100000000 is allowed, so this is no safetensors file, nor a PyTorch zip"
                        + " (byte offset 0)");
    }

    @Test
    void aHeaderLongerThanTheFileIsRefused() {
        assertRefused(
                Arrays.copyOf(safetensors("{}      ", 0), 12),
                "the header length is 8, but only 4 bytes follow; the file was cut off or is no safetensors file"
                        + " (byte offset 0)");
    }

    @Test
    void aFileCutInItsLengthIsRefused() {
        assertRefused(new byte[5], "the file ends inside its header length; it was cut off or damaged (byte offset 0)");
    }

    @Test
    void aHeaderMustStartWithABrace() {
        assertRefused(
                safetensors(" {}", 0),
                "the header does not start with {; this is no safetensors file, nor a PyTorch zip (byte offset 8)");
        assertRefused(
                safetensors("", 0),
                "the header does not start with {; this is no safetensors file, nor a PyTorch zip (byte offset 8)");
    }

    @Test
    void overlappingTensorsAreRefused() {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[3,7]}}";

        assertRefused(
                safetensors(header, 7),
                "the tensor \"b\" overlaps the tensor before it (byte offset " + (8 + header.length() + 4) + ")");
    }

    @Test
    void aGapBetweenTensorsIsRefused() {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]},"
                + "\"b\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[5,9]}}";

        assertRefused(
                safetensors(header, 9),
                "the tensor \"b\" comes after a gap (byte offset " + (8 + header.length() + 4) + ")");
    }

    @Test
    void dataThatBelongsToNoTensorIsRefused() {
        String header = "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":[0,4]}}";

        assertRefused(
                safetensors(header, 6),
                "2 bytes after the last tensor belong to none (byte offset " + (8 + header.length() + 4) + ")");
    }

    @Test
    void aShapeThatDoesNotFillItsBytesIsRefused() {
        assertRefused(
                safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[2,3],\"data_offsets\":[0,20]}}", 20),
                "the shape [2, 3] of \"a\" does not fill its 20 bytes with F32 (byte offset 64)");
    }

    @Test
    void aShapeBeyond63BitsIsRefused() {
        assertRefused(
                safetensors("{\"a\":{\"dtype\":\"F32\",\"shape\":[4294967296,4294967296],\"data_offsets\":[0,0]}}", 0),
                "the shape [4294967296, 4294967296] of \"a\" does not fill its 0 bytes with F32 (byte offset 81)");
    }

    @Test
    void offsetsBeyondTheDataAreRefused() {
        assertRefused(
                safetensors("{\"a\":{\"dtype\":\"U8\",\"shape\":[9],\"data_offsets\":[0,9]}}", 8),
                "the data_offsets of \"a\" are [0, 9]; they must be a begin and an end within the 8 bytes of data"
                        + " (byte offset 60)");
    }

    @Test
    void anUnknownTypeIsRefused() {
        assertRefused(
                safetensors("{\"a\":{\"dtype\":\"F8_E4M3\",\"shape\":[1],\"data_offsets\":[0,1]}}", 1),
                "the dtype of \"a\" is \"F8_E4M3\"; it must be one of"
                        + " [F64, F32, F16, BF16, I64, I32, I16, I8, U8, BOOL] (byte offset 31)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[-1],\"data_offsets\":[0,0]}}"
                        + "|the shape of \"a\" must hold whole numbers from 0 to 2^63 - 1",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[1.0],\"data_offsets\":[0,0]}}"
                        + "|the shape of \"a\" must hold whole numbers from 0 to 2^63 - 1",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[9223372036854775808],\"data_offsets\":[0,0]}}"
                        + "|the shape of \"a\" must hold whole numbers from 0 to 2^63 - 1",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":3,\"data_offsets\":[0,0]}}"
                        + "|the shape of \"a\" must be an array of whole numbers",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0]}}"
                        + "|the data_offsets of \"a\" are [0]; they must be a begin and an end",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[0]}}|\"a\" lacks one of dtype, shape and data_offsets",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0],\"x\":1}}|\"a\" has an unknown key \"x\"",
                "{\"a\":{\"dtype\":8,\"shape\":[0],\"data_offsets\":[0,0]}}|the dtype of \"a\" must be a text",
                "{\"a\":3}|the entry of \"a\" must be an object",
                "{\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]},"
                        + "\"a\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}}"
                        + "|not valid JSON: the key \"a\" stands twice",
                "{\"__metadata__\":{\"x\":1}}|a value of __metadata__ must be a text",
                "{\"__metadata__\":[]}|__metadata__ must be an object",
                "{} x|not valid JSON: there is x where a value must stand",
                "{} {}|something follows the end of the JSON",
                "{\"a\"|not valid JSON: the text ends too soon",
            })
    void aHeaderThatBreaksARuleIsRefused(String header, String problem) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> open(safetensors(header, 0)))
                .withMessageStartingWith(directory.resolve("f") + ": " + problem)
                .withMessageMatching(".* \\(byte offset \\d+\\)");
    }

    @Test
    void deeplyNestedJsonIsRefused() {
        assertRefused(
                safetensors("{\"a\":" + "[".repeat(1_000_000), 0),
                "the entry of \"a\" must be an object (byte offset 14)");
        assertRefused(
                safetensors("{\"__metadata__\":" + "{\"a\":".repeat(1_000_000), 0),
                "a value of __metadata__ must be a text (byte offset 30)");
    }

    @Test
    void aShapeOfTooManyDimensionsIsRefused() {
        assertRefused(
                safetensors("{\"a\":{\"shape\":[" + "0,".repeat(1_000_000), 0),
                "the shape of \"a\" has more than 64 numbers (byte offset 152)");
    }

    @Test
    void aHeaderThatIsNotUtf8IsRefused() {
        byte[] file = safetensors("{\"a\":1}", 0);
        file[10] = (byte) 0xff;

        assertRefused(file, "the text is not valid UTF-8 (byte offset 10)");
    }

    @Test
    void aNameCannotBreakTheMessage() {
        assertRefused(
                safetensors("{\"a\\n\\u001b[31m" + "x".repeat(1000) + "\":1}", 0),
                "the entry of \"a��[31m" + "x".repeat(92) + "…\" must be an object (byte offset 1026)");
    }

    private Checkpoint open(byte[] file) {
        return Checkpoint.openFile(write(directory.resolve("f"), file));
    }

    private void assertRefused(byte[] file, String problem) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> open(file))
                .withMessage(directory.resolve("f") + ": " + problem);
    }
}
