package io.github.deqa4j.checkpoint;

import static io.github.deqa4j.checkpoint.CheckpointFiles.counting;
import static io.github.deqa4j.checkpoint.CheckpointFiles.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipDirectoryTest {
    private static final int END_BYTES = 22;
    private static final int ZIP64_BYTES = 56 + 20;

    @TempDir
    Path directory;

    @Test
    void entriesAreFoundWhereTheyLie() {
        byte[] zip = zip().build();

        ZipDirectory.Range range = find(zip, "archive/data/0").orElseThrow();

        int start = (int) range.offset();
        assertThat(Arrays.copyOfRange(zip, start, start + (int) range.bytes())).isEqualTo(counting(9));
        assertThat(find(zip, "archive/data/2")).isEmpty();
    }

    @Test
    void aCommentAtTheEndDoesNotMatter() {
        byte[] zip = zip().build();
        byte[] commented = Arrays.copyOf(zip, zip.length + 300);
        commented[zip.length - 2] = 300 - 256;
        commented[zip.length - 1] = 1;

        assertThat(find(commented, "archive/data/0")).isEqualTo(find(zip, "archive/data/0"));
    }

    @Test
    void endRecordsThatDisagreeAreRefused() {
        byte[] zip = zip().build();
        zip[zip.length - END_BYTES + 10]++;

        assertRefused(zip, "the two end records of the zip disagree; the file is damaged");
    }

    @Test
    void aDirectoryThatIsNotBeforeItsEndIsRefused() {
        byte[] zip = zip().withoutZip64().build();
        zip[zip.length - END_BYTES + 16]--;

        assertRefused(
                zip, "the central directory of the zip does not end where its end record starts; the file is damaged");
    }

    @Test
    void aCountThatIsWrongIsRefused() {
        byte[] zip = zip().withoutZip64().build();
        zip[zip.length - END_BYTES + 10]++;

        assertRefused(zip, "the central directory of the zip holds 2 entries, its end record says 3");
    }

    @Test
    void aLocatorThatPointsElsewhereIsRefused() {
        byte[] zip = zip().build();
        zip[zip.length - END_BYTES - 20 + 8]++;

        assertRefused(zip, "the Zip64 end record does not stand before its locator; the file is damaged");
    }

    @Test
    void aZip64RecordWithoutItsSignatureIsRefused() {
        byte[] zip = zip().build();
        zip[zip.length - END_BYTES - ZIP64_BYTES]++;

        assertRefused(zip, "the Zip64 end record lacks its signature; the file is damaged");
    }

    @Test
    void anEntryThatIsThereTwiceIsRefused() {
        byte[] zip = zip().build();
        zip[lastIndexOf(zip, "data/1") + "data/".length()] = '0';

        assertRefused(zip, "the zip has two entries \"archive/data/0\"");
    }

    @Test
    void anEntryThatIsSomewhereElseIsRefused() {
        byte[] zip = zip().build();
        zip[lastIndexOf(zip, "data/1") + "data/".length()] = '2';

        assertRefused(zip, "the zip entry \"archive/data/2\" is not where the central directory says");
    }

    @Test
    void anEntryBeyondTheOthersIsRefused() {
        byte[] zip = zip().build();
        int sizes = lastIndexOf(zip, "archive/data/1") - 46 + 20;
        zip[sizes] = 120;
        zip[sizes + 4] = 120;

        assertRefused(
                zip,
                "the zip entry \"archive/data/1\" has 120 bytes, which reach beyond the file's entries;"
                        + " the file was cut off or damaged");
    }

    private static TorchZipBuilder zip() {
        return new TorchZipBuilder().storage("0", counting(9)).storage("1", counting(5));
    }

    private Optional<ZipDirectory.Range> find(byte[] zip, String name) {
        try (CheckpointFile file = CheckpointFile.open(write(directory.resolve("f"), zip))) {
            return ZipDirectory.read(file).find(name);
        }
    }

    private void assertRefused(byte[] zip, String problem) {
        assertThatExceptionOfType(MalformedCheckpointException.class)
                .isThrownBy(() -> {
                    find(zip, "archive/data/1");
                    find(zip, "archive/data/2");
                })
                .withMessageStartingWith(directory.resolve("f") + ": " + problem + " (byte offset ");
    }

    private static int lastIndexOf(byte[] bytes, String text) {
        return new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(text);
    }
}
