package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.deqa4j.testkit.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code deqa} in a checkout of empty modules, with a Maven and a Java that only say how they were called. */
class LauncherTest {
    private static final List<String> MODULES = List.of(
            "deqa-bom",
            "deqa-native/linux-x86_64",
            "deqa-core",
            "deqa-data",
            "deqa-torch",
            "deqa-train",
            "deqa-model-compact",
            "deqa-server",
            "deqa-cli",
            "dev/testkit");
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
            "stty",
            "tail",
            "touch");
    private static final String MAVEN = """
            #!/bin/sh
            echo $$ >"$FAKE/maven"
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
              *)
                for word; do echo "$word"; done >"$FAKE/arguments"
                trap 'echo stopped; exit 143' TERM
                echo "java $0 $*"
                if [ -n "${FAKE_WAIT:-}" ]; then
                  while :; do sleep 1; done
                fi
                exit "${FAKE_STATUS:-0}" ;;
            esac
            """;
    /** Where the script waits a second, the tests need not. */
    private static final String SLEEP = """
            #!/bin/sh
            exec %s 0.02
            """;

    @TempDir
    Path folder;

    private Path checkout = Path.of("");
    private Path fake = Path.of("");
    private Path tools = Path.of("");

    @BeforeEach
    void files() throws IOException {
        checkout = Files.createDirectory(folder.resolve("check out")).toRealPath();
        Files.copy(Checkout.root().resolve("deqa"), checkout.resolve("deqa"));
        Files.createFile(checkout.resolve("pom.xml"));
        for (String module : MODULES) {
            Files.createDirectories(checkout.resolve(module).resolve("src/main"));
            Files.createFile(checkout.resolve(module).resolve("pom.xml"));
        }
        fake = Files.createDirectory(folder.resolve("fake tools")).toRealPath();
        tools = Files.createDirectory(fake.resolve("tools"));
        for (String tool : TOOLS) {
            Files.createSymbolicLink(tools.resolve(tool), system(tool));
        }
        program(tools.resolve("sleep"), SLEEP.formatted(system("sleep")));
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aLinkFromAnotherFolderRunsTheCheckout(boolean relative) throws Exception {
        built();
        Path bin = Files.createDirectory(folder.resolve("bin"));
        Path script = checkout.resolve("deqa");
        Path first = Files.createSymbolicLink(
                folder.resolve("first"), relative ? folder.toRealPath().relativize(script) : script);
        Files.createSymbolicLink(bin.resolve("deqa"), relative ? Path.of("..", "first") : first);
        ProcessBuilder builder = builder("jdk", bin.resolve("deqa"), "score");

        assertThat(ended(builder.directory(bin.toFile()).start()).status()).isZero();
        assertThat(arguments())
                .contains(
                        "-jar", checkout.resolve("deqa-cli/target/deqa-cli.jar").toString());
    }

    @Test
    void argumentsArriveAsTheyWereGiven() throws Exception {
        built();
        String[] given = {"score", "two words", "", "--format=csv", "-0", "-", "*", "a\"b", "$HOME", "\\", "~"};

        assertThat(ended(builder("jdk", checkout.resolve("deqa"), given).start())
                        .status())
                .isZero();
        List<String> arguments = arguments();
        int start = arguments.indexOf("score");
        assertThat(arguments.subList(start, arguments.size())).containsExactly(given);
    }

    @Test
    void optionsForJavaStandBeforeTheProgram() throws Exception {
        built();
        ProcessBuilder builder = builder("jdk");
        builder.environment().put("DEQA_JAVA_OPTIONS", "-Xmx5g -Dx=y");

        assertThat(ended(builder.start()).status()).isZero();
        assertThat(arguments()).containsSubsequence("-Xmx5g", "-Dx=y", "-jar", "score", "a", "b");
    }

    @Test
    void theExitStatusIsThatOfTheProgram() throws Exception {
        built();
        ProcessBuilder builder = builder("jdk");
        builder.environment().put("FAKE_STATUS", "2");

        assertThat(ended(builder.start()).status()).isEqualTo(2);
    }

    /** The program takes the place of the script, so that every signal reaches it. */
    @Test
    void aSignalReachesTheProgram() throws Exception {
        built();
        ProcessBuilder builder = builder("jdk");
        builder.environment().put("FAKE_WAIT", "yes");
        Process process = builder.start();
        try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(said.readLine()).startsWith("java ");
            process.toHandle().destroy(); // Process.destroy closes the streams, too
            assertThat(said.readLine()).isEqualTo("stopped");
        }
        assertThat(process.waitFor()).isEqualTo(143);
    }

    @Test
    void aSignalWhileItBuildsStopsMaven() throws Exception {
        Files.delete(fake.resolve("go"));
        Process process = start("jdk");
        while (process.isAlive() && !Files.exists(fake.resolve("builds"))) {
            Thread.onSpinWait();
        }
        long maven = Long.parseLong(Files.readString(fake.resolve("maven")).strip());
        process.destroy();

        assertThat(process.waitFor()).isEqualTo(130);
        ProcessHandle.of(maven).ifPresent(handle -> handle.onExit().join());
        Files.createFile(fake.resolve("go"));
        assertThat(run("jdk").status()).isZero();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void withoutJavaHomeTheJavaOnThePathIsTaken() throws Exception {
        program(tools.resolve("java"), JAVA);
        ProcessBuilder builder = builder("jdk");
        builder.environment().remove("JAVA_HOME");

        assertThat(ended(builder.start()).out()).startsWith("java " + tools.resolve("java"));
        Files.delete(tools.resolve("java"));
        assertThat(ended(builder.start()))
                .isEqualTo(new Shell(ExitCode.NO_MODEL, "", "deqa: Java is needed: install a JDK, 17 or later\n"));
    }

    @Test
    void anEditARemovalAndOtherOptionsForMavenBuildAgain() throws Exception {
        Path source = Files.createFile(checkout.resolve("deqa-core/src/main/A.java"));
        built();
        run("jdk");
        assertThat(fake.resolve("builds")).doesNotExist();

        Files.setLastModifiedTime(source, later());
        run("jdk");
        assertThat(builds()).hasSize(1);

        built();
        Files.delete(source);
        Files.setLastModifiedTime(source.getParent(), later());
        run("jdk");
        assertThat(builds()).hasSize(2);

        built();
        ProcessBuilder cuda = builder("jdk");
        cuda.environment().put("DEQA_MAVEN_OPTIONS", "-Pcuda");
        assertThat(ended(cuda.start()).status()).isZero();
        assertThat(builds()).hasSize(3);
        assertThat(ended(cuda.start()).status()).isZero();
        assertThat(builds()).hasSize(3);
    }

    /** Makes the checkout look built; the script compares the times of files. */
    private void built() throws IOException {
        Path target = Files.createDirectories(checkout.resolve("deqa-cli/target"));
        Path jar = target.resolve("deqa-cli.jar");
        if (!Files.exists(jar)) {
            Files.createFile(jar);
        }
        try (Stream<Path> files = Files.walk(checkout)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.setLastModifiedTime(file, FileTime.fromMillis(0));
            }
        }
        Files.writeString(target.resolve("deqa.built"), "\n");
    }

    private static FileTime later() {
        return FileTime.from(Instant.now().plusSeconds(60));
    }

    private List<String> arguments() throws IOException {
        return Files.readAllLines(fake.resolve("arguments"));
    }

    private static Path system(String tool) {
        Path path = Stream.of(Path.of("/usr/bin", tool), Path.of("/bin", tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(Path.of("/"));
        assumeTrue(Files.isExecutable(path) && !Files.isDirectory(path), () -> "this system has no " + tool);
        return path;
    }

    private Shell run(String java) throws Exception {
        return ended(start(java));
    }

    private Process start(String java) throws IOException {
        return builder(java).start();
    }

    private ProcessBuilder builder(String java) {
        return builder(java, checkout.resolve("deqa"), "score", "a", "b");
    }

    private ProcessBuilder builder(String java, Path script, String... arguments) {
        List<String> command = new ArrayList<>(List.of(tools.resolve("bash").toString(), script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command);
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
        return run.out().replaceFirst("(?s).*-XX:SharedArchiveFile=(.*?\\.jsa) .*", "$1");
    }

    private static void program(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }
}
