package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BlobIdTest {
    /** {@code printf 'hello\n' | git hash-object --stdin}. */
    private static final String GIT = "ce013625030ba8dba906f756967f9e9ca394464a";

    /** {@code printf 'hello\n' | sha256sum}. */
    private static final String SHA256 = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03";

    @TempDir
    private Path folder;

    @Test
    void theLengthOfTheHashSaysWhichOneItIs() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "hello\n", StandardCharsets.UTF_8);
        assertThat(new BlobId(GIT).matches(file)).isTrue();
        assertThat(new BlobId(SHA256).matches(file)).isTrue();
        Files.writeString(file, "hello");
        assertThat(new BlobId(GIT).matches(file)).isFalse();
        assertThat(new BlobId(SHA256).matches(file)).isFalse();
    }

    @Test
    void anEtagMayHaveQuotesAndBeWeak() {
        assertThat(BlobId.ofEtag('"' + GIT + '"')).contains(new BlobId(GIT));
        assertThat(BlobId.ofEtag("W/\"" + SHA256 + '"')).contains(new BlobId(SHA256));
        assertThat(BlobId.ofEtag("\"5f-abc\"")).isEmpty();
        assertThat(BlobId.ofEtag("../" + GIT)).isEmpty();
    }
}
