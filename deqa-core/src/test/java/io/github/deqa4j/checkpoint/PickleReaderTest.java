package io.github.deqa4j.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PickleReaderTest {
    private static final long START = 1000;

    @ParameterizedTest
    @CsvSource({
        "os, system",
        "posix, system",
        "builtins, eval",
        "__builtin__, exec",
        "subprocess, Popen",
        "torch, load",
        "torch.storage, _load_from_bytes",
        "torch, hub",
        "numpy, load",
        "torch._utils, _import_dotted_name",
        "collections, OrderedDict.fromkeys",
    })
    void otherGlobalsAreRefused(String module, String name) {
        String problem = "the pickle asks for the global \"" + module + "." + name
                + "\", which no checkpoint of weights needs; it is refused and was not run (byte offset ";

        byte[] classic = PickleWriter.start()
                .global(module, name)
                .text("touch /tmp/run")
                .raw(0x85, 'R')
                .end();
        assertRefused(classic, problem + "1002)");
        byte[] stacked = PickleWriter.start(4).text(module).text(name).raw(0x93).end();
        assertRefused(stacked, problem + (1012 + module.length() + name.length()) + ")");
    }

    @ParameterizedTest
    @ValueSource(
            ints = {'i', 'o', 'O', 0x81, 0x92, 0x82, 0x83, 0x84, 'P', 'I', 'L', 'S', 'V', 'd', 'l', '0', 0x8b, 0xff})
    void otherOperationsAreRefused(int operation) {
        assertRefused(
                PickleWriter.start().whole(1).whole(1).raw(operation).end(),
                String.format(
                        "the pickle has the operation 0x%02x, which checkpoints lack (byte offset 1006)", operation));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 6, 255})
    void otherProtocolsAreRefused(int protocol) {
        assertRefused(
                PickleWriter.start(protocol).raw('}').end(), "the pickle is not of protocol 2 to 5 (byte offset 1000)");
    }

    @Test
    void newerProtocolsAreRead() {
        byte[] pickle = PickleWriter.start(5)
                .raw(0x95, 17, 0, 0, 0, 0, 0, 0, 0)
                .raw('}', 0x94, '(')
                .raw(0x8c, 1, 'a')
                .raw(0x8d, 1, 0, 0, 0, 0, 0, 0, 0, 'b')
                .raw('u')
                .end();

        assertThat(((PickleValue.Dict) read(pickle)).items())
                .containsExactly(Map.entry("a", new PickleValue.Text("b")));
    }

    @Test
    void wholeNumbersOfAnySizeAreRead() {
        assertThat(read(PickleWriter.start().whole(255).end())).isEqualTo(new PickleValue.Whole(255));
        assertThat(read(PickleWriter.start().raw('M', 0xff, 0xff).end())).isEqualTo(new PickleValue.Whole(65_535));
        assertThat(read(PickleWriter.start().whole(-7).end())).isEqualTo(new PickleValue.Whole(-7));
        assertThat(read(PickleWriter.start().whole(Long.MIN_VALUE).end()))
                .isEqualTo(new PickleValue.Whole(Long.MIN_VALUE));
        assertThat(read(PickleWriter.start().raw(0x8a, 0).end())).isEqualTo(new PickleValue.Whole(0));
        assertThat(read(PickleWriter.start().raw(0x8a, 3, 0xfe, 0xff, 0xff).end()))
                .isEqualTo(new PickleValue.Whole(-2));
        assertRefused(
                PickleWriter.start().raw(0x8a, 9).repeat(9, 1).end(),
                "the pickle holds a whole number of 9 bytes; at most 8 are read (byte offset 1002)");
    }

    @Test
    void fractionsAreRead() {
        assertThat(read(PickleWriter.start()
                        .raw('G', 0x3f, 0xf8, 0, 0, 0, 0, 0, 0)
                        .end()))
                .isEqualTo(new PickleValue.Fraction(1.5));
    }

    @Test
    void aTowerOfListsIsReadWithoutRecursion() {
        assertRefused(
                PickleWriter.start().repeat(1_000_000, ']').end(),
                "the pickle keeps more than 65536 objects open (byte offset 66538)");
        byte[] closed = PickleWriter.start().raw(')').repeat(1_000_000, 0x85).end();
        assertThat(read(closed)).isInstanceOf(PickleValue.Tuple.class);
    }

    @Test
    void endlessMarksAreRefused() {
        assertRefused(
                PickleWriter.start().repeat(1_000_000, '(').end(),
                "the pickle keeps more than 65536 objects open (byte offset 66538)");
    }

    @Test
    void aBillionLaughsStaySmall() {
        PickleWriter laughs = PickleWriter.start().text("ha");
        for (int i = 0; i < 200; i++) {
            laughs.raw('q', i, 'h', i, 0x86);
        }

        PickleValue.Tuple pair = (PickleValue.Tuple) read(laughs.end());

        assertThat(pair.get(0)).isSameAs(pair.get(1));
    }

    @Test
    void aListThatHoldsItselfIsHarmless() {
        assertThat(read(PickleWriter.start().raw(']', 'q', 0, 'h', 0, 'a').end()))
                .isNotNull();
    }

    @Test
    void aDictionaryThatIsItsOwnKeyIsRefused() {
        assertRefused(
                PickleWriter.start().raw('}', 'q', 0, 'h', 0, 'N', 's').end(),
                "a key of a dictionary is not a text; checkpoints have names for keys (byte offset 1008)");
    }

    @Test
    void aKeyStandsOnce() {
        assertRefused(
                PickleWriter.start()
                        .raw('}', '(')
                        .text("a")
                        .raw('N')
                        .text("a")
                        .raw('N', 'u')
                        .end(),
                "the key \"a\" stands twice in a dictionary (byte offset 1018)");
    }

    @Test
    void anEndlessProgramIsRefused() {
        byte[] pickle = PickleWriter.start().raw('}').repeat(1 << 21, 'q', 0).end();

        assertRefused(pickle, "the pickle has more than 2097152 operations (byte offset 4195305)");
    }

    @Test
    void aMemoBombIsRefused() {
        assertRefused(
                PickleWriter.start().raw('}', 'r', 0xff, 0xff, 0xff, 0xff).end(),
                "the memo of the pickle has more than 1048576 places (byte offset 1003)");
        assertRefused(
                PickleWriter.start(4).raw('}').repeat(1 << 20, 0x94).raw(0x94).end(),
                "the memo of the pickle has more than 1048576 places (byte offset 1049579)");
    }

    @Test
    void anEmptyMemoIsRefused() {
        assertRefused(
                PickleWriter.start().raw('h', 3).end(),
                "the pickle asks for memo 3, which is empty (byte offset 1002)");
        assertRefused(
                PickleWriter.start().raw('j', 0xff, 0xff, 0xff, 0xff).end(),
                "the pickle asks for memo 4294967295, which is empty (byte offset 1002)");
    }

    @Test
    void aLongTextIsRefusedUnread() {
        assertRefused(
                PickleWriter.start().raw('X', 0xff, 0xff, 0xff, 0x7f).end(),
                "the pickle holds a text longer than 65536 bytes (byte offset 1002)");
        assertRefused(
                PickleWriter.start().raw(0x8d, 0, 0, 0, 0, 0, 0, 0, 0x80).end(),
                "the pickle holds a text longer than 65536 bytes (byte offset 1002)");
    }

    @Test
    void anUnendedGlobalIsRefused() {
        assertRefused(
                PickleWriter.start().raw('c').repeat(1000, 'a').end(),
                "the pickle names a global without an end (byte offset 1002)");
    }

    @Test
    void anEmptyStackIsRefused() {
        for (int operation :
                new int[] {'.', 't', 'u', 'e', 's', 'a', 'R', 'b', 'Q', 'q', 0x85, 0x86, 0x87, 0x93, 0x94}) {
            assertThatExceptionOfType(MalformedCheckpointException.class)
                    .isThrownBy(
                            () -> read(PickleWriter.start(4).raw(operation, 0).end()));
            assertThatExceptionOfType(MalformedCheckpointException.class)
                    .isThrownBy(() ->
                            read(PickleWriter.start(4).raw('(', operation, 0).end()));
        }
    }

    @Test
    void operationsOnTheWrongObjectAreRefused() {
        assertRefused(
                PickleWriter.start().whole(1).raw(')', 'R').end(),
                "the pickle calls something that is not a function (byte offset 1005)");
        assertRefused(
                PickleWriter.start()
                        .global("torch", "FloatStorage")
                        .raw(')', 'R')
                        .end(),
                "the pickle calls something that is not a function (byte offset 1023)");
        assertRefused(
                PickleWriter.start().whole(1).raw('N', 'b').end(),
                "the pickle sets attributes of something that is no dictionary (byte offset 1005)");
        assertRefused(
                PickleWriter.start().whole(1).raw('N', 'a').end(),
                "the pickle appends to something that is no list (byte offset 1005)");
        assertRefused(
                PickleWriter.start().text("cpu").raw('Q').end(),
                "a persistent id in the pickle must be a tuple (byte offset 1010)");
    }

    @Test
    void negativeSizesAreRefused() {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> read(
                        PickleWriter.start().storage("FloatStorage", "0", -1).end()))
                .withMessageContaining("the size of a storage in the pickle is not a whole number from 0");
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> read(PickleWriter.start()
                        .tensor("FloatStorage", "0", 4, 0, new long[] {-2, -2}, new long[] {1, 1})
                        .end()))
                .withMessageContaining("the shape of a tensor in the pickle is not a whole number from 0");
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> read(PickleWriter.start()
                        .tensor("FloatStorage", "0", 4, 0, new long[] {4}, new long[] {1, 1})
                        .end()))
                .withMessageContaining("a tensor has 1 dimensions, 2 strides");
    }

    @Test
    void aShapeOfTooManyDimensionsIsRefused() {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> read(PickleWriter.start()
                        .tensor("FloatStorage", "0", 1, 0, new long[65], new long[65])
                        .end()))
                .withMessageContaining("the shape of a tensor in the pickle has more than 64 numbers");
    }

    @Test
    void aPickleCutAnywhereIsRefused() {
        byte[] whole = PickleWriter.stateDict()
                .text("w")
                .tensor("FloatStorage", "0", 2, 3)
                .endDict();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatExceptionOfType(MalformedCheckpointException.class).isThrownBy(() -> read(cut));
        }
    }

    @Test
    void nothingFollowsTheEnd() {
        assertRefused(
                PickleWriter.start().raw('}', '.').end(), "something follows the end of the pickle (byte offset 1003)");
        assertRefused(
                PickleWriter.start().raw('}', '}').end(), "the pickle ends with unused objects (byte offset 1004)");
    }

    private static PickleValue read(byte[] pickle) {
        return PickleReader.read(new PickleInput("f.bin", START, ByteBuffer.wrap(pickle)));
    }

    private static void assertRefused(byte[] pickle, String problem) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> read(pickle))
                .withMessageStartingWith("f.bin: " + problem);
    }
}
