package io.github.deqa4j.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.testkit.HubServer;
import io.github.deqa4j.testkit.HubServer.Fault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubClientTest {
    private static final String NAME = "owner/model";
    private static final HubRepository MODEL = HubRepository.parse(NAME);
    private static final byte[] CONFIG = "{}".getBytes(StandardCharsets.UTF_8);
    private static final byte[] WEIGHTS = bytes(1, 100_000);
    private static final FileSelection ALL = (repository, names, file) -> new TreeSet<>(names);
    private static final String WEIGHTS_FILE = "model.safetensors";

    @TempDir
    private Path folder;

    private final HubServer server = new HubServer();
    private final RecordedWaiting waiting = new RecordedWaiting();
    private final List<String> notes = new ArrayList<>();
    private Path cache = Path.of("");
    private String commit = "";

    @BeforeEach
    void start() {
        cache = folder.resolve("cache");
        commit = server.put(NAME, "main", Map.of("config.json", CONFIG, WEIGHTS_FILE, WEIGHTS));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void theCacheHasTheLayoutOfHuggingFace() throws Exception {
        Path snapshot = pull();

        assertThat(snapshot).isEqualTo(repository().resolve("snapshots").resolve(commit));
        assertThat(Files.readSymbolicLink(snapshot.resolve("config.json")))
                .isEqualTo(Path.of("../../blobs/" + HubServer.gitId(CONFIG)));
        assertThat(Files.readSymbolicLink(snapshot.resolve(WEIGHTS_FILE)))
                .isEqualTo(Path.of("../../blobs/" + HubServer.hash("SHA-256", WEIGHTS)));
        assertThat(snapshot.resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(repository().resolve("refs/main")).hasContent(commit);
        assertThat(blobs()).containsExactlyInAnyOrder(HubServer.gitId(CONFIG), HubServer.hash("SHA-256", WEIGHTS));
        assertThat(cache.resolve(".locks/models--owner--model/" + HubServer.gitId(CONFIG) + ".lock"))
                .exists();
    }

    @Test
    void aFileInAFolderIsALinkThatLeadsUpOnceMore() throws Exception {
        commit = server.put(NAME, "main", Map.of("a/b/config.json", CONFIG));
        assertThat(Files.readSymbolicLink(pull().resolve("a/b/config.json")))
                .isEqualTo(Path.of("../../../../blobs/" + HubServer.gitId(CONFIG)));
    }

    @Test
    void onlyWhatIsSelectedIsFetched() throws Exception {
        Path snapshot = client().pull(MODEL, (repository, names, file) -> new TreeSet<>(List.of("config.json")));
        assertThat(snapshot.resolve(WEIGHTS_FILE)).doesNotExist();
        assertThat(blobs()).containsExactly(HubServer.gitId(CONFIG));
    }

    @Test
    void whatIsThereIsNotFetchedAgain() {
        pull();
        int before = server.requests().size();
        pull();
        assertThat(server.requests().subList(before, server.requests().size()))
                .extracting(HubServer.Request::path)
                .containsExactly("/api/models/owner/model/revision/main");
        client().pull(new HubRepository(NAME, commit), ALL);
        assertThat(server.requests()).as("a commit needs no question").hasSize(before + 1);
    }

    @Test
    void aListOfSeveralPagesIsReadToItsEnd() {
        Map<String, byte[]> files = new TreeMap<>();
        for (int i = 0; i < 7; i++) {
            files.put("f" + i, bytes(i, 10));
        }
        server.put(NAME, "main", files);
        server.setPageSize(3);
        assertThat(pull()).isDirectoryContaining(file -> file.endsWith("f6"));
    }

    @Test
    void aBrokenConnectionIsContinuedWhereItBroke() {
        server.fail(WEIGHTS_FILE, Fault.cut(30_000), Fault.cut(20_000));

        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).hasSize(3).startsWith("");
        assertThat(ranges().get(2)).matches("bytes=[1-9]\\d*-").isNotEqualTo(ranges().get(1));
        assertThat(waiting.pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    @Test
    void aServerThatKnowsNoRangesSendsAllAgain() {
        server.fail(WEIGHTS_FILE, Fault.cut(30_000), Fault.ignoringRange());
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes 1-99999/100000", "bytes 0-9/10", "bytes 99999999999999999999-99999/100000", "none", ""})
    void aRangeThatWasNotAskedForIsNotTaken(String range) {
        server.fail(WEIGHTS_FILE, Fault.cut(30_000), (exchange, content) -> {
            exchange.setHeader("Content-Range", range);
            exchange.begin(206, content.length);
            exchange.write(content, 0, content.length);
        });
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(notes).anyMatch(note -> note.contains("was asked for the bytes from"));
    }

    @Test
    void aServerWithoutTheRangeIsAskedForAll() {
        server.fail(WEIGHTS_FILE, Fault.cut(30_000), Fault.status(416));
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).hasSize(3).last().isEqualTo("");
    }

    /** It sends something each time, and never the end. */
    @Test
    void aServerThatBeginsAnewForEverIsLeft() {
        Fault beginning = (exchange, content) -> {
            exchange.begin(200, content.length);
            exchange.write(content, 0, 10);
        };
        server.fail(WEIGHTS_FILE, Stream.generate(() -> beginning).limit(20).toArray(Fault[]::new));
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("owner/model@main: the hub cannot be reached (the connection broke");
        assertThat(waiting.pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void anAnswerThatIsTooLongIsNotRead() {
        byte[] spaces = new byte[1 << 20];
        Arrays.fill(spaces, (byte) ' ');
        server.fail("/revision/", (exchange, content) -> {
            exchange.begin(200, 0);
            for (int i = 0; i < 100; i++) {
                exchange.write(spaces, 0, spaces.length);
            }
        });
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessageEndingWith("the answer has more than 16 MiB; this is no list of a hub");
    }

    @Test
    void anEmptyFileIsAFile() throws Exception {
        server.put(NAME, "main", Map.of("config.json", new byte[0], WEIGHTS_FILE, new byte[0]));
        Path snapshot = pull();
        assertThat(snapshot.resolve("config.json")).isEmptyFile();
        assertThat(snapshot.resolve(WEIGHTS_FILE)).isEmptyFile();
        assertThat(blobs())
                .containsExactlyInAnyOrder(HubServer.gitId(new byte[0]), HubServer.hash("SHA-256", new byte[0]));
    }

    @Test
    void aRevisionMayHaveSlashes() {
        String change = server.put(NAME, "refs/pr/1", Map.of("config.json", CONFIG));
        assertThat(client().pull(new HubRepository(NAME, "refs/pr/1"), ALL)).isDirectory();
        assertThat(repository().resolve("refs/refs/pr/1")).hasContent(change);
    }

    @Test
    void theAddressOfTheHubMayHaveAPath() {
        HubSettings mirror = new HubSettings(server.endpoint().resolve("/mirror/hf"), cache, Optional.empty(), false);
        assertThatThrownBy(() -> client(mirror).pull(MODEL, ALL)).isInstanceOf(DeqaException.class);
        assertThat(server.requests())
                .singleElement()
                .extracting(HubServer.Request::path)
                .isEqualTo("/mirror/hf/api/models/owner/model/revision/main");
    }

    @Test
    void aFileOfASnapshotThatIsAnotherOneIsReplaced() throws Exception {
        Path config = pull().resolve("config.json");
        Files.delete(config);
        Files.createSymbolicLink(config, Path.of("../../blobs", HubServer.hash("SHA-256", WEIGHTS)));
        assertThat(pull().resolve("config.json")).hasBinaryContent(CONFIG);
        Files.delete(config);
        Files.write(config, new byte[1]); // a copy that did not end, where links cannot be made
        assertThat(pull().resolve("config.json")).hasBinaryContent(CONFIG);
    }

    @ParameterizedTest
    @CsvSource({
        "429,7,7",
        "503,3,3",
        "408,,1",
        "500,,1",
        "429,'Sat, 28 Nov 2026 12:00:40 GMT',40",
        "429,'Sat, 28 Nov 2026 11:00:00 GMT',0",
        "503,86400,120",
        "503,soon,1"
    })
    void theServerIsAskedAgainWhenItSays(int status, String retryAfter, long seconds) {
        Fault busy = retryAfter == null ? Fault.status(status) : Fault.status(status, "Retry-After", retryAfter);
        server.fail(WEIGHTS_FILE, busy);
        server.fail("/tree/", busy);
        server.fail("/revision/", busy);

        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(waiting.pauses).hasSize(3).first().isEqualTo(Duration.ofSeconds(seconds));
        assertThat(notes).hasSize(3).allMatch(note -> note.contains("answers " + status + "; trying again in "));
    }

    @Test
    void pausesGrowAndEnd() {
        server.fail(
                "/revision/", Stream.generate(() -> Fault.status(502)).limit(6).toArray(Fault[]::new));
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "owner/model@main: the hub cannot be reached (the server 127.0.0.1 answers 502); check the network,"
                                + " or try again later");
        assertThat(waiting.pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 8L, 16L);
    }

    @Test
    void aServerThatFallsSilentIsLeft() {
        CountDownLatch end = new CountDownLatch(1);
        server.fail(WEIGHTS_FILE, (exchange, content) -> {
            exchange.sendHead(content);
            exchange.write(content, 0, 10);
            await(end);
        });
        assertThat(impatient().pull(MODEL, ALL).resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        end.countDown();
        assertThat(notes).anyMatch(note -> note.contains("sent nothing for"));
    }

    /** Takes a server for silent after 300 ms. */
    private HubClient impatient() {
        return new HubClient(
                settings(Optional.empty(), false),
                listener(),
                waiting,
                space -> Long.MAX_VALUE,
                Duration.ofMillis(300));
    }

    @Test
    void aServerThatDoesNotAnswerIsLeft() {
        CountDownLatch end = new CountDownLatch(1);
        server.fail("/revision/", (exchange, content) -> await(end));
        assertThat(impatient().pull(MODEL, ALL).resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        end.countDown();
        assertThat(notes).anyMatch(note -> note.contains("did not answer for"));
    }

    @Test
    void aDamagedFileIsFetchedOnceMore() {
        server.fail(WEIGHTS_FILE, Fault.damaged());
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(notes).containsExactly("owner/model/model.safetensors: the file arrived damaged; fetching it again");
    }

    @ParameterizedTest
    @ValueSource(strings = {"config.json", WEIGHTS_FILE})
    void aFileThatIsDamagedTwiceIsRefusedAndNeverSeen(String file) throws Exception {
        server.fail(file, Fault.damaged(), Fault.damaged());
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("owner/model/" + file + ": the hash of what the hub sends is ")
                .hasMessageEndingWith("it was fetched twice and nothing was stored; try again later");
        assertThat(blobs())
                .doesNotContain(HubServer.hash("SHA-256", WEIGHTS))
                .noneMatch(name -> name.endsWith("incomplete"));
        assertThat(repository().resolve("snapshots").resolve(commit).resolve(file))
                .doesNotExist();
        assertThat(repository().resolve("refs")).doesNotExist();
    }

    @Test
    void aDamagedStartOfAnEarlierRunIsNotKept() throws Exception {
        Path incomplete =
                repository().resolve("blobs").resolve(HubServer.hash("SHA-256", WEIGHTS) + ".deqa4j.incomplete");
        Files.createDirectories(incomplete.resolveSibling(""));
        Files.write(incomplete, new byte[50_000]);
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).containsExactly("bytes=50000-", "");
    }

    @Test
    void aRevisionThatMovesMeanwhileDoesNotMixFiles() {
        byte[] other = bytes(2, 100_000);
        server.fail("config.json", (exchange, content) -> {
            server.put(NAME, "main", Map.of("config.json", bytes(3, 10), WEIGHTS_FILE, other));
            exchange.sendHead(content);
            exchange.write(content, 0, content.length);
        });

        Path first = pull();
        assertThat(first.resolve("config.json")).hasBinaryContent(CONFIG);
        assertThat(first.resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(repository().resolve("refs/main")).hasContent(commit);
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(other);
        assertThat(first.resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
    }

    @Test
    void theTokenIsSentToTheHubAlone() {
        client(settings(Optional.of("hf_secret"), false)).pull(MODEL, ALL);
        assertThat(server.requests())
                .filteredOn(request -> request.host().startsWith("127.0.0.1"))
                .isNotEmpty()
                .allMatch(request -> request.authorization().equals("Bearer hf_secret"));
        assertThat(server.requests())
                .filteredOn(request -> request.host().startsWith("localhost"))
                .isNotEmpty()
                .allMatch(request -> request.authorization().isEmpty());
    }

    /** Once it has left the hub, a chain of redirections is not trusted again. */
    @Test
    void theTokenDoesNotComeBack() {
        server.fail(
                WEIGHTS_FILE,
                Fault.status(302, "Location", server.endpoint() + "/cdn/" + HubServer.hash("SHA-256", WEIGHTS)));
        client(settings(Optional.of("hf_secret"), false)).pull(MODEL, ALL);
        assertThat(server.downloads(WEIGHTS))
                .hasSize(2)
                .allMatch(request -> request.authorization().isEmpty());
        assertThat(server.downloads(WEIGHTS).get(1).host()).startsWith("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "ftp://127.0.0.1/x", "javascript:1"})
    void aRedirectionToSomethingElseIsNotFollowed(String location) {
        server.fail("/revision/", Fault.status(302, "Location", location));
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("redirects to \"" + location + "\", which is not followed");
    }

    @Test
    void redirectionsEnd() {
        server.fail(
                "/revision/",
                Stream.generate(() -> Fault.status(307, "Location", "/api/models/owner/model/revision/main"))
                        .limit(11)
                        .toArray(Fault[]::new));
        assertThatThrownBy(this::pull).hasMessageEndingWith("the hub redirects more than 10 times");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil",
                "a/../../evil",
                "/etc/evil",
                "a//evil",
                "./evil",
                "..\\evil",
                "C:/evil",
                "c:evil",
                "a\u0000b",
                "a\nb",
                ""
            })
    void aNameThatLeadsOutIsRefusedBeforeAnythingIsWritten(String name) {
        server.put(NAME, "main", Map.of("config.json", CONFIG, name, CONFIG));
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessageMatching(
                        "(?s)owner/model@main: the hub names a file \".*\", which could lead out of its folder.*");
        assertThat(cache).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nul", "CON.json", "a/aux.txt", "x.", "y ", "a?b", "lpt1.bin"})
    void aNameThatWindowsTakesForSomethingElseIsRefusedIfItIsNeeded(String name) {
        server.put(NAME, "main", Map.of("config.json", CONFIG, name, CONFIG));
        assertThatThrownBy(this::pull).hasMessageContaining("could lead out of its folder");
        assertThat(client().pull(MODEL, (repository, names, file) -> new TreeSet<>(List.of("config.json"))))
                .isDirectory();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"models--owner--model", "models--owner--model/blobs", "models--owner--model/snapshots", ".locks"
            })
    void aFolderThatIsALinkOutOfTheCacheIsRefused(String link) throws Exception {
        Path outside = Files.createDirectory(folder.resolve("outside"));
        Files.createDirectories(cache.resolve(link).resolveSibling(""));
        Files.createSymbolicLink(cache.resolve(link), outside);
        assertThatThrownBy(this::pull)
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("leads out of the cache " + cache);
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void aBlobThatIsALinkOutOfTheCacheIsRefused() throws Exception {
        Path secret = Files.write(folder.resolve("secret"), WEIGHTS);
        Path blob = repository().resolve("blobs").resolve(HubServer.hash("SHA-256", WEIGHTS));
        Files.createDirectories(blob.resolveSibling(""));
        Files.createSymbolicLink(blob, secret);
        assertThatThrownBy(this::pull).hasMessageStartingWith(blob + ": this leads out of the cache ");
    }

    /** The next part of a download is not written through a link. */
    @Test
    void anIncompleteFileThatIsALinkIsNotWrittenTo() throws Exception {
        Path victim = Files.write(folder.resolve("victim"), new byte[3]);
        Path incomplete =
                repository().resolve("blobs").resolve(HubServer.hash("SHA-256", WEIGHTS) + ".deqa4j.incomplete");
        Files.createDirectories(incomplete.resolveSibling(""));
        Files.createSymbolicLink(incomplete, victim);
        assertThatThrownBy(this::pull).isInstanceOf(DeqaException.class);
        assertThat(victim).hasBinaryContent(new byte[3]);
    }

    @Test
    void aFullDiskIsSaidBeforeAnythingIsFetched() {
        HubClient client = new HubClient(
                settings(Optional.empty(), false), listener(), waiting, space -> 12_345L, Duration.ofSeconds(30));
        assertThatThrownBy(() -> client.pull(MODEL, ALL))
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        "owner/model: the disk of " + repository().resolve("blobs")
                                + " needs 0.1 MB more and has 0.0 MB free; free some space or choose another folder for the cache");
        assertThat(server.downloads(WEIGHTS)).isEmpty();
    }

    /** The system ends a write in the middle, as on a disk that another program fills meanwhile. */
    @Test
    void aWriteThatFailsInTheMiddleIsSaidAndContinuedLater() throws Exception {
        Path shell = Path.of("/bin/sh");
        assumeTrue(Files.isExecutable(shell), "this system has no /bin/sh");
        Process process = process(shell.toString(), "-c", "ulimit -f 80; exec \"$@\"", "sh"); // 80 × 512 or 1024 bytes
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).isNotZero();
        assertThat(said)
                .containsPattern(
                        "incomplete: writing failed after (40960|81920) of 100000 bytes \\(.*\\); free some space or"
                                + " choose another folder for the cache");
        assertThat(repository().resolve("snapshots").resolve(commit).resolve(WEIGHTS_FILE))
                .doesNotExist();
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).last().asString().matches("bytes=(40960|81920)-");
    }

    @Test
    void whatTheListAndTheFileDisagreeOnIsNotStored() throws Exception {
        server.fail("/tree/", (exchange, content) -> {
            byte[] list = ("[{\"type\":\"file\",\"path\":\"config.json\",\"size\":2,\"oid\":\"" + "a".repeat(40)
                            + "\"}]")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.begin(200, list.length);
            exchange.write(list, 0, list.length);
        });
        assertThatThrownBy(this::pull)
                .hasMessageStartingWith("owner/model/config.json: the hash in the hub's list is " + "a".repeat(40)
                        + ", but the file has \"" + HubServer.gitId(CONFIG) + "\"");
        assertThat(repository().resolve("snapshots")).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"owner/other,the hub has no such repository", "owner/model@gone,the hub has no revision \"gone\" of it"
    })
    void whatTheHubDoesNotHaveIsNamed(String name, String problem) {
        assertThatThrownBy(() -> client().pull(HubRepository.parse(name), ALL))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining(problem);
    }

    @Test
    void aGatedRepositorySaysWhatToDo() {
        server.fail("/revision/", Fault.status(403, "X-Error-Code", "GatedRepo"));
        assertThatThrownBy(this::pull).hasMessageContaining("ask for access on its page");
        assertThat(waiting.pauses).isEmpty();
    }

    /** The address of a file expires; the hub then gives another. */
    @Test
    void anAddressThatHasExpiredIsAskedForAgain() {
        server.fail(WEIGHTS_FILE, Fault.status(403));
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
    }

    @Test
    void offlineTheCacheAloneIsUsed() {
        HubClient offline = client(settings(Optional.empty(), true));
        assertThatThrownBy(() -> offline.pull(MODEL, ALL))
                .hasMessage(
                        "owner/model@main: the cache does not have it, and the hub is not asked, because offline is set");
        Path snapshot = pull();
        int before = server.requests().size();
        assertThat(offline.pull(MODEL, ALL)).isEqualTo(snapshot);
        assertThat(server.requests()).hasSize(before);
        assertThat(notes).isEmpty();
    }

    @Test
    void offlineAFileThatIsMissingIsNamed() throws Exception {
        Files.delete(pull().resolve(WEIGHTS_FILE));
        assertThatThrownBy(() -> client(settings(Optional.empty(), true)).pull(MODEL, ALL))
                .hasMessage(
                        "owner/model@main: the cache does not have its file \"model.safetensors\", and the hub is not"
                                + " asked, because offline is set");
    }

    /** Python stores no list of files when it fetches single ones. */
    @Test
    void offlineWithoutAListTheFilesThatAreThereAreUsed() throws Exception {
        Path snapshot = pull();
        Files.delete(repository().resolve("trees").resolve(commit + ".json"));
        assertThat(client(settings(Optional.empty(), true)).pull(MODEL, ALL)).isEqualTo(snapshot);
        assertThat(notes).singleElement().asString().contains("the cache has no list of its files");
    }

    /** Python fetches single files, too. */
    @Test
    void offlineWithSomeFilesAloneItIsSaidThatTheyAreSome() throws Exception {
        pull();
        Files.delete(repository().resolve("trees").resolve(commit + ".json"));
        FileSelection none = (repository, names, file) -> {
            throw new DeqaException("there is no x");
        };
        assertThatThrownBy(() -> client(settings(Optional.empty(), true)).pull(MODEL, none))
                .hasMessage(
                        "owner/model@main: the cache has only some of its files (there is no x), and the hub is not asked,"
                                + " because offline is set");
    }

    @Test
    void aHubThatIsDownLeavesTheCache() {
        Path snapshot = pull();
        server.fail(
                "/revision/", Stream.generate(() -> Fault.status(503)).limit(6).toArray(Fault[]::new));
        assertThat(pull()).isEqualTo(snapshot);
        assertThat(notes).last().asString().endsWith("; using the commit " + commit + " of the cache");
    }

    @Test
    void aHostWithoutAddressIsSaidAtOnce() {
        HubSettings nowhere = new HubSettings(URI.create("http://hub.invalid"), cache, Optional.empty(), false);
        assertThatThrownBy(() -> client(nowhere).pull(MODEL, ALL))
                .hasMessageStartingWith("owner/model@main: the hub cannot be reached (its host has no address)");
        assertThat(waiting.pauses).isEmpty();
    }

    @Test
    void aKilledDownloadIsContinued() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        server.fail(WEIGHTS_FILE, holding(60_000, end));
        Process process = process();
        Path incomplete =
                repository().resolve("blobs").resolve(HubServer.hash("SHA-256", WEIGHTS) + ".deqa4j.incomplete");
        while (process.isAlive() && !(Files.exists(incomplete) && Files.size(incomplete) == 60_000)) {
            Thread.onSpinWait();
        }
        process.destroyForcibly().waitFor(); // SIGKILL
        end.countDown();

        assertThat(blobs()).contains(incomplete.getFileName().toString());
        assertThat(repository().resolve("snapshots").resolve(commit).resolve(WEIGHTS_FILE))
                .doesNotExist();
        assertThat(repository().resolve("refs/main")).doesNotExist();
        assertThat(pull().resolve(WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).containsExactly("", "bytes=60000-");
        assertThat(blobs()).noneMatch(name -> name.endsWith("incomplete"));
    }

    @Test
    void twoProcessesFetchAFileOnce() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        server.fail(WEIGHTS_FILE, holding(60_000, go));
        Process first = process();
        while (first.isAlive() && server.downloads(WEIGHTS).isEmpty()) {
            Thread.onSpinWait();
        }
        Process second = process();
        assertThat(second.inputReader().readLine())
                .isEqualTo("owner/model/model.safetensors: another download of it is running; waiting for that");
        go.countDown();

        String snapshot = repository().resolve("snapshots").resolve(commit).toString();
        assertThat(first.inputReader().lines()).containsExactly(snapshot);
        assertThat(second.inputReader().lines()).containsExactly(snapshot);
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        assertThat(Path.of(snapshot, WEIGHTS_FILE)).hasBinaryContent(WEIGHTS);
        assertThat(ranges()).containsExactly("");
    }

    /** Sends some bytes, and the others when it may. */
    private static Fault holding(int bytes, CountDownLatch go) {
        return (exchange, content) -> {
            exchange.sendHead(content);
            exchange.write(content, 0, bytes);
            await(go);
            exchange.write(content, bytes, content.length - bytes);
        };
    }

    /** Pulls in a process of its own, which other words may start. */
    private Process process(String... before) throws IOException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                PullMain.class.getName(),
                server.endpoint().toString(),
                cache.toString(),
                NAME));
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Path pull() {
        return client().pull(MODEL, ALL);
    }

    private HubClient client() {
        return client(settings(Optional.empty(), false));
    }

    private HubClient client(HubSettings settings) {
        return new HubClient(settings, listener(), waiting, space -> Long.MAX_VALUE, Duration.ofSeconds(30));
    }

    private HubSettings settings(Optional<String> token, boolean offline) {
        return new HubSettings(server.endpoint(), cache, token, offline);
    }

    private HubListener listener() {
        return new HubListener() {
            @Override
            public void note(String sentence) {
                notes.add(sentence);
            }
        };
    }

    private Path repository() {
        return cache.resolve("models--owner--model");
    }

    private List<String> blobs() {
        try (Stream<Path> blobs = Files.list(repository().resolve("blobs"))) {
            return blobs.filter(blob -> Files.isRegularFile(blob, LinkOption.NOFOLLOW_LINKS))
                    .map(blob -> blob.getFileName().toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> ranges() {
        return server.downloads(WEIGHTS).stream().map(HubServer.Request::range).toList();
    }

    private static byte[] bytes(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
