package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.InvalidSettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiKeysTest {
    private static final String KEY = "0123456789abcdef";

    /** {@code printf %s 0123456789abcdef | sha256sum} */
    private static final String HASH = "9f9f5111f7b27a781f1f1ddde5ebc2dd2b796bfc7365c9c28b548e564176929f";

    @TempDir
    private Path folder;

    @Test
    void everyLineIsAKey() throws IOException {
        ApiKeys keys =
                ApiKeys.read(file("# of the team\n" + KEY + "\n\n  another-key-of-a-team  \r\n#0123456789abcdefg\n"));
        assertThat(keys.contain(KEY)).isTrue();
        assertThat(keys.contain("another-key-of-a-team")).isTrue();
        assertThat(keys.contain("#0123456789abcdefg")).isFalse();
        assertThat(keys.contain("")).isFalse();
        assertThat(keys.contain(KEY + " ")).isFalse();
        assertThat(keys.contain(KEY.substring(1))).isFalse();
        assertThat(keys.contain("0123456789ABCDEF")).isFalse();
    }

    @Test
    void aLineMayHoldTheHashOfAKey() throws IOException {
        ApiKeys keys = ApiKeys.read(file("sha256:" + HASH.toUpperCase(java.util.Locale.ROOT)));
        assertThat(keys.contain(KEY)).isTrue();
        assertThat(keys.contain("sha256:" + HASH)).isFalse();
        assertThat(keys.contain(HASH)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "0123456789abcde, line 1: a key has 16 to 512 visible ASCII characters and no spaces",
        "0123456789 abcdef, line 1: a key has 16 to 512",
        "0123456789abcdeä, line 1: a key has 16 to 512",
        "sha256:00ff, line 1: \"sha256:\" must be followed by 64 hexadecimal digits",
        "# nothing, the key file holds no key; write one a line",
        "'', the key file holds no key"
    })
    void aLineThatIsNoKeyIsRefusedWithoutShowingIt(String text, String problem) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> ApiKeys.read(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(file + ": " + problem)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("0123456789");
    }

    @Test
    void aFileThatCannotBeReadIsRefused() throws IOException {
        assertUnusable(folder.resolve("none"), "there is no such key file");
        assertUnusable(folder, "the key file cannot be read");
        Path binary = folder.resolve("binary");
        Files.write(binary, new byte[] {(byte) 0xC3, 0x28});
        protect(binary, "rw-------");
        assertUnusable(binary, "the key file is not UTF-8 text");
        Path large = file("#".repeat((1 << 20) + 1));
        assertUnusable(large, "the key file has more than 1048576 bytes");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFileThatEveryoneMayReadOrWriteIsRefused() throws IOException {
        Path file = file(KEY);
        for (String permissions : new String[] {"rw-r--r--", "rw-----w-"}) {
            protect(file, permissions);
            assertUnusable(file, "every user of this machine may read or write the key file");
        }
        protect(file, "rw-r-----");
        assertThat(ApiKeys.read(file).contain(KEY)).isTrue();
    }

    private static void assertUnusable(Path file, String problem) {
        assertThatThrownBy(() -> ApiKeys.read(file))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessageStartingWith(file + ": " + problem);
    }

    private Path file(String text) throws IOException {
        Path file = folder.resolve("keys");
        Files.write(file, text.getBytes(StandardCharsets.UTF_8));
        protect(file, "rw-------");
        return file;
    }

    private static void protect(Path file, String permissions) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null) {
            view.setPermissions(PosixFilePermissions.fromString(permissions));
        }
    }
}
