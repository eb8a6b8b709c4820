package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code deqa} in a checkout of empty modules, with a Maven and a Java that only say how they were called. */
class LauncherTest {
    private static final List<String> MODULES = List.of(
            "deqa-core", "deqa-data", "deqa-torch", "deqa-train", "deqa-model-compact", "deqa-cli", "dev/testkit");
    private static final List<String> TOOLS = List.of(
            "bash",
            "sh",
            "cat",
            "cksum",
            "cut",
            "dirname",
            "find",
            "grep",
            "head",
            "ln",
            "ls",
            "mkdir",
            "mv",
            "ps",
            "readlink",
            "rm",
            "sed",
            "sleep",
            "stty",
            "tail",
            "touch");
    private static final String MAVEN = """
            #!/bin/sh
            echo "built with $JAVA_HOME" >>"$FAKE/builds"
            while [ ! -e "$FAKE/go" ]; do sleep 0.05; done
            if [ -e "$FAKE/broken" ]; then echo "[ERROR] broken"; exit 1; fi
            touch deqa-cli/target/deqa-cli.jar
            """;
    private static final String JAVA = """
            #!/bin/sh
            case "$*" in
              *XshowSettings*)
                echo "    java.home = ${0%/bin/java}"
                echo "    java.specification.version = ${FAKE_VERSION:-17}" ;;
              *ArchiveClassesAtExit*)
                for word; do case "$word" in -XX:ArchiveClassesAtExit=*) echo x >"${word#*=}" ;; esac; done ;;
              *) echo "java $0 $*" ;;
            esac
            """;

    @TempDir
    Path folder;

    private Path checkout = Path.of("");
    private Path fake = Path.of("");
    private Path tools = Path.of("");

