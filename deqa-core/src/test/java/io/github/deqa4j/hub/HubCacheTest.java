package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.HubServer;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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
    }

    /** A process that waits for a lock would else lock a file that nobody finds any more. */
    @Test
    void whatIsBeingFetchedIsNotRemovedAndTheLocksStay() throws Exception {
        HubCache hub = new HubCache(cache);
        Path lock = cache.resolve(".locks/models--owner--model/" + HubServer.gitId(OLD) + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE);
                FileLock held = channel.lock()) {
            assertThat(held.isValid()).isTrue();
            assertThatThrownBy(() -> hub.removeRepository(NAME))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage("owner/model: a download of it is running; remove it when that has ended");
            assertThatThrownBy(() -> hub.removeRevision(new HubRepository(NAME, "v1")))
                    .hasMessageContaining("a download of it is running");
        }
        assertThat(hub.verify(Optional.empty())).isEmpty();
        assertThat(hub.snapshots()).hasSize(2);
        hub.removeRepository(NAME);
        assertThat(repository).doesNotExist();
        assertThat(lock).exists();
    }

    @ParameterizedTest
    @ValueSource(strings = {"blobs", "snapshots", "trees", "refs"})
    void nothingIsRemovedThroughAFolderThatIsALink(String part) throws Exception {
        Path outside = folder.resolve("outside");
        Files.move(repository.resolve(part), outside);
        Files.createSymbolicLink(repository.resolve(part), outside);
        List<Path> before = tree(outside);
        assertThatThrownBy(() -> new HubCache(cache).removeRevision(new HubRepository(NAME, first)))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("leads out of the cache");
        assertThat(tree(outside)).isEqualTo(before);
        new HubCache(cache).removeRepository(NAME);
        assertThat(tree(outside)).isEqualTo(before);
    }

    private static List<Path> tree(Path folder) throws IOException {
        try (Stream<Path> tree = Files.walk(folder)) {
            return tree.sorted().toList();
        }
    }

    @Test
    void aLinkToAnotherBlobIsFound() throws Exception {
        Path config = repository.resolve("snapshots").resolve(first).resolve("config.json");
        Files.delete(config);
        Files.createSymbolicLink(config, Path.of("../../blobs", HubServer.gitId(NEW)));
        assertThat(new HubCache(cache).verify(Optional.empty()))
                .containsExactly(new HubCache.Damage(config, "has the hash " + HubServer.gitId(NEW)));
    }

    @Test
    void aRepositoryWithoutOwnerIsListedAndRemoved() throws Exception {
        Files.createDirectories(cache.resolve("models--gpt2/snapshots/" + first));
        HubCache hub = new HubCache(cache);
        assertThat(hub.snapshots()).extracting(HubCache.Snapshot::repository).contains("gpt2");
        hub.removeRepository("gpt2");
        assertThat(cache.resolve("models--gpt2")).doesNotExist();
    }

    @Test
    void aStrangeFileIsNoSnapshot() throws Exception {
        Files.createFile(repository.resolve("snapshots/.DS_Store"));
        assertThat(new HubCache(cache).snapshots()).hasSize(2);
    }

    @Test
    void aFolderThatCannotBeReadIsOneSentence() throws Exception {
        Path closed = repository.resolve("snapshots").resolve(first);
        assumeTrue(closed.toFile().setReadable(false) && !Files.isReadable(closed), "root reads all folders");
        assertThatThrownBy(() -> new HubCache(cache).snapshots())
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("the cache cannot be read or changed (");
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
