package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.testkit.HubServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HubCommandsTest {
    private static final String NAME = "owner/mini";
    private static final String TOKENIZER = "tokenizer.model";

    @TempDir
    private Path folder;

    private final HubServer server = new HubServer();
    private Optional<ShellProcess> shell = Optional.empty();

    @AfterEach
    void stop() {
        shell.ifPresent(ShellProcess::close);
        server.close();
    }

    @Test
    void aModelOfTheHubScoresAsItsDirectory() throws Exception {
        put(NAME, "model");
        Shell expected = Shell.deqa("score", "--format", "csv", "--model", Shell.MODEL, Shell.image("s0_97x61.png"));
        Shell hub = deqa("score", "--format", "csv", "--model", "hub:" + NAME + "@main", Shell.image("s0_97x61.png"));

        assertThat(hub.err()).startsWith("deqa: owner/mini@main: fetching 4 files, 0.3 MB, of commit ");
        assertThat(hub.status()).isZero();
        assertThat(withoutTime(hub)).isEqualTo(withoutTime(expected)).hasSize(2);
        assertThat(server.requests()).noneMatch(request -> request.path().contains("pytorch_model"));
        assertThat(deqa("inspect", "hub:" + NAME).out())
                .isEqualTo(Shell.deqa("inspect", Shell.MODEL)
                        .out()
                        .replace(Shell.MODEL.toString(), snapshot().toString()));
    }

    @Test
    void anAdapterAndItsBaseMayBothBeOfTheHub() throws Exception {
        put(NAME, "model");
        put("owner/lora", "model-lora");
        Path image = Shell.image("s0_97x61.png");
        Shell expected = Shell.deqa(
                "score",
                "--format",
                "csv",
                "--model",
                Golden.mini().resolve("model-lora"),
                "--base",
                Shell.MODEL,
                image);
        Shell hub = deqa("score", "--format", "csv", "--model", "hub:owner/lora", "--base", "hub:" + NAME, image);
        assertThat(hub.status()).as(hub.err()).isZero();
        assertThat(withoutTime(hub)).isEqualTo(withoutTime(expected)).hasSize(2);
    }

    @Test
    void theCacheIsListedVerifiedAndEmptied() throws Exception {
        String commit = put(NAME, "model");
        Shell pulled = deqa("pull", NAME);
        assertThat(pulled.status()).as(pulled.err()).isZero();
        assertThat(Path.of(pulled.out().strip())).isEqualTo(snapshot());

        assertThat(List.of(deqa("cache", "list").lines()))
                .hasSize(2)
                .last()
                .asString()
                .matches("owner/mini +main +" + commit.substring(0, 12) + " +0\\.3 MB +\\d{4}-\\d\\d-\\d\\d");
        assertThat(deqa("cache", "verify").err()).matches("all files in .*hub.* have the right hash\n");
        Files.write(snapshot().resolve(TOKENIZER), new byte[1]);
        Shell damaged = deqa("cache", "verify", NAME);
        assertThat(damaged.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(damaged.out()).contains("/blobs/").contains(": has the hash ");

        assertThat(deqa("cache", "remove", NAME + "@other"))
                .isEqualTo(new Shell(1, "", "deqa: owner/mini@other: the cache does not have this revision\n"));
        assertThat(deqa("cache", "remove", NAME).err()).startsWith("owner/mini: removed, 0.3 MB");
        assertThat(deqa("cache", "list").err()).startsWith("there are no models in ");
    }

    @Test
    void aSignalEndsADownloadAtOnceAndLeavesWhatHasCome() throws Exception {
        put(NAME, "model");
        CountDownLatch end = new CountDownLatch(1);
        server.fail("model.safetensors", (exchange, content) -> {
            exchange.sendHead(content);
            exchange.write(content, 0, 1000);
            await(end);
        });
        Process process = process(folder.resolve("err"), Deqa.class, "score", "--model", "hub:" + NAME, Shell.IMAGES)
                .start();
        Path blobs = folder.resolve("hub/models--owner--mini/blobs");
        while (process.isAlive() && incomplete(blobs) < 1000) {
            Thread.onSpinWait();
        }
        process.toHandle().destroy();

        assertThat(process.waitFor()).isEqualTo(128 + 15);
        end.countDown();
        assertThat(incomplete(blobs)).isEqualTo(1000);
        assertThat(deqa("pull", NAME).status()).isZero();
        assertThat(server.requests()).anyMatch(request -> request.range().equals("bytes=1000-"));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The bytes of a file in LFS that is being fetched. */
    private static long incomplete(Path blobs) throws IOException {
        if (!Files.exists(blobs)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(blobs)) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9a-f]{64}\\.deqa4j\\.incomplete"))
                    .mapToLong(file -> file.toFile().length())
                    .sum();
        }
    }

    @Test
    void whatTheHubDoesNotHaveIsOneSentence() throws Exception {
        Shell run = deqa("score", "--model", "hub:owner/none", Shell.IMAGES);
        assertThat(run.status()).isEqualTo(ExitCode.NO_MODEL);
        assertThat(run.err())
                .isEqualTo(
                        "deqa: owner/none: the hub has no such repository, or it is private and no token is set (404); check"
                                + " the name, or set a token that may read it\n");
        server.put("owner/text", "main", Map.of("README.md", new byte[1]));
        assertThat(deqa("pull", "owner/text"))
                .isEqualTo(new Shell(
                        1,
                        "",
                        "deqa: owner/text: there is no config.json and no adapter_config.json in this repository, so this is"
                                + " no model\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "score --model hub:a--b x.jpg",
                "score --model x --base hub:../b x.jpg",
                "inspect hub:a@",
                "pull a--b",
                "cache remove a--b"
            })
    void aNameThatCannotBeIsWrongUsage(String words) {
        Shell run = Shell.deqa((Object[]) words.split(" "));
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains(" cannot be one").hasLineCount(1);
    }

    private String put(String name, String model) throws IOException {
        Map<String, byte[]> files = HubServer.folder(Golden.mini().resolve(model));
        files.put(TOKENIZER, Files.readAllBytes(Golden.mini().resolve(TOKENIZER)));
        files.put("modeling.py", "raise SystemExit".getBytes(StandardCharsets.UTF_8));
        return server.put(name, "main", files);
    }

    private Path snapshot() throws IOException {
        Path repository = folder.resolve("hub/models--owner--mini");
        return repository.resolve("snapshots").resolve(Files.readString(repository.resolve("refs/main")));
    }

    private static List<String> withoutTime(Shell run) {
        return run.out()
                .lines()
                .map(line -> line.replaceFirst("^[^,]*,(.*),[0-9.]+,,", "$1"))
                .toList();
    }

    /** Runs deqa with the variables that name the hub, in a process that all runs of a test share. */
    private Shell deqa(Object... words) throws IOException {
        if (shell.isEmpty()) {
            shell = Optional.of(new ShellProcess(
                    process(folder.resolve("shell-err"), ShellProcess.class).start()));
        }
        return shell.get().deqa(words);
    }

    private ProcessBuilder process(Path err, Class<?> main, Object... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        for (Object word : words) {
            command.add(word.toString());
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(err.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
        builder.environment().put("HF_ENDPOINT", server.endpoint().toString());
        builder.environment().put("HF_HOME", folder.toString());
        return builder;
    }
}
