package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.testkit.Rounding;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.compact.CompactStart;
import io.github.deqa4j.train.config.SettingsException;
import io.github.deqa4j.train.distortion.SyntheticImages;
import io.github.deqa4j.train.report.StepRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.bytedeco.pytorch.global.torch;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The trainer with a small network that sees images at their own scale. */
class CompactTrainingTest {
    private static final int CROP = 24;
    private static final int SIDE = 40;
    /** Some 30 layers with sums of up to 147 terms; a gradient sums over 8 crops of 144 places; four steps. */
    private static final double SAME = 4 * Rounding.of(8 * 144 + 30 * 147);

    /** bf16 rounds to 9 bits after each layer. */
    private static final double BF16 = Rounding.of(30) * 0x1p24 * 0x1p-9;

    /** With an eps of 1, AdamW's steps follow the size of gradients, and not only their signs, which rounding may turn. */
    private static final String LINEAR = "optimizer.adamw.eps=1";

    private static final String LINEAR_RATE = "optimizer.learning_rate={vision: 0.001, decoder: 0.01}";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
    }

    @BeforeEach
    void images() throws IOException {
        CompactStart.write(Golden.mini().resolve("trunk.safetensors"), folder.resolve("start"), 1);
        Files.createDirectory(folder.resolve("pristine"));
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            names.add("pristine" + i + ".png");
            ImageIO.write(
                    SyntheticImages.texture(SIDE, SIDE, i).toBufferedImage(),
                    "png",
                    folder.resolve("pristine").resolve(names.get(i)).toFile());
        }
        Files.write(folder.resolve("pristine.txt"), names);
    }

    @Test
    void theLossesAreThoseExpectedAndTheResultScoresImages() {
        MiniRun run = run(LINEAR, LINEAR_RATE, "schedule.max_steps=4", "schedule.batch_size=8");
        assertThat(run.train().ending()).isEqualTo(Ending.FINISHED);
        assertLosses(run, LossPart.KL, SAME, 1.2802603, 1.8894658, 1.8733537, 1.6550819);
        assertThat(run.steps)
                .allSatisfy(row -> assertThat(row.parts().of(LossPart.LADDER)).isZero());
        assertThat(run.steps.get(0).parts().of(LossPart.RANK)).isPositive();
        assertThat(run.steps.get(0).parts().of(LossPart.NEXT_TOKEN)).isZero();
        try (Scorer scorer = Scorers.open(ModelSource.directory(run.output("model")))) {
            assertThat(scorer.score(SyntheticImages.texture(50, 30, 1)).score()).isBetween(1.0, 5.0);
        }
    }

    @Test
    void pristineImagesAreComparedWithWorseStatesOfThemselves() {
        MiniRun run = run(
                LINEAR,
                LINEAR_RATE,
                ladders(),
                "schedule.max_steps=4",
                "schedule.batch_size=11",
                "loss.answer_weight=0",
                "loss.rank_weight=0");
        run.train();
        assertThat(run.summaries.get(0).sets()).isEqualTo(2);
        assertThat(run.summaries.get(0).itemsPerEpoch()).isEqualTo(8 + 3);
        assertLosses(run, LossPart.LADDER, SAME, 0.16258918, 0.089413129, 0.10315886, 0.11442468);
        StepRow step = run.steps.get(0);
        assertThat(step.parts().of(LossPart.TOTAL)).isEqualTo(step.parts().of(LossPart.LADDER));
    }

    @Test
    void bf16ComputesAndKeepsFloat32Weights() {
        MiniRun run = run(LINEAR, LINEAR_RATE, "schedule.max_steps=4", "schedule.batch_size=8", "model.precision=bf16");
        run.train();
        assertLosses(run, LossPart.KL, BF16, 1.2802603, 1.8894658, 1.8733537, 1.6550819);
        MiniRun exact =
                run("schedule.max_steps=1", "schedule.batch_size=8", "output.directory=" + folder.resolve("float32"));
        exact.train();
        assertThat(run.steps.get(0).parts().of(LossPart.KL))
                .isNotEqualTo(exact.steps.get(0).parts().of(LossPart.KL))
                .isCloseTo(exact.steps.get(0).parts().of(LossPart.KL), withinPercentage(5));
        assertThat(Checkpoint.open(run.output("model")).tensors().values())
                .allSatisfy(tensor -> assertThat(tensor.dtype().toString()).isEqualTo("F32"));
    }

    @Test
    void frozenWeightsStayAsTheyAre() {
        MiniRun run = run("schedule.epochs=1", "tuning.frozen=[trunk.stem., trunk.stages.0.]");
        run.train();
        NavigableMap<String, TensorEntry> before =
                Checkpoint.open(folder.resolve("start")).tensors();
        NavigableMap<String, TensorEntry> after =
                Checkpoint.open(run.output("model")).tensors();
        before.forEach((name, tensor) -> {
            boolean same = Arrays.equals(Objects.requireNonNull(after.get(name)).toFloats(), tensor.toFloats());
            assertThat(same).as(name).isEqualTo(name.startsWith("trunk.stem.") || name.startsWith("trunk.stages.0."));
        });
    }

    @Test
    void partsTrainAtTheirOwnRates() {
        MiniRun run = run("schedule.epochs=1", "optimizer.learning_rate={vision: 0, decoder: 0.01}");
        run.train();
        NavigableMap<String, TensorEntry> after =
                Checkpoint.open(run.output("model")).tensors();
        Checkpoint.open(folder.resolve("start"))
                .tensors()
                .forEach((name, tensor) -> assertThat(Arrays.equals(
                                Objects.requireNonNull(after.get(name)).toFloats(), tensor.toFloats()))
                        .as(name)
                        .isEqualTo(name.startsWith("trunk.")));
    }

    @Test
    void aRunThatWasKilledEndsWithTheSameWeights() throws IOException {
        String[] settings = {ladders(), "schedule.epochs=3", "optimizer.average_decay=0.9", "checkpoints.every=2"};
        run(settings).train();
        byte[] whole = Files.readAllBytes(folder.resolve("out/model/model.safetensors"));
        List<String> log = Files.readAllLines(folder.resolve("out/log.csv"));
        Files.move(folder.resolve("out"), folder.resolve("whole"));
        MiniRun killed = run(settings).killedAfter(5);
        assertThatThrownBy(killed::train).isInstanceOf(MiniRun.Killed.class);
        run(settings).resume();
        assertThat(Files.readAllBytes(folder.resolve("out/model/model.safetensors")))
                .isEqualTo(whole);
        assertThat(Files.readAllLines(folder.resolve("out/log.csv"))).isEqualTo(log);
    }

    @Test
    void anotherListOfPristineImagesIsAnotherRun() throws IOException {
        run(ladders(), "schedule.max_steps=1").train();
        Files.writeString(folder.resolve("pristine.txt"), "pristine0.png\n");
        assertThatThrownBy(() -> run(ladders(), "schedule.max_steps=1").resume())
                .hasMessageContaining("this checkpoint was made with other training files, or they have changed since");
    }

    @Test
    void evaluationsSeeWholeImages() {
        String meta = MiniRun.meta(folder).toString();
        MiniRun run = run("evaluation={meta: '" + meta + "', images: '" + MiniRun.IMAGES + "', every: 2}");
        run.train();
        List<MetaRow> rows = MetaFile.read(Path.of(meta)).rows();
        double[] truths = rows.stream()
                .mapToDouble(row -> row.truth().orElseThrow().scoreNorm())
                .toArray();
        try (Scorer scorer = Scorers.open(ModelSource.directory(run.output("model")))) {
            double[] scores = rows.stream()
                    .mapToDouble(row ->
                            scorer.score(MiniRun.IMAGES.resolve(row.image())).score())
                    .toArray();
            assertThat(run.evaluations.get(run.evaluations.size() - 1).plcc())
                    .isCloseTo(new PearsonsCorrelation().correlation(scores, truths), offset(1e-4));
        }
    }

    @Test
    void conversationsAreNotNeeded() {
        List<MetaRow> rows = MiniRun.rows(MiniRun.images()).stream()
                .map(row -> new MetaRow(row.id(), row.image(), row.taskType(), row.truth(), row.label(), List.of()))
                .toList();
        MetaFile.of(rows).write(folder.resolve("train.json"));
        assertThat(run("schedule.max_steps=1").train().ending()).isEqualTo(Ending.FINISHED);
    }

    @Test
    void settingsForAnotherKindOfNetworkAreRefused() {
        refused(
                "data.pairs",
                "is true, but this network compares every image of a batch with all others",
                "data.pairs=true");
        refused("data.crop", "is 0, but this network sees images at their own scale", "data.crop=0");
        refused("model.tokenizer", "is words.model, but this network reads no text", "model.tokenizer=words.model");
        refused("evaluation.prompt", "is scorer, but this network reads no text", "evaluation.prompt=scorer");
        refused("data.group_by_length", "is true, but this network reads no text", "data.group_by_length=true");
        refused("loss.soft_labels", "is false, but this network says no words", "loss.soft_labels=false");
        refused("tuning.method", "is lora, but this network is small", "tuning.method=lora");
        refused(
                "tuning.gradient_checkpointing",
                "is true, but this network's layers change the shape of their input",
                "tuning.gradient_checkpointing=true");
        assertThatThrownBy(() -> new MiniRun(folder, "data.crop=8").train())
                .hasMessageContaining("\"data.crop\" is 8 and data.flip false, but this network sees whole images");
        assertThatThrownBy(() -> new MiniRun(folder, ladders()).train())
                .hasMessageContaining("but this network is trained on rated images alone; make it empty");
        assertThat(folder.resolve("out/checkpoints")).doesNotExist();
    }

    @Test
    void aFrozenNameThatFitsNothingIsNamed() {
        assertThatThrownBy(() -> run("tuning.frozen=[trunk.stages.7]").train())
                .isInstanceOf(DeqaException.class)
                .hasMessage("\"tuning.frozen\" names \"trunk.stages.7\", but no weight's name begins so; take the"
                        + " names from the checkpoint's list of tensors");
    }

    @Test
    void somethingMustBeTrained() {
        assertThatThrownBy(() -> run("tuning.frozen=[trunk., head.]").train())
                .hasMessage("\"tuning\" freezes every weight of the network; leave some to be trained");
        refused("loss.rank_weight", "is 0, and there is no other loss", "loss={rank_weight: 0, answer_weight: 0}");
        refused("loss.rank_weight", "is 0, and there is no other loss", "loss={rank_weight: 0, kl_weight: 0}");
        assertThatThrownBy(() -> run(ladders(), "loss.ladder_weight=0").train())
                .hasMessageStartingWith("\"loss.ladder_weight\" is 0, so data.ladders.list would train nothing");
    }

    @Test
    void severalProcessesAreRefused() {
        MiniRun run = run();
        var config = run.config(); // writes the settings file, so once and not in each thread
        List<Object> endings = RankThreads.run(2, group -> run.train(config, group, false));
        assertThat(endings)
                .allSatisfy(ending -> assertThat((Throwable) ending)
                        .hasMessageStartingWith("there are 2 processes, each of which would compare"));
    }

    @Test
    void aPieceThatIsLargerThanTheImageIsNamed() {
        assertThatThrownBy(() -> run("data.crop=33", "schedule.epochs=9").train())
                .isInstanceOf(SettingsException.class)
                .hasMessageEndingWith(
                        "×32 pixels, of which no piece of 33×33 can be cut; begin a new run without the image,"
                                + " or with smaller pieces");
        assertThatThrownBy(() -> run(
                                "data.crop=99",
                                "data.missing_pictures=skip",
                                "output.directory=" + folder.resolve("skip"))
                        .train())
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no piece of 99×99 can be cut");
    }

    @Test
    void aDescriptionIsRefused() {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        rows.add(new MetaRow(
                "talk",
                rows.get(0).image(),
                MetaRow.TaskType.DESCRIPTION,
                Optional.empty(),
                Optional.empty(),
                List.of()));
        MetaFile.of(rows).write(folder.resolve("train.json"));
        assertThatThrownBy(() -> run().train())
                .hasMessage(folder.resolve("train.json")
                        + ": the row \"talk\" is a description, but the network reads no" + " text; leave the row out");
    }

    @Test
    void aListOfPristineImagesMustNameSomeThatAreThere() throws IOException {
        Files.writeString(folder.resolve("pristine.txt"), "pristine0.png\nelse.png\n");
        assertThatThrownBy(() -> run(ladders()).train())
                .hasMessage(folder.resolve("pristine.txt") + ": the row \"else.png\" names an image that is not there: "
                        + folder.resolve("pristine/else.png") + " (its folder is data.ladders.images, \""
                        + folder.resolve("pristine") + "\")");
        MiniRun without = run(
                ladders(),
                "data.missing_pictures=skip",
                "schedule.max_steps=1",
                "output.directory=" + folder.resolve("skip"));
        without.train();
        assertThat(without.warnings)
                .contains(folder.resolve("pristine.txt")
                        + ": 1 of its 2 images are missing; they are left out, as data.missing_pictures says");
        Files.writeString(folder.resolve("pristine.txt"), "\n");
        assertThatThrownBy(() -> run(ladders()).train())
                .hasMessage(
                        folder.resolve("pristine.txt") + ": the list is empty; write the names of images, one a line");
        Files.write(folder.resolve("pristine.txt"), new byte[] {(byte) 0xFF});
        assertThatThrownBy(() -> run(ladders()).train())
                .hasMessage(folder.resolve("pristine.txt")
                        + ": the file is in another encoding than UTF-8; save it as UTF-8");
        Files.delete(folder.resolve("pristine.txt"));
        assertThatThrownBy(() -> run(ladders()).train())
                .hasMessageStartingWith(folder.resolve("pristine.txt") + ": the file cannot be read");
    }

    private void refused(String key, String problem, String setting) {
        assertThatThrownBy(() -> run(setting).train())
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith("\"" + key + "\" " + problem);
    }

    private MiniRun run(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "model.base=" + folder.resolve("start"),
                "data.pairs=false",
                "data.crop=" + CROP,
                "data.flip=true",
                "loss.ladder_weight=1",
                "optimizer.adamw.weight_decay=0",
                "schedule.warmup_ratio=0.03",
                "tuning.frozen=[]"));
        all.addAll(List.of(settings));
        return new MiniRun(folder, all.toArray(String[]::new));
    }

    private String ladders() {
        return "data.ladders={list: '" + folder.resolve("pristine.txt") + "', images: '" + folder.resolve("pristine")
                + "', crop: " + CROP + "}";
    }

    /** Expected values are those of this trainer at its first release. */
    private static void assertLosses(MiniRun run, LossPart part, double tolerance, double... expected) {
        assertThat(run.steps).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(run.steps.get(i).parts().of(part))
                    .as("step " + (i + 1))
                    .isCloseTo(expected[i], offset(tolerance * expected[i]));
        }
    }
}
