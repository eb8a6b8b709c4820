package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.elements;
import static io.github.deqa4j.checkpoint.CheckpointFiles.tensor;
import static io.github.deqa4j.checkpoint.CheckpointFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TorchZipReaderTest {
    private static final byte[] ONE_TENSOR =
            PickleWriter.stateDict().text("w").tensor("FloatStorage", "0", 2, 3).endDict();

    @TempDir
    Path directory;

    @Test
    void theFormatsAgreeBitByBit() {
        Path model = Golden.mini().resolve("model");
        Checkpoint safetensors = Checkpoint.open(model);
        Checkpoint torch =
                ShardIndex.read(model.resolve("pytorch_model.bin.index.json")).open();

        assertThat(safetensors.format()).isEqualTo("safetensors");
        assertThat(torch.format()).isEqualTo("PyTorch zip, 2 shards");
        assertThat(torch.tensors().keySet()).isEqualTo(safetensors.tensors().keySet());
        assertThat(torch.tensors()).hasSize(125);
        torch.tensors().forEach((name, entry) -> {
            TensorEntry same = tensor(safetensors, name);
            assertThat(entry.dtype()).isEqualTo(same.dtype());
            assertThat(entry.shape()).isEqualTo(same.shape());
            assertThat(elements(entry)).isEqualTo(elements(same));
        });
    }

    @ParameterizedTest
    @CsvSource({"adapter_model.bin, 12", "non_lora_trainables.bin, 79"})
    void filesOfAnAdapterAreRead(String file, int tensors) {
        Checkpoint checkpoint =
                Checkpoint.openFile(Golden.mini().resolve("model-lora").resolve(file));

        assertThat(checkpoint.format()).isEqualTo("PyTorch zip");
        assertThat(checkpoint.tensors()).hasSize(tensors);
    }

    @Test
    void tensorsHaveTheirTypeShapeAndBytes() {
        TensorEntry entry = tensor(open(oneTensor()), "w");

        assertThat(entry.dtype()).isEqualTo(DType.F32);
        assertThat(entry.shape()).containsExactly(2, 3);
        assertThat(elements(entry)).isEqualTo(counting(24));
    }

    @ParameterizedTest
    @CsvSource({
        "DoubleStorage, F64", "FloatStorage, F32", "HalfStorage, F16", "BFloat16Storage, BF16", "LongStorage, I64",
        "IntStorage, I32", "ShortStorage, I16", "CharStorage, I8", "ByteStorage, U8", "BoolStorage, BOOL"
    })
    void everyStorageHasItsType(String storage, DType dtype) {
        byte[] pickle =
                PickleWriter.stateDict().text("w").tensor(storage, "k", 3).endDict();

        TensorEntry entry = tensor(open(TorchZipBuilder.of(pickle).storage("k", counting(24))), "w");

        assertThat(entry.dtype()).isEqualTo(dtype);
        assertThat(elements(entry)).isEqualTo(counting(3 * dtype.bytes()));
    }

    @Test
    void tensorsMayShareAStorage() {
        byte[] pickle = PickleWriter.stateDict()
                .text("first")
                .tensor("HalfStorage", "0", 6, 0, new long[] {2, 2}, new long[] {2, 1})
                .text("second")
                .tensor("HalfStorage", "0", 6, 3, new long[] {1, 3}, new long[] {77, 1})
                .text("none")
                .tensor("HalfStorage", "0", 6, 6, new long[] {0, 3}, new long[] {9, 9})
                .endDict();

        Checkpoint checkpoint = open(TorchZipBuilder.of(pickle).storage("0", counting(12)));

        assertThat(elements(tensor(checkpoint, "first"))).isEqualTo(counting(8));
        assertThat(elements(tensor(checkpoint, "second"))).isEqualTo(Arrays.copyOfRange(counting(12), 6, 12));
        assertThat(elements(tensor(checkpoint, "none"))).isEmpty();
    }

    @Test
    void parametersAndAttributesOfModulesAreRead() {
        byte[] pickle = PickleWriter.stateDict()
                .text("w")
                .global("torch._utils", "_rebuild_parameter")
                .raw('(')
                .tensor("FloatStorage", "0", 2, 3)
                .raw(0x88)
                .global("collections", "OrderedDict")
                .raw(')', 'R', 't', 'R')
                .raw('u', '}')
                .text("_metadata")
                .raw('}', '(')
                .text("layer")
                .raw('}')
                .text("version")
                .whole(1)
                .raw('s', 'u', 's', 'b')
                .end();

        assertThat(open(TorchZipBuilder.of(pickle).storage("0", counting(24))).tensors())
                .containsOnlyKeys("w");
    }

    @Test
    void zipsWithAndWithoutZip64AreRead() {
        assertThat(open(oneTensor().withoutZip64()).tensors()).containsOnlyKeys("w");
        Checkpoint wide = open(oneTensor().withZip64Fields());
        assertThat(elements(tensor(wide, "w"))).isEqualTo(counting(24));
    }

    @Test
    void filesWithoutAByteOrderAreLittleEndian() {
        assertThat(open(oneTensor().without("byteorder")).tensors()).containsOnlyKeys("w");
    }

    @Test
    void bigEndianFilesAreRefused() {
        assertRefused(
                oneTensor().entry("byteorder", "big".getBytes(StandardCharsets.UTF_8)),
                "the byte order is \"big\"; only little is read (byte offset 276)");
    }

    /** Shape, strides and offset, as PyTorch writes them, and the elements of 0, 1, 2, … that this picks, row by row. */
    @ParameterizedTest
    @CsvSource({
        "'2,3', '1,2', 0, '0,2,4,1,3,5'", // transposed
        "'2,2,2', '4,1,2', 0, '0,2,1,3,4,6,5,7'", // the last two dimensions swapped
        "'1,2,2,2', '8,1,4,2', 0, '0,2,4,6,1,3,5,7'", // channels last
        "'2,3', '0,1', 1, '1,2,3,1,2,3'", // one row, expanded
        "'4', '0', 5, '5,5,5,5'", // one element, expanded
        "'2,2', '3,1', 0, '0,1,3,4'", // columns cut out
        "'3', '2', 1, '1,3,5'", // every second one
        "'3,2', '1,1', 0, '0,1,1,2,2,3'", // overlapping windows
        "'2,1,3', '1,77,2', 0, '0,2,4,1,3,5'", // a dimension of one, whose stride is nothing
        "'', '', 6, '6'" // a scalar
    })
    void tensorsInAnyOrderAreReadRowByRow(String shape, String strides, long offset, String expected) {
        byte[] pickle = PickleWriter.stateDict()
                .text("w")
                .tensor("ShortStorage", "0", 8, offset, longs(shape), longs(strides))
                .endDict();
        ByteBuffer storage = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
        for (short i = 0; i < 8; i++) {
            storage.putShort(i);
        }

        TensorEntry entry = tensor(open(TorchZipBuilder.of(pickle).storage("0", storage.array())), "w");

        short[] elements = new short[entry.map().remaining() / Short.BYTES];
        entry.map().asShortBuffer().get(elements);
        assertThat(elements).containsExactly(shorts(expected));
        assertThat(entry.shape()).containsExactly(longs(shape));
    }

    @ParameterizedTest
    @CsvSource({
        "'2,3', '1,3', 0", // 0 … 7 of 6 elements
        "'2,2', '4,2', 0",
        "'2,2', '1,2', 3",
        "'3', '3', 0",
        "'2', '9223372036854775807', 0",
        "'9223372036854775807,2', '1,1', 0",
        "'4294967296,4294967296', '0,0', 0"
    })
    void aTensorInAnotherOrderThatReachesBeyondItsStorageIsRefused(String shape, String strides, long offset) {
        byte[] pickle = PickleWriter.stateDict()
                .text("w")
                .tensor("FloatStorage", "0", 6, offset, longs(shape), longs(strides))
                .endDict();

        assertRefused(
                TorchZipBuilder.of(pickle).storage("0", counting(24)),
                "the tensor \"w\" reaches beyond its storage \"0\" of 6 elements");
    }

    @Test
    void anExpandedTensorIsNotMadeBeforeItIsAskedFor() {
        byte[] pickle = PickleWriter.stateDict()
                .text("w")
                .tensor("FloatStorage", "0", 6, 0, new long[] {1L << 40}, new long[] {0})
                .endDict();

        TensorEntry entry = tensor(open(TorchZipBuilder.of(pickle).storage("0", counting(24))), "w");

        assertThat(entry.bytes()).isEqualTo(1L << 42);
        assertThatExceptionOfType(DeqaException.class)
                .isThrownBy(entry::map)
                .withMessageContaining("the tensor \"w\" has 4398046511104 bytes; a tensor must be smaller than 2 GiB");
    }

    @Test
    void aTypeOfNumberThatIsNotReadIsNamedWithItsTensor() {
        byte[] pickle = PickleWriter.stateDict()
                .text("model.w")
                .global("torch._utils", "_rebuild_tensor_v3")
                .raw('(', '(')
                .text("storage")
                .global("torch.storage", "UntypedStorage")
                .text("0")
                .text("cpu")
                .whole(4)
                .raw('t', 'Q')
                .whole(0)
                .wholes(4)
                .wholes(1)
                .raw(0x89)
                .global("collections", "OrderedDict")
                .raw(')', 'R')
                .global("torch", "float8_e4m3fn")
                .raw('t', 'R')
                .endDict();

        assertRefused(
                TorchZipBuilder.of(pickle).storage("0", counting(4)),
                "the tensor \"model.w\" is of type float8_e4m3fn, which is not read; convert it to float32, float16 or"
                        + " bfloat16");
    }

    @Test
    void aStorageThatIsNotReadIsNamedWithItsTensor() {
        byte[] pickle = PickleWriter.stateDict()
                .text("model.w")
                .tensor("ComplexFloatStorage", "0", 4)
                .endDict();

        assertRefused(
                TorchZipBuilder.of(pickle).storage("0", counting(32)),
                "the tensor \"model.w\" is of type ComplexFloatStorage, which is not read; convert it to float32, float16"
                        + " or bfloat16");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 7, Long.MAX_VALUE})
    void aTensorBeyondItsStorageIsRefused(long offset) {
        byte[] pickle = PickleWriter.stateDict()
                .text("w")
                .tensor("FloatStorage", "0", 6, offset, new long[] {2, 3}, new long[] {3, 1})
                .endDict();

        assertRefused(
                TorchZipBuilder.of(pickle).storage("0", counting(24)),
                "the tensor \"w\" reaches beyond its storage \"0\" of 6 elements");
    }

    @Test
    void aShapeBeyond63BitsIsRefused() {
        byte[] pickle = PickleWriter.stateDict()
                .text("w")
                .tensor("FloatStorage", "0", 6, 0, new long[] {1L << 32, 1L << 32}, new long[] {1, 1})
                .endDict();

        assertRefused(
                TorchZipBuilder.of(pickle).storage("0", counting(24)),
                "the tensor \"w\" reaches beyond its storage \"0\" of 6 elements");
    }

    @Test
    void aStorageBeyondItsEntryIsRefused() {
        assertRefused(
                TorchZipBuilder.of(ONE_TENSOR).storage("0", counting(23)),
                "the storage \"0\" of 6 elements of F32 has only 23 bytes");
    }

    @Test
    void aStorageThatIsNotThereIsRefused() {
        assertRefused(TorchZipBuilder.of(ONE_TENSOR), "the storage \"0\" is not in the zip");
    }

    @Test
    void whatIsNoTensorIsRefused() {
        assertRefused(
                TorchZipBuilder.of(
                        PickleWriter.stateDict().text("epoch").whole(3).endDict()),
                "\"epoch\" is no tensor; a checkpoint of weights holds tensors only");
        assertRefused(
                TorchZipBuilder.of(PickleWriter.start().whole(3).end()),
                "the file does not hold a dictionary of tensors");
    }

    @Test
    void aZipOfSomethingElseIsRefused() {
        assertRefused(
                oneTensor().without("data.pkl"),
                "the zip has 0 entries NAME/data.pkl instead of one; it was not written by torch.save (byte offset 0)");
        assertRefused(
                oneTensor().rawEntry("other/data.pkl", ONE_TENSOR),
                "the zip has 2 entries NAME/data.pkl instead of one; it was not written by torch.save (byte offset 0)");
    }

    @Test
    void compressedEntriesAreRefusedUnopened() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry("archive/data.pkl"));
            zip.write(new byte[64 << 20]);
            zip.closeEntry();
        }

        assertThat(bytes.size()).isLessThan(1 << 20);
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> openBytes(bytes.toByteArray()))
                .withMessageContaining(
                        "the zip entry \"archive/data.pkl\" is compressed; PyTorch stores its entries as they"
                                + " are, so this is not its file (byte offset ");
    }

    @Test
    void encryptedEntriesAreRefused() {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> open(oneTensor().flags(1)))
                .withMessageContaining("the zip entry \"archive/data.pkl\" is encrypted (byte offset ");
    }

    @Test
    void aHugePickleIsRefusedUnread() {
        assertRefused(
                TorchZipBuilder.of(new byte[(64 << 20) + 1]), "the pickle is larger than 64 MiB (byte offset 53)");
    }

    @Test
    void aFileCutAnywhereIsRefused() {
        byte[] whole = oneTensor().build();
        for (int length = 4; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(MalformedCheckpointException.class)
                    .isThrownBy(() -> openBytes(cut))
                    .withMessageContaining("the file was cut off or damaged");
        }
    }

    private static long[] longs(String numbers) {
        return numbers.isEmpty()
                ? new long[0]
                : Arrays.stream(numbers.split(",")).mapToLong(Long::parseLong).toArray();
    }

    private static short[] shorts(String numbers) {
        long[] wide = longs(numbers);
        short[] narrow = new short[wide.length];
        for (int i = 0; i < wide.length; i++) {
            narrow[i] = (short) wide[i];
        }
        return narrow;
    }

    private static TorchZipBuilder oneTensor() {
        return TorchZipBuilder.of(ONE_TENSOR).storage("0", counting(24));
    }

    private Checkpoint open(TorchZipBuilder zip) {
        return openBytes(zip.build());
    }

    private Checkpoint openBytes(byte[] zip) {
        return Checkpoint.openFile(write(directory.resolve("f"), zip));
    }

    private void assertRefused(TorchZipBuilder zip, String problem) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> open(zip))
                .withMessage(directory.resolve("f") + ": " + problem);
    }
}
