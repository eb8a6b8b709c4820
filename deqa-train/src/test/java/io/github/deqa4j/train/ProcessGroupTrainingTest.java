package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.testkit.Rounding;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.report.StepRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several ranks do what one process does with the joined batch. */
class ProcessGroupTrainingTest {
    /** A gradient sums over some 6 rows of 40 tokens; behind each lie some 70 operations with sums of 48 terms. */
    private static final double SAME = Rounding.of(6 * 40 + 70 * 48);

    /** With an eps of 1, AdamW's steps follow the size of gradients, and not only their signs. */
    private static final List<String> LINEAR = List.of(
            "optimizer.adamw.eps=1",
            "optimizer.learning_rate={vision: 0.2, abstractor: 0.2, decoder: 0.2}",
            "schedule.warmup_ratio=0");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
    }

    @BeforeEach
    void sevenImages() {
        MetaFile.of(MiniRun.rows(MiniRun.images().subList(0, 7))).write(folder.resolve("train.json"));
    }

    @Test
    void twoRanksTrainTheWeightsOfOne() {
        assertSameAsOne(
                2, "schedule.batch_size=3", "schedule.epochs=1"); // steps of 3, 3 and 1: the last has one rank only
    }

    @Test
    void passesThatMakeOneStepAndClippingAreThoseOfOne() {
        assertSameAsOne(2, "schedule.batch_size=2", "schedule.accumulation=2", "optimizer.clip_norm=0.5");
    }

    @Test
    void threeRanksTrainTheAdapterOfOne() {
        assertSameAsOne(
                3,
                "tuning.method=lora",
                "tuning.lora.dropout=0",
                "schedule.batch_size=3",
                "schedule.accumulation=2",
                "schedule.epochs=1",
                "optimizer.average_decay=0.5");
    }

    @Test
    void descriptionsOfUnequalLengthsAndTheInLevelLossHaveTheJoinedMeans() {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        for (String words : List.of(
                "Dark.",
                "This image is dark, and its left half is blurred.",
                "It is too bright.",
                "Grainy, as if the light had been too low for the camera.",
                "Sharp.",
                "The colors are pale.")) {
            rows.add(new MetaRow(
                    words,
                    rows.get(0).image(),
                    MetaRow.TaskType.DESCRIPTION,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(new MetaRow.Turn("human", "What do you see?\n<|image|>"), new MetaRow.Turn("gpt", words))));
        }
        MetaFile.of(rows).write(folder.resolve("train.json"));
        assertSameAsOne(2, "schedule.batch_size=6", "schedule.epochs=1", "loss.in_level_weight=0.5");
        assertSameAsOne(2, "schedule.batch_size=6", "schedule.epochs=1", "loss.soft_labels=false", "data.pairs=false");
    }

    @Test
    void evaluationsAreSharedAndTheBestIsKept() {
        String[] settings = {
            "evaluation={meta: '" + folder.resolve("train.json") + "', images: '" + MiniRun.IMAGES + "', every: 2}",
            "schedule.patience=2",
            "schedule.batch_size=2",
            "optimizer.learning_rate={vision: 0, abstractor: 0, decoder: 0}"
        };
        MiniRun one = run("one", settings);
        TrainingResult result = one.train();
        List<MiniRun> two = new ArrayList<>();
        List<Object> endings = train(2, "two", false, two, settings);
        assertThat(endings)
                .hasSize(2)
                .allSatisfy(ending -> assertThat((TrainingResult) ending)
                        .extracting(TrainingResult::ending, TrainingResult::steps)
                        .containsExactly(Ending.NO_GAIN, result.steps()));
        assertThat(two.get(0).evaluations).isEqualTo(one.evaluations);
        assertThat(two.get(1).evaluations).isEmpty();
        assertThat(folder.resolve("two/out/best/model.safetensors")).exists();
    }

    @Test
    void aRunGoesOnWithAsManyRanksToTheLastBitAndWithOthersTheSame() {
        String[] settings = {"tuning.method=lora", "tuning.lora.dropout=0.3", "schedule.batch_size=2"};
        train(2, "whole", false, new ArrayList<>(), settings);
        List<MiniRun> stopped = new ArrayList<>();
        assertThat(train(2, "stopped", false, stopped, 5, settings))
                .allSatisfy(
                        ending -> assertThat(((TrainingResult) ending).ending()).isEqualTo(Ending.INTERRUPTED));
        train(2, "stopped", true, new ArrayList<>(), settings);
        for (String file : List.of("log.csv", "model/adapter_model.safetensors", "model/non_lora_trainables.bin")) {
            assertThat(folder.resolve("stopped/out").resolve(file))
                    .hasSameBinaryContentAs(folder.resolve("whole/out").resolve(file));
        }
        assertThat(Arrays.asList(
                        folder.resolve("stopped/out/checkpoints").toFile().list()))
                .hasSize(2);
    }

    @Test
    void aRunGoesOnWithAnotherNumberOfRanks() {
        String[] settings = settings("schedule.batch_size=2", "schedule.epochs=1");
        run("whole", settings).train();
        run("more", settings).stoppedAfter(2).train();
        train(2, "more", true, new ArrayList<>(), settings);
        assertSameWeights("whole", "more", "model/model.safetensors");
        train(2, "fewer", false, new ArrayList<>(), 2, settings);
        run("fewer", settings).resume();
        assertSameWeights("whole", "fewer", "model/model.safetensors");
    }

    @Test
    void aImageThatIsGoneOnOneRankEndsAllWithOneSentence() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        for (Path image : MiniRun.images()) {
            Files.copy(image, images.resolve(image.getFileName().toString()));
        }
        List<MiniRun> runs = new ArrayList<>();
        List<Object> endings = train(
                2,
                "gone",
                false,
                runs,
                run -> run.deletingAll(images),
                "data.sets=[{meta: '" + folder.resolve("train.json") + "', images: '" + images + "'}]",
                "data.memory_mib=1",
                "schedule.batch_size=2",
                "schedule.epochs=9",
                "checkpoints.every=100");
        int step = runs.get(0).steps.size();
        assertThat(endings)
                .allSatisfy(ending -> assertThat((Throwable) ending)
                        .isInstanceOf(DeqaException.class)
                        .hasMessageMatching("(rank 1: )?.*there is no such file; step " + step
                                + " is saved, so put the image back, .*"));
        assertThat(folder.resolve("gone/out/checkpoints/step-%08d".formatted(step)))
                .isDirectory();
    }

    @Test
    void aLossThatIsNotFiniteEndsAll() {
        List<Object> endings = train(
                2,
                "nan",
                false,
                new ArrayList<>(),
                "schedule.batch_size=2",
                "schedule.warmup_ratio=0",
                "optimizer.learning_rate={vision: 1e30, abstractor: 1e30, decoder: 1e30}");
        assertThat(endings)
                .hasSize(2)
                .allSatisfy(ending -> assertThat((Throwable) ending)
                        .hasMessageContaining("step 2: the ")
                        .hasMessageContaining(" is not a finite number "));
        assertThat(folder.resolve("nan/out/stopped-at-step-2.json")).exists();
    }

    @Test
    void aCheckpointThatCannotBeWrittenEndsAll() throws IOException {
        Path out = Files.createDirectories(folder.resolve("full/out"));
        List<Object> endings = train(
                2,
                "full",
                false,
                new ArrayList<>(),
                run -> run.blocking(out.resolve("checkpoints")),
                "schedule.batch_size=2",
                "checkpoints.every=2");
        assertThat((Throwable) endings.get(0)).hasMessageContaining("checkpoints: the directory cannot be read");
        assertThat((Throwable) endings.get(1)).hasMessage("rank 0: " + ((Throwable) endings.get(0)).getMessage());
    }

    @Test
    void aRankThatFailsUnforeseenTellsTheOthers() {
        List<Object> endings =
                train(2, "broken", false, new ArrayList<>(), run -> run.killedAfter(2), "schedule.batch_size=2");
        assertThat(endings.get(0)).isInstanceOf(MiniRun.Killed.class);
        assertThat((Throwable) endings.get(1)).hasMessage("rank 0: " + MiniRun.Killed.class.getName());
    }

    @Test
    void ranksWithOtherSettingsAreRefused() {
        List<MiniRun> runs = List.of(run("same"), run("same", "schedule.seed=13"));
        List<TrainingConfig> configs = runs.stream().map(MiniRun::config).toList();
        List<Object> endings =
                RankThreads.run(2, group -> runs.get(group.rank()).train(configs.get(group.rank()), group, false));
        assertThat((Throwable) endings.get(0))
                .hasMessage("rank 1: schedule.seed is another one here than on rank 0; start all ranks with the same"
                        + " settings, model and training files");
        assertThat(configs.get(0).output()).isEqualTo(configs.get(1).output());
    }

    @Test
    void aBatchMustHaveAPartForEachRank() {
        assertThat(train(2, "small", false, new ArrayList<>(), "schedule.batch_size=1"))
                .allSatisfy(ending -> assertThat((Throwable) ending)
                        .hasMessage("\"schedule.batch_size\" is 1, which 2 processes divide among themselves; make it 2"
                                + " or more, or take fewer processes"));
    }

    private void assertSameAsOne(int size, String... more) {
        String[] settings = settings(more);
        String name = "of-" + size + "-" + Objects.hash((Object[]) more);
        MiniRun one = run(name + "-one", settings);
        one.train();
        List<MiniRun> runs = new ArrayList<>();
        assertThat(train(size, name, false, runs, settings)).hasOnlyElementsOfType(TrainingResult.class);
        for (int i = 0; i < one.steps.size(); i++) {
            assertSame(one.steps.get(i), runs.get(0).steps.get(i));
        }
        assertThat(runs.get(0).steps).hasSameSizeAs(one.steps);
        boolean lora = Arrays.asList(more).contains("tuning.method=lora");
        assertSameWeights(name + "-one", name, lora ? "model/adapter_model.safetensors" : "model/model.safetensors");
        if (lora) {
            assertSameWeights(name + "-one", name, "model/non_lora_trainables.bin");
        }
    }

    private static void assertSame(StepRow one, StepRow several) {
        assertThat(several.items()).isEqualTo(one.items());
        assertSame(one.gradientNorm(), several.gradientNorm());
        assertSame(one.parts().of(LossPart.TOTAL), several.parts().of(LossPart.TOTAL));
        assertSame(one.parts().of(LossPart.IN_LEVEL), several.parts().of(LossPart.IN_LEVEL));
        assertSame(one.parts().of(LossPart.DESCRIPTION), several.parts().of(LossPart.DESCRIPTION));
    }

    private static void assertSame(double one, double several) {
        assertThat(several).isCloseTo(one, within(SAME * one));
    }

    private void assertSameWeights(String one, String several, String file) {
        Map<String, TensorEntry> expected =
                tensors(folder.resolve(one).resolve("out").resolve(file));
        Map<String, TensorEntry> found =
                tensors(folder.resolve(several).resolve("out").resolve(file));
        assertThat(found.keySet()).isEqualTo(expected.keySet());
        double farthest = 0;
        double largest = 0;
        for (Map.Entry<String, TensorEntry> entry : expected.entrySet()) {
            float[] a = entry.getValue().toFloats();
            float[] b = Objects.requireNonNull(found.get(entry.getKey())).toFloats();
            for (int i = 0; i < a.length; i++) {
                farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
                largest = Math.max(largest, Math.abs(a[i]));
            }
        }
        assertThat(farthest).isLessThan(SAME * largest);
    }

    private static Map<String, TensorEntry> tensors(Path file) {
        return Checkpoint.openFile(file).tensors();
    }

    private static String[] settings(String... more) {
        return Stream.concat(LINEAR.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private List<Object> train(int size, String name, boolean resume, List<MiniRun> runs, String... settings) {
        return train(size, name, resume, runs, run -> {}, settings);
    }

    private List<Object> train(
            int size, String name, boolean resume, List<MiniRun> runs, int stopAfter, String... settings) {
        return train(size, name, resume, runs, run -> run.stoppedAfter(stopAfter), settings);
    }

    private List<Object> train(
            int size, String name, boolean resume, List<MiniRun> runs, Consumer<MiniRun> first, String... settings) {
        for (int i = 0; i < size; i++) {
            runs.add(run(name, settings));
        }
        first.accept(runs.get(0));
        TrainingConfig config = runs.get(0).config();
        return RankThreads.run(size, group -> runs.get(group.rank()).train(config, group, resume));
    }

    private MiniRun run(String name, String... settings) {
        try {
            Path own = Files.createDirectories(folder.resolve(name));
            Files.copy(folder.resolve("train.json"), own.resolve("train.json"), StandardCopyOption.REPLACE_EXISTING);
            return new MiniRun(own, settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
