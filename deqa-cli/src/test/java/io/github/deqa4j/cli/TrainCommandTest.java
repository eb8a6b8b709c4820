package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.testkit.Rounding;
import io.github.deqa4j.torch.load.BundledModel;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final List<String> IMAGES =
            List.of("s0_97x61.png", "s1_61x97.png", "s2_56x56.png", "s5_140x120.png");

    private static final String FACTS =
            "1 data set, 4 items and 2 steps an epoch; 117,792 of 119,392 weights are trained\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path config = Path.of("");

    @BeforeEach
    void writeARun() throws IOException {
        List<String> rows = new ArrayList<>();
        for (int i = 0; i < IMAGES.size(); i++) {
            rows.add("""
                {"id": "%s", "image": "%s", "gt_score": %d, "gt_score_norm": %d, "std": 0.5, "std_norm": 0.5,
                 "level_probs_org": [0, 0.2, 0.6, 0.2, 0], "level_probs": [0, 0.2, 0.6, 0.2, 0], "conversations": [
                  {"from": "human", "value": "Rate it.\\n<|image|>"},
                  {"from": "gpt", "value": "The quality of the image is fair."}]}\
                """.formatted(IMAGES.get(i), IMAGES.get(i), 1 + i, 1 + i));
        }
        Path meta = Files.writeString(folder.resolve("train.json"), "[" + String.join(",", rows) + "]");
        config = Files.writeString(folder.resolve("training.yaml"), """
            model: {base: '%s'}
            data: {sets: [{meta: '%s', images: '%s'}]}
            schedule: {epochs: 2, batch_size: 2}
            output: {directory: '%s'}
            """.formatted(
                        Shell.MODEL, meta, Golden.mini().resolve("images"), folder.resolve("out")));
        Files.createDirectory(folder.resolve("out"));
    }

    @Test
    void aRunTrainsAndItsNetworkScores() {
        Shell run = Shell.deqa("train", "--config", config, "--set", "schedule.epochs=1");
        assertThat(run.err())
                .contains("saved " + folder.resolve("out/checkpoints/step-00000002"))
                .endsWith("finished after 2 steps; the network is in " + folder.resolve("out/model") + "\n");
        assertThat(run.status()).isZero();
        assertThat(Shell.deqa("score", "--model", folder.resolve("out/model"), Shell.image("s2_56x56.png"))
                        .status())
                .isZero();
    }

    @Test
    void withoutABaseARunStartsFromTheModelThatShips() throws IOException {
        Path least = Files.writeString(folder.resolve("least.yaml"), """
            data: {sets: [{meta: '%s', images: '%s'}]}
            output: {directory: '%s'}
            """.formatted(
                        folder.resolve("train.json"), Golden.mini().resolve("images"), folder.resolve("out")));
        List<Object> command = List.of(
                "train",
                "--config",
                least,
                "--set",
                "data.crop=48",
                "--set",
                "schedule.batch_size=2",
                "--set",
                "schedule.max_steps=2");
        Shell run = Shell.deqa(command.toArray());
        assertThat(run.err())
                .startsWith(
                        "note: the run starts from the model that ships; it was trained on 930 photographs of LIVE in the"
                                + " Wild, so figures on photographs of that data set are too good\n")
                .endsWith("finished after 2 steps; the network is in " + folder.resolve("out/model") + "\n");
        assertThat(run.status()).isZero();
        assertThat(Files.readString(folder.resolve("out/config.yaml")))
                .contains("base: \"\"", "crop: 48", "flip: true", "- \"trunk.stem.\"", "vision: 4.0E-5");
        Map<String, TensorEntry> before = BundledModel.find().checkpoint().tensors();
        Map<String, TensorEntry> after =
                Checkpoint.open(folder.resolve("out/model")).tensors();
        assertThat(after.keySet()).isEqualTo(before.keySet());
        after.forEach((name, tensor) -> {
            boolean frozen = name.startsWith("trunk.stem.") || name.startsWith("trunk.stages.0.");
            float[] start = Objects.requireNonNull(before.get(name)).toFloats();
            assertThat(tensor.toFloats().length).isEqualTo(start.length);
            assertThat(Arrays.equals(tensor.toFloats(), start)).as(name).isEqualTo(frozen);
        });

        List<Object> other = new ArrayList<>(command);
        other.addAll(List.of("--set", "model.base=" + folder.resolve("out/model"), "--resume"));
        Shell resumed = Shell.deqa(other.toArray());
        assertThat(resumed.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(resumed.err()).contains("this checkpoint is of a run that started from another model");
        List<Object> same = new ArrayList<>(command);
        same.add("--resume");
        assertThat(Shell.deqa(same.toArray()).err()).contains("resumed after step 2 of 2");
    }

    @Test
    void aFinishedRunCanBeResumedAndSaysSo() {
        Shell.deqa("train", "--config", config);
        Shell again = Shell.deqa("train", "--config", config, "--resume");
        assertThat(again.status()).isZero();
        assertThat(again.err())
                .startsWith(FACTS + "resumed after step 4 of 4\n")
                .contains("finished after 4 steps");
    }

    @Test
    void unusableLabelsNameTheCommandThatMakesThemAnew() throws IOException {
        assertThat(trainedOn("[0, 0.2, -0.1, 0.2, 0.7]"))
                .endsWith("has a label with a negative probability; generate the labels again (with: deqa labels)\n");
        assertThat(trainedOn("[0, 0.2, 0, 0.25, 0]"))
                .endsWith("has a label whose probabilities sum up to 0.45 instead of 1; set data.labels to renormalize,"
                        + " or generate the labels again, renormalized (with: deqa labels --renormalize)\n");
    }

    /** What a run prints if its first image has another label. */
    private String trainedOn(String label) throws IOException {
        Path meta = folder.resolve("train.json");
        String rows = Files.readString(meta);
        Files.writeString(meta, rows.replaceFirst("\"level_probs\": \\[[^]]*]", "\"level_probs\": " + label));
        Shell run = Shell.deqa("train", "--config", config);
        assertThat(run.status()).isEqualTo(ExitCode.SOME_FAILED);
        return run.err();
    }

    @Test
    void aWrongSettingIsWrongUsage() {
        Shell run = Shell.deqa("train", "--config", config, "--set", "schedule.epoch=1");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("deqa: --set: the key \"schedule.epoch\" is unknown; the nearest known one is"
                        + " \"schedule.epochs\"\n");
    }

    @Test
    void aSettingThatDoesNotFitTheNetworkIsWrongUsage() {
        assertThat(Shell.deqa("train", "--config", config, "--set", "data.flip=true"))
                .isEqualTo(new Shell(
                        ExitCode.USAGE,
                        "",
                        "deqa: " + config
                                + ": \"data.crop\" is 0 and data.flip true, but this network sees whole images;"
                                + " make them 0 and false\n"));
    }

    @Test
    void twoProcessesTrainTheNetworkOfOne() throws IOException {
        Shell one = Shell.deqa("train", "--config", config, "--set", "output.directory=" + folder("one"));
        assertThat(one.status()).isZero();
        Shell two = Shell.deqa("train", "--config", config, "--nproc", 2);
        assertThat(two.err())
                .endsWith("finished after 4 steps; the network is in " + folder.resolve("out/model") + "\n");
        assertThat(two.err()).doesNotContain("rank 1");
        assertThat(two.status()).isZero();
        assertSameGradients(folder.resolve("out/log.csv"), folder.resolve("one/log.csv"));
        assertThat(ProcessHandle.current().children()).isEmpty();
    }

    @Test
    void aKilledProcessEndsTheOthersAndTheRunGoesOnInOneOrTwo() throws IOException {
        Shell killed = Shell.reacting(
                "saved ",
                () -> ProcessHandle.current().children().forEach(child -> {
                    child.destroyForcibly();
                    child.onExit().join();
                }),
                "train",
                "--config",
                config,
                "--set",
                "checkpoints.every=1",
                "--nproc",
                2);
        assertThat(killed.status()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(killed.err())
                .containsPattern("deqa: rank 1 of 2 \\(process \\d+\\) was ended by signal 9 \\(killed, or out of"
                        + " memory\\), so that all ranks end; step 1 is saved, so resume the run \\(with:"
                        + " deqa train --config "
                        + Pattern.quote(config.toString())
                        + " --set checkpoints.every=1 --nproc 2 --resume\\)\n$");
        copy(folder.resolve("out"), folder.resolve("copy"));
        Shell two = Shell.deqa("train", "--config", config, "--set", "checkpoints.every=1", "--resume", "--nproc", 2);
        assertThat(two.err()).startsWith(FACTS + "resumed after step 1 of 4\n").contains("finished after 4 steps");
        Shell one = Shell.deqa(
                "train", "--config", config, "--set", "output.directory=" + folder.resolve("copy"), "--resume");
        assertThat(one.err()).startsWith(FACTS + "resumed after step 1 of 4\n").contains("finished after 4 steps");
        assertSameGradients(folder.resolve("out/log.csv"), folder.resolve("copy/log.csv"));
    }

    @Test
    void whenTheFirstProcessIsKilledTheOthersEnd() throws Exception {
        Process first = train("--set", "checkpoints.every=1", "--set", "schedule.epochs=50", "--nproc", "2");
        try (BufferedReader lines = first.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.lines().anyMatch(line -> line.startsWith("saved ")))
                    .isTrue();
            List<ProcessHandle> others = first.children().toList();
            assertThat(others).hasSize(1);
            first.destroyForcibly();
            assertThat(others.get(0).onExit().get(1, TimeUnit.MINUTES).isAlive())
                    .isFalse();
        }
    }

    @Test
    void aKilledRunEndsWithTheBytesOfOneThatWasNot() throws Exception {
        String[] settings = {"--set", "schedule.epochs=6", "--set", "checkpoints.every=3", "--set", "tuning.method=lora"
        };
        Process first = train(settings);
        try (BufferedReader lines = first.inputReader(StandardCharsets.UTF_8)) {
            assertThat(lines.lines().anyMatch(line -> line.startsWith("saved ")))
                    .isTrue();
            first.destroyForcibly(); // at whatever step it has come to
        }
        assertThat(first.waitFor()).isEqualTo(128 + 9);
        assertThat(folder.resolve("out/model")).doesNotExist();

        List<Object> whole = new ArrayList<>(List.of("train", "--config", config));
        whole.addAll(List.of(settings));
        List<Object> resumed = new ArrayList<>(whole);
        resumed.add("--resume");
        whole.addAll(List.of("--set", "output.directory=" + folder("whole")));
        assertThat(Shell.deqa(resumed.toArray()).status()).isZero();
        assertThat(Shell.deqa(whole.toArray()).status()).isZero();
        for (String file : List.of("log.csv", "model/adapter_model.safetensors", "model/non_lora_trainables.bin")) {
            assertThat(folder.resolve("out").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole").resolve(file));
        }
    }

    @Test
    void aSignalStopsAllProcessesWithEverythingSaved() throws Exception {
        Process first = train("--set", "checkpoints.every=1", "--set", "schedule.epochs=50", "--nproc", "2");
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = first.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("step-00000001")) {
                    first.children().forEach(ProcessHandle::destroy); // a terminal signals all, in any order
                    first.toHandle().destroy(); // which leaves what it says to be read
                }
                said.add(line);
            }
        }
        assertThat(said.get(said.size() - 1))
                .matches("stopped after \\d+ steps, all saved; go on with: deqa train --config .* --nproc 2 --resume");
        assertThat(said).filteredOn(line -> line.startsWith("stopping")).hasSizeLessThanOrEqualTo(1);
        assertThat(said).noneMatch(line -> line.startsWith("rank 1"));
    }

    @Test
    void processesThatSomethingElseStartedAreRanksAndNameTheOneThatIsGone() throws Exception {
        List<Process> ranks = new ArrayList<>();
        try (ServerSocket free = new ServerSocket(0)) {
            int port = free.getLocalPort();
            free.close();
            for (int rank = 0; rank < 2; rank++) {
                ProcessBuilder builder = builder("--set", "checkpoints.every=1", "--set", "schedule.epochs=50");
                builder.environment()
                        .putAll(Map.of(
                                "RANK", "" + rank,
                                "WORLD_SIZE", "2",
                                "LOCAL_RANK", "" + rank,
                                "MASTER_ADDR", "127.0.0.1",
                                "MASTER_PORT", "" + port));
                ranks.add(builder.start());
            }
        }
        List<String> said = new ArrayList<>();
        try (BufferedReader lines = ranks.get(0).inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.endsWith("step-00000001")) {
                    ranks.get(1).destroyForcibly();
                }
                said.add(line);
            }
        }
        assertThat(ranks.get(0).waitFor()).isEqualTo(ExitCode.SOME_FAILED);
        assertThat(said.get(said.size() - 1))
                .matches(
                        "deqa: rank 1 of 2 ended without a message \\(killed, out of memory, or its machine is down\\),"
                                + " so that all ranks end; step \\d+ is saved, so resume the run \\(with: deqa train .*"
                                + " --resume\\)");
    }

    @Test
    void aNumberOfProcessesThatCannotBeIsWrongUsage() {
        assertThat(Shell.deqa("train", "--config", config, "--nproc", 0).err())
                .isEqualTo("deqa: --nproc is 0; it must be 1 or more\n");
        Shell many = Shell.deqa("train", "--config", config, "--nproc", 3);
        assertThat(many.status()).isEqualTo(ExitCode.USAGE);
        assertThat(many.err())
                .isEqualTo("deqa: \"schedule.batch_size\" is 2, which 3 processes divide among themselves; make it 3 or"
                        + " more, or take fewer processes\n");
    }

    private Process train(String... more) throws IOException {
        return builder(more).start();
    }

    private ProcessBuilder builder(String... more) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                RankProcesses.NATIVE_ACCESS,
                "-cp",
                System.getProperty("java.class.path"),
                Deqa.class.getName(),
                "train",
                "--config",
                config.toString()));
        command.addAll(List.of(more));
        return new ProcessBuilder(command).redirectErrorStream(true);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path path : (Iterable<Path>) tree::iterator) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void assertSameGradients(Path log, Path other) throws IOException {
        List<Double> norms = column(log, "gradient_norm");
        List<Double> others = column(other, "gradient_norm");
        assertThat(norms).hasSameSizeAs(others).hasSize(4);
        for (int i = 0; i < norms.size(); i++) {
            assertThat(norms.get(i))
                    .isCloseTo(
                            others.get(i),
                            within(Rounding.of(2 * 40 + 70 * 48) * others.get(i))); // as the trainer's tests
        }
    }

    private static List<Double> column(Path log, String name) throws IOException {
        List<String> lines = Files.readAllLines(log);
        int column = List.of(lines.get(0).split(",", -1)).indexOf(name);
        return lines.stream()
                .skip(1)
                .map(line -> Double.valueOf(line.split(",", -1)[column]))
                .toList();
    }
}
