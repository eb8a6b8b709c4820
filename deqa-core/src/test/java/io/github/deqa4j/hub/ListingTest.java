package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import java.nio.charset.StandardCharsets;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListingTest {
    private static final String GIT = "a".repeat(40);
    private static final String SHA256 = "b".repeat(64);
    private static final String XET = "c".repeat(64);

    @Test
    void aListIsStoredAsPythonStoresIt() throws Exception {
        NavigableMap<String, Listing.Entry> files = new TreeMap<>();
        Listing.addPage(
                "a/b",
                "[{\"type\":\"directory\",\"path\":\"d\",\"oid\":\"" + GIT + "\",\"size\":0},"
                        + "{\"type\":\"file\",\"path\":\"d/c.json\",\"oid\":\"" + GIT + "\",\"size\":7},"
                        + "{\"type\":\"file\",\"path\":\"m.bin\",\"oid\":\"" + GIT + "\",\"size\":9,\"lfs\":{\"oid\":\""
                        + SHA256
                        + "\",\"size\":9,\"pointerSize\":134},\"xetHash\":\"" + XET + "\"}]",
                files);
        Listing listing = new Listing(files);
        assertThat(files).containsOnlyKeys("d/c.json", "m.bin");
        assertThat(files.get("m.bin"))
                .isEqualTo(new Listing.Entry(9, new BlobId(GIT), Optional.of(new BlobId(SHA256)), Optional.of(XET)));
        assertThat(new String(listing.toJson(), StandardCharsets.UTF_8).replaceAll("\\s", ""))
                .isEqualTo("{\"format_version\":1,\"files\":{\"d/c.json\":{\"size\":7,\"blob_id\":\"" + GIT
                        + "\"},\"m.bin\":{\"size\":9,\"blob_id\":\"" + GIT + "\",\"lfs_sha256\":\"" + SHA256
                        + "\",\"lfs_size\":9,\"xet_hash\":\"" + XET + "\"}}}");
        assertThat(Listing.ofJson(listing.toJson())).contains(listing);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "{}",
                "[{\"type\":\"file\",\"path\":\"x\"}]",
                "[{\"type\":\"file\",\"path\":\"x\",\"oid\":\"../x\",\"size\":1}]",
                "[{\"type\":\"file\",\"path\":\"x\",\"oid\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":-1}]",
                "[{\"type\":\"file\",\"path\":\"x\",\"oid\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\",\"size\":1,\"lfs\":{}}]"
            })
    void whatIsNoListIsRefused(String page) {
        assertThatThrownBy(() -> Listing.addPage("a/b", page, new TreeMap<>()))
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("a/b: the hub's list of files ");
    }

    @Test
    void aListThatIsTooLongIsRefused() {
        String page = IntStream.rangeClosed(0, 100_000)
                .mapToObj(i -> "{\"type\":\"file\",\"path\":\"" + i + "\",\"oid\":\"" + GIT + "\",\"size\":7}")
                .collect(Collectors.joining(",", "[", "]"));
        assertThatThrownBy(() -> Listing.addPage("a/b", page, new TreeMap<>()))
                .isInstanceOf(DeqaException.class)
                .hasMessage("a/b: the hub lists more than 100000 files; this is no model");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "{\"format_version\":2,\"files\":{}}",
                "{\"format_version\":1,\"files\":{\"x\":{\"size\":1}}}",
                "{\"format_version\":1,\"files\":{\"../x\":{\"size\":1,\"blob_id\":\"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\"}}}"
            })
    void aStoredListThatIsDamagedOrOfAnotherFormatCountsAsNone(String text) {
        assertThat(Listing.ofJson(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
