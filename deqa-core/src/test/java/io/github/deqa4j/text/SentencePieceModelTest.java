package io.github.deqa4j.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePieceModelTest {
    private static final String NOT_A_MODEL = "; the file is damaged or not a SentencePiece model";

    @TempDir
    private Path directory;

    @Test
    void everyCutIsNoticed() throws IOException {
        byte[] whole = miniBytes();
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> read(cut))
                    .as("%d bytes", length)
                    .isInstanceOf(MalformedTokenizerException.class)
                    .hasMessageStartingWith(file() + ": ");
        }
    }

    @Test
    void damageIsRefusedOrReadButNeverCrashes() throws IOException {
        byte[] whole = miniBytes();
        Random random = new Random(4_711);
        int refused = 0;
        for (int i = 0; i < 3_000; i++) {
            byte[] damaged = whole.clone();
            for (int flips = 1 + random.nextInt(3); flips > 0; flips--) {
                damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            }
            refused += refuses(damaged) ? 1 : 0;
        }
        assertThat(refused).isBetween(1_000, 2_999);
    }

    private boolean refuses(byte[] content) {
        try {
            read(content).encode("The quality of the image is 😀<s>");
            return false;
        } catch (DeqaException e) {
            return true;
        }
    }

    @Test
    void aMissingFileIsNamed() {
        assertRefused(directory.resolve("none.model"), "the file is missing or cannot be read");
    }

    @Test
    void aDirectoryIsNotAFile() {
        assertRefused(directory, "this is a directory; name the tokenizer.model file in it");
    }

    @Test
    void anEmptyFileIsRefused() {
        assertRefused(new byte[0], "the file has 0 bytes; a tokenizer file has from 1 to 16777216");
    }

    @Test
    void aHugeFileIsNotRead() throws IOException {
        try (RandomAccessFile huge = new RandomAccessFile(file().toFile(), "rw")) {
            huge.setLength((16L << 20) + 1);
        }

        assertRefused(file(), "the file has 16777217 bytes; a tokenizer file has from 1 to 16777216");
    }

    @Test
    void aTextFileIsRefused() {
        assertRefused(
                "{\"version\": \"1.0\"}".getBytes(StandardCharsets.UTF_8),
                "field 15 has wire type 3, which no such file has" + NOT_A_MODEL + " (byte offset 0)");
    }

    @Test
    void aLengthBeyondTheFileIsNotBelieved() {
        byte[] claim =
                new ProtobufWriter().tag(1, 2).varint(1L << 30).raw((byte) 0).toBytes();

        assertRefused(claim, "field 1 claims 1073741824 bytes, but 1 are left" + NOT_A_MODEL + " (byte offset 0)");
    }

    @Test
    void aNegativeLengthIsNotBelieved() {
        byte[] claim = new ProtobufWriter().number(9, 5).tag(1, 2).varint(-1).toBytes();

        assertRefused(
                claim, "field 1 claims 18446744073709551615 bytes, but 0 are left" + NOT_A_MODEL + " (byte offset 2)");
    }

    @Test
    void anEndlessNumberIsRefused() {
        byte[] endless = new byte[20];
        Arrays.fill(endless, (byte) 0xFF);

        assertRefused(endless, "a number is longer than 10 bytes" + NOT_A_MODEL + " (byte offset 0)");
    }

    @Test
    void aFieldNumberOfZeroIsRefused() {
        assertRefused(new byte[] {0, 0}, "a field has the impossible number 0" + NOT_A_MODEL + " (byte offset 0)");
    }

    @Test
    void aFieldOfTheWrongTypeIsRefused() {
        byte[] wrong = new ProtobufWriter().number(1, 7).toBytes();

        assertRefused(wrong, "field 1 has wire type 0 instead of 2" + NOT_A_MODEL + " (byte offset 0)");
    }

    @Test
    void unknownFieldsOfEveryTypeArePassedOver() {
        byte[] model = new ProtobufWriter()
                .number(200, -1)
                .tag(201, 1)
                .raw(new byte[8])
                .bytes(202, new byte[300])
                .float32(203, 1)
                .raw(SentencePieceWriter.withBytes().toBytes())
                .toBytes();

        assertThat(read(model).vocabularySize()).isEqualTo(259);
    }

    @Test
    void aFileWithoutTrainerSettingsIsCutShort() {
        assertRefused(
                SentencePieceWriter.withBytes().piecesOnly(),
                "there is no trainer_spec; the file is cut short or not a SentencePiece model");
    }

    @Test
    void aFileWithoutNormalizerSettingsIsCutShort() {
        assertRefused(
                SentencePieceWriter.withBytes().withoutNormalizer(),
                "there is no normalizer_spec; the file is cut short or not a SentencePiece model");
    }

    @Test
    void lostPiecesAreCounted() {
        assertRefused(
                SentencePieceWriter.withBytes().trainer(4, 260),
                "there are 259 pieces, but trainer_spec.vocab_size is 260; the file has lost some");
    }

    @Test
    void piecesMayHaveBeenAdded() {
        assertThatCode(() ->
                        read(SentencePieceWriter.withBytes().trainer(4, 258).toBytes()))
                .doesNotThrowAnyException();
    }

    @Test
    void aMissingByteIsNamed() {
        assertRefused(
                SentencePieceWriter.withoutBytes().trainer(35, 1),
                "there is no piece \"<0x00>\", but trainer_spec.byte_fallback asks for all 256");
    }

    @Test
    void aByteThatIsAnotherKindOfPieceIsMissing() {
        SentencePieceWriter model = SentencePieceWriter.withoutBytes().trainer(35, 1);
        for (int value = 0; value < 256; value++) {
            model.piece(
                    Vocabulary.bytePiece(value),
                    0,
                    value == 10 ? SentencePieceWriter.NORMAL : SentencePieceWriter.BYTE);
        }

        assertRefused(model, "there is no piece \"<0x0A>\", but trainer_spec.byte_fallback asks for all 256");
    }

    @Test
    void otherModelTypesAreRefused() {
        assertRefused(
                SentencePieceWriter.withBytes().trainer(3, 1),
                "trainer_spec.model_type is 1; only 2 (BPE), which LLaMA uses, is supported");
    }

    @Test
    void otherWordStartsAreRefused() {
        assertRefused(
                SentencePieceWriter.withBytes().trainer(24, 1),
                "trainer_spec.treat_whitespace_as_suffix is true; only false is supported");
    }

    @Test
    void otherNormalizersAreRefused() {
        String onlyLlama = ", as in LLaMA's tokenizer, is supported";
        assertRefused(
                SentencePieceWriter.withBytes().charsMap((byte) 1, (byte) 2),
                "normalizer_spec.precompiled_charsmap has 2 bytes; only the identity, which has none, is supported");
        assertRefused(
                SentencePieceWriter.withBytes().normalizer(3, 0),
                "normalizer_spec.add_dummy_prefix is false; only true" + onlyLlama);
        assertRefused(
                SentencePieceWriter.withBytes().normalizer(4, 1),
                "normalizer_spec.remove_extra_whitespaces is true; only false" + onlyLlama);
        assertRefused(
                SentencePieceWriter.withBytes().normalizer(5, 0),
                "normalizer_spec.escape_whitespaces is false; only true" + onlyLlama);
    }

    @Test
    void idsOfSpecialPiecesMustExist() {
        assertRefused(
                SentencePieceWriter.withBytes().trainer(40, 259),
                "trainer_spec.unk_id is 259, but there are 259 pieces");
        assertRefused(
                SentencePieceWriter.withBytes().trainer(41, -1), "trainer_spec.bos_id is -1, but there are 259 pieces");
        assertRefused(
                SentencePieceWriter.withBytes().trainer(42, 999),
                "trainer_spec.eos_id is 999, but there are 259 pieces");
    }

    @Test
    void specialPiecesMustBeOfTheirTypes() {
        assertRefused(
                SentencePieceWriter.withBytes().trainer(40, 1),
                "trainer_spec.unk_id is 1, but that piece, \"<s>\", is CONTROL instead of UNKNOWN");
        assertRefused(
                SentencePieceWriter.withBytes().trainer(41, 3),
                "trainer_spec.bos_id is 3, but that piece, \"<0x00>\", is BYTE instead of CONTROL");
    }

    @Test
    void aPieceMayStandOnlyOnce() {
        assertRefused(
                SentencePieceWriter.withoutBytes().normal("a", "a"), "piece 4 is a second \"a\" (byte offset 57)");
    }

    @Test
    void piecesMustHaveAReasonableLength() {
        assertRefused(
                SentencePieceWriter.withoutBytes().normal(""),
                "a piece has 0 characters; it must have from 1 to 1024 (byte offset 45)");
        assertRefused(
                SentencePieceWriter.withoutBytes().normal("x".repeat(1025)),
                "a piece has 1025 characters; it must have from 1 to 1024 (byte offset 45)");
    }

    @Test
    void scoresMustBeFinite() {
        assertRefused(
                SentencePieceWriter.withoutBytes().piece("a", Float.NaN, SentencePieceWriter.NORMAL),
                "piece \"a\" has the score NaN; it must be finite (byte offset 45)");
    }

    @Test
    void typesMustBeKnownAndSupported() {
        assertRefused(
                SentencePieceWriter.withoutBytes().piece("a", 0, 7),
                "piece \"a\" has the type 7; types are 1 to 6 (byte offset 45)");
        assertRefused(
                SentencePieceWriter.withoutBytes().piece("a", 0, SentencePieceWriter.UNUSED),
                "piece \"a\" is UNUSED, which is not supported; LLaMA's tokenizer has none (byte offset 45)");
        assertRefused(
                SentencePieceWriter.withoutBytes().piece("<0xG0>", 0, SentencePieceWriter.BYTE),
                "piece \"<0xG0>\" is a BYTE; its name must be <0x00> to <0xFF> (byte offset 45)");
    }

    @Test
    void textMustBeUtf8() {
        byte[] piece = new ProtobufWriter().bytes(1, (byte) 0xC3).toBytes();

        assertRefused(
                new ProtobufWriter().bytes(1, piece).toBytes(),
                "field 1 is not UTF-8 text" + NOT_A_MODEL + " (byte offset 2)");
    }

    private SentencePieceTokenizer read(byte[] content) {
        return SentencePieceTokenizer.read(SentencePieceWriter.write(directory, content));
    }

    private void assertRefused(SentencePieceWriter model, String problem) {
        assertRefused(model.toBytes(), problem);
    }

    private void assertRefused(byte[] content, String problem) {
        assertRefused(SentencePieceWriter.write(directory, content), problem);
    }

    private static void assertRefused(Path file, String problem) {
        assertThatThrownBy(() -> SentencePieceTokenizer.read(file))
                .isInstanceOf(MalformedTokenizerException.class)
                .hasMessage(file + ": " + problem);
    }

    private Path file() {
        return directory.resolve("tokenizer.model");
    }

    private static byte[] miniBytes() throws IOException {
        return Files.readAllBytes(Golden.mini().resolve("tokenizer.model"));
    }
}
