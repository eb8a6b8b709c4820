package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.HubServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubCacheTest {
    private static final String NAME = "owner/model";
    private static final byte[] SHARED = new byte[1000];
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5, 6, 7};

    @TempDir
    private Path folder;

    private final HubServer server = new HubServer();
    private Path cache = Path.of("");
    private Path repository = Path.of("");
    private String first = "";
    private String second = "";

    @BeforeEach
    void fill() {
        cache = folder.resolve("cache");
        repository = cache.resolve("models--owner--model");
        first = server.put(NAME, "v1", Map.of("shared.bin", SHARED, "config.json", OLD));
        second = server.put(NAME, "main", Map.of("shared.bin", SHARED, "config.json", NEW));
        pull("v1");
        pull("main");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void snapshotsHaveSizeRevisionsAndLastUse() throws Exception {
        Instant used = Instant.parse("2026-03-04T05:06:07Z");
        for (Path file : new Path[] {blob(HubServer.hash("SHA-256", SHARED)), blob(HubServer.gitId(OLD))}) {
            Files.getFileAttributeView(file, java.nio.file.attribute.BasicFileAttributeView.class)
                    .setTimes(null, FileTime.from(used), null);
        }
        assertThat(new HubCache(cache).snapshots())
                .contains(new HubCache.Snapshot(NAME, first, Set.of("v1"), 1003, used))
                .hasSize(2)
                .filteredOn(snapshot -> snapshot.commit().equals(second))
                .singleElement()
                .satisfies(snapshot -> assertThat(snapshot.bytes()).isEqualTo(1004))
                .satisfies(snapshot -> assertThat(snapshot.revisions()).containsExactly("main"));
        assertThat(new HubCache(folder.resolve("none")).snapshots()).isEmpty();
    }

    @Test
    void aDamagedBlobIsFound() throws Exception {
        HubCache hub = new HubCache(cache);
        assertThat(hub.verify(Optional.empty())).isEmpty();
        Path blob = blob(HubServer.hash("SHA-256", SHARED));
        Files.write(blob, new byte[] {9});
        assertThat(hub.verify(Optional.of(HubRepository.parse(NAME))))
                .containsExactly(
                        new HubCache.Damage(blob, "has the hash " + HubServer.hash("SHA-256", new byte[] {9})));
    }

    @Test
    void aLinkToNothingOrOutOfTheCacheAndADamagedCopyAreFound() throws Exception {
        Path config = repository.resolve("snapshots").resolve(first).resolve("config.json");
        Path shared = config.resolveSibling("shared.bin");
        Path other = repository.resolve("snapshots").resolve(second).resolve("config.json");
        Files.delete(config);
        Files.createSymbolicLink(config, Files.write(folder.resolve("outside"), OLD));
        Files.delete(shared);
        Files.createSymbolicLink(shared, Path.of("nothing"));
        Files.delete(other);
        Files.write(other, OLD); // where links cannot be made, a file is a copy
        assertThat(new HubCache(cache).verify(Optional.empty()))
                .extracting(HubCache.Damage::file)
                .containsExactlyInAnyOrder(config, shared, other);
    }

    @Test
    void aRevisionIsRemovedWithTheBlobsThatNoOtherHas() throws Exception {
        HubCache hub = new HubCache(cache);
        assertThat(hub.removeRevision(new HubRepository(NAME, "v1"))).isGreaterThanOrEqualTo(3);
        assertThat(blob(HubServer.gitId(OLD))).doesNotExist();
        assertThat(blob(HubServer.hash("SHA-256", SHARED))).exists();
        assertThat(repository.resolve("refs/v1")).doesNotExist();
        assertThat(repository.resolve("trees").resolve(first + ".json")).doesNotExist();
        assertThat(hub.snapshots()).extracting(HubCache.Snapshot::commit).containsExactly(second);
        assertThat(hub.verify(Optional.empty())).isEmpty();

        hub.removeRevision(new HubRepository(NAME, second));
        assertThat(repository).doesNotExist();
        assertThat(cache.resolve(".locks/models--owner--model")).doesNotExist();
    }

    @Test
    void aRepositoryIsRemovedWhole() {
        new HubCache(cache).removeRepository(NAME);
        assertThat(repository).doesNotExist();
        assertThat(new HubCache(cache).snapshots()).isEmpty();
    }

    @Test
    void whatIsNotThereIsRefused() {
        HubCache hub = new HubCache(cache);
        assertThatThrownBy(() -> hub.removeRepository("owner/other"))
                .isInstanceOf(DeqaException.class)
                .hasMessage("owner/other: the cache " + cache + " does not have it");
        assertThatThrownBy(() -> hub.removeRevision(new HubRepository(NAME, "v2")))
                .hasMessage("owner/model@v2: the cache does not have this revision");
        assertThatThrownBy(() -> hub.removeRevision(new HubRepository(NAME, "0".repeat(40))))
                .hasMessageEndingWith("the cache does not have this revision");
        assertThatThrownBy(() -> hub.verify(Optional.of(HubRepository.parse("owner/other"))))
                .hasMessageContaining("does not have it");
    }

    @Test
    void nothingIsRemovedBehindALink() throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Path precious = Files.write(outside.resolve(HubServer.gitId(OLD)), OLD);
        Path snapshot = repository.resolve("snapshots").resolve(first);
        Files.delete(snapshot.resolve("config.json"));
        Files.createSymbolicLink(snapshot.resolve("config.json"), precious);
        Files.createSymbolicLink(snapshot.resolve("folder"), outside);
        Files.createSymbolicLink(cache.resolve("models--owner--linked"), outside);

        HubCache hub = new HubCache(cache);
        hub.removeRevision(new HubRepository(NAME, "v1"));
        hub.removeRepository(NAME);
        assertThatThrownBy(() -> hub.removeRepository("owner/linked")).hasMessageContaining("does not have it");
        assertThat(precious).hasBinaryContent(OLD);
    }

    private Path blob(String id) {
        return repository.resolve("blobs").resolve(id);
    }

    private void pull(String revision) {
        new HubClient(new HubSettings(server.endpoint(), cache, Optional.empty(), false), HubListener.NONE)
                .pull(new HubRepository(NAME, revision), (name, names, file) -> new TreeSet<>(names));
    }
}