    @BeforeEach
    void files() throws IOException {
        checkout = Files.createDirectory(folder.resolve("checkout")).toRealPath();
        Files.copy(Checkout.root().resolve("deqa"), checkout.resolve("deqa"));
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : MODULES) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
        }
        fake = Files.createDirectory(folder.resolve("fake")).toRealPath();
        tools = Files.createDirectory(fake.resolve("tools"));
        for (String tool : TOOLS) {
            Path path = List.of(Path.of("/usr/bin", tool), Path.of("/bin", tool)).stream()
                    .filter(Files::isExecutable)
                    .findFirst()
                    .orElse(Path.of("/"));
            assumeTrue(Files.isExecutable(path) && !Files.isDirectory(path), () -> "this system has no " + tool);
            Files.createSymbolicLink(tools.resolve(tool), path);
        }
        program(tools.resolve("mvn"), MAVEN);
        program(fake.resolve("jdk/bin/java"), JAVA);
        program(fake.resolve("other/bin/java"), JAVA);
        Files.createFile(fake.resolve("go"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theSecondOfTwoFirstRunsWaits(boolean flock) throws Exception {
        if (flock) {
            assumeTrue(Files.exists(Path.of("/usr/bin/flock")), "this system has no flock");
            Files.createSymbolicLink(tools.resolve("flock"), Path.of("/usr/bin/flock"));
        }
        Files.delete(fake.resolve("go"));
        Process first = start("jdk");
        while (first.isAlive() && !Files.exists(fake.resolve("builds"))) {
            Thread.onSpinWait();
        }
        Process second = start("jdk");
        try (BufferedReader said = second.errorReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).isEqualTo("deqa: another run is building it; this one waits for that");
            Files.createFile(fake.resolve("go"));
            assertThat(said.readLine()).isNull();
        }
        assertThat(second.waitFor()).isZero();
        assertThat(first.waitFor()).isZero();
        assertThat(builds()).hasSize(1);
        assertThat(checkout.resolve("deqa-cli/target/deqa.lock.link")).doesNotExist();
    }

    @Test
    void theLinkOfARunThatWasKilledIsTakenAway() throws Exception {
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Path target = Files.createDirectories(checkout.resolve("deqa-cli/target"));
        Files.createSymbolicLink(target.resolve("deqa.lock.link"), Path.of("" + gone.pid()));

        assertThat(run("jdk").status()).isZero();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void oneJavaBuildsAndRunsAndHasItsOwnArchive() throws Exception {
        Shell one = run("jdk");
        Shell other = run("other");
        Shell again = run("jdk");

        assertThat(builds()).containsExactly("built with " + fake.resolve("jdk"));
        assertThat(one.out()).startsWith("java " + fake.resolve("jdk/bin/java")).endsWith(" score a b\n");
        assertThat(other.out()).startsWith("java " + fake.resolve("other/bin/java"));
        assertThat(again).isEqualTo(new Shell(0, one.out(), ""));
        assertThat(archive(one)).isNotEqualTo(archive(other));
    }

    @Test
    void anArchiveOfAnOlderJarIsMadeAnew() throws Exception {
        Path archive = Path.of(archive(run("jdk")));
        Files.writeString(archive, "old");
        Files.setLastModifiedTime(archive, FileTime.fromMillis(0));

        assertThat(archive(run("jdk"))).isEqualTo(archive.toString());
        assertThat(archive).hasContent("x");
    }

    @Test
    void aCheckoutThatCannotBeWrittenIsSaidToBeSo() throws Exception {
        Path target = Files.createFile(checkout.resolve("deqa-cli/target")); // root may write to every folder

        assertThat(run("jdk"))
                .isEqualTo(new Shell(
                        ExitCode.NO_MODEL,
                        "",
                        "deqa: " + target + ": this folder cannot be written to, so deqa cannot be built in it; make it"
                                + " writable, or copy the checkout to where you may write\n"));
    }

    @Test
    void aJavaThatIsTooOldOrNotThereIsNamed() throws Exception {
        ProcessBuilder old = builder("jdk");
        old.environment().put("FAKE_VERSION", "11");
        assertThat(ended(old.start()))
                .isEqualTo(new Shell(
                        ExitCode.NO_MODEL,
                        "",
                        "deqa: " + fake.resolve("jdk/bin/java")
                                + " is Java 11; set JAVA_HOME to a JDK, 17 or later\n"));
        assertThat(run("none").err())
                .startsWith("deqa: " + fake.resolve("none/bin/java") + ": there is no such program");
        Files.delete(tools.resolve("mvn"));
        assertThat(run("jdk").err()).isEqualTo("deqa: Maven is needed to build it: install Maven 3.8 or later\n");
    }

    @Test
    void aBuildThatFailsSaysWhy() throws Exception {
        Files.createFile(fake.resolve("broken"));
        Shell run = run("jdk");

        assertThat(run.status()).isEqualTo(ExitCode.NO_MODEL);
        assertThat(run.err())
                .endsWith("[ERROR] broken\ndeqa: the build failed; all of its output is in "
                        + checkout.resolve("deqa-cli/target/build.log") + "\n");
        Files.delete(fake.resolve("broken"));
        assertThat(run("jdk").status()).isZero();
    }

    private Shell run(String java) throws Exception {
        return ended(start(java));
    }

    private Process start(String java) throws IOException {
        return builder(java).start();
    }

    private ProcessBuilder builder(String java) {
        ProcessBuilder builder = new ProcessBuilder(
                tools.resolve("bash").toString(), checkout.resolve("deqa").toString(), "score", "a", "b");
        builder.environment().put("PATH", tools.toString());
        builder.environment().put("FAKE", fake.toString());
        builder.environment().put("JAVA_HOME", fake.resolve(java).toString());
        builder.environment().remove("DEQA_MAVEN_OPTIONS");
        builder.environment().remove("DEQA_JAVA_OPTIONS");
        return builder;
    }

    private static Shell ended(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Shell(process.waitFor(), out, err);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(fake.resolve("builds"));
    }

    private static String archive(Shell run) {
        assertThat(run.out()).contains("-XX:SharedArchiveFile=");
        return run.out().replaceFirst("(?s).*-XX:SharedArchiveFile=(\\S+).*", "$1");
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
