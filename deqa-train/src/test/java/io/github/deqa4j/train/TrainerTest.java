package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.Version;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.checkpoint.SafetensorsWriter;
import io.github.deqa4j.checkpoint.TensorEntry;
import io.github.deqa4j.checkpoint.TensorSource;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.testkit.Rounding;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.torch.loss.LossPart;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.checkpoint.Producer;
import io.github.deqa4j.train.checkpoint.TrainState;
import io.github.deqa4j.train.checkpoint.TrainState.BestEvaluation;
import io.github.deqa4j.train.config.SettingsException;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Scalar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
    /**
     * A step's loss passes some 70 operations with sums of 48 terms, and its gradient sums over 4 rows of 40 tokens; four steps
     * follow each other.
     */
    private static final double SAME = 4 * Rounding.of(4 * 40 + 70 * 48);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void theLossFallsStepByStep() {
        MiniRun run = fourSteps("schedule.batch_size=2");
        TrainingResult result = run.train();
        assertThat(result.ending()).isEqualTo(Ending.FINISHED);
        assertThat(result.steps()).isEqualTo(4);
        assertLosses(run, LossPart.TOTAL, SAME, 1.7173862, 1.3408850, 1.3433923, 1.0780451);
        assertLosses(run, LossPart.NEXT_TOKEN, SAME, 14.606361, 12.268274, 10.291050, 10.131327);
        assertLosses(run, LossPart.KL, SAME, 14.999329, 11.308239, 11.823349, 8.8532105);
    }

    @Test
    void singleImagesAreLearnedToo() {
        MiniRun run = fourSteps("schedule.batch_size=2", "data.pairs=false");
        run.train();
        assertLosses(run, LossPart.TOTAL, SAME, 15.196459, 11.328818, 9.8895903, 8.6569176);
        assertLosses(run, LossPart.RANK, SAME, 0, 0, 0, 0);
    }

    @Test
    void descriptionsAreLearnedBesideScores() {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        for (int i = 0; i < 2; i++) {
            rows.add(new MetaRow(
                    "description " + i,
                    rows.get(i).image(),
                    MetaRow.TaskType.DESCRIPTION,
                    Optional.empty(),
                    Optional.empty(),
                    List.of(
                            new MetaRow.Turn("human", "What do you see?"),
                            new MetaRow.Turn("gpt", "This image is dark."))));
        }
        MetaFile.of(rows).write(folder.resolve("train.json"));
        MiniRun run = fourSteps("schedule.batch_size=10");
        run.train();
        assertLosses(run, LossPart.TOTAL, SAME, 16.213648, 13.616285, 10.732537, 8.8904934);
        assertLosses(run, LossPart.DESCRIPTION, SAME, 14.560731, 12.309897, 9.4580956, 7.5903292);
    }

    /** bf16 rounds to 9 bits after each of some 70 operations. */
    @Test
    void bf16LearnsAsFloat32Does() {
        MiniRun run = fourSteps("schedule.batch_size=2", "model.precision=bf16");
        run.train();
        double rounding = Rounding.of(70) * 0x1p24 * 0x1p-9;
        assertLosses(run, LossPart.TOTAL, rounding, 1.7173862, 1.3408850, 1.3433923, 1.0780451);
        assertThat(run.steps.get(0).parts().of(LossPart.TOTAL)).isNotCloseTo(1.7173862, within(SAME * 1.7173862));
    }

    @Test
    void passesThatMakeOneStepGiveTheGradientsOfTheJoinedBatch() {
        MiniRun joined = new MiniRun(folder, "schedule.batch_size=4", "schedule.max_steps=1");
        joined.train();
        double norm = joined.steps.get(0).gradientNorm();
        MiniRun split = new MiniRun(
                folder,
                "schedule.accumulation=2",
                "schedule.max_steps=1",
                "output.directory=" + folder.resolve("split"));
        makeFolder("split");
        split.train();
        double total = joined.steps.get(0).parts().of(LossPart.TOTAL);
        double rounding = Rounding.of(4 * 40 + 70 * 48); // rows of tokens, and operations with their sums behind each
        assertThat(split.steps.get(0).gradientNorm()).isCloseTo(norm, within(rounding * norm));
        assertThat(split.steps.get(0).parts().of(LossPart.TOTAL)).isCloseTo(total, within(rounding * total));
    }

    @Test
    void theBestNetworkIsKeptAndARunWithoutGainEnds() {
        String meta = folder.resolve("train.json").toString();
        MiniRun run = new MiniRun(
                folder,
                "evaluation={meta: '" + meta + "', images: '" + MiniRun.IMAGES + "', every: 2}",
                "schedule.patience=2",
                "optimizer.learning_rate={vision: 0, abstractor: 0, decoder: 0}");
        TrainingResult result = run.train();
        assertThat(result).isEqualTo(new TrainingResult(Ending.NO_GAIN, 6, run.output("model")));
        assertThat(run.evaluations).hasSize(3);
        assertThat(run.evaluations.get(0).srcc())
                .isEqualTo(run.evaluations.get(2).srcc());
        assertThat(run.output("best/model.safetensors")).exists();
        assertThat(read(run.output("evaluations.csv")))
                .startsWith("step,srcc,plcc\n2,")
                .hasLineCount(4);
    }

    @Test
    void aNetworkThatIsNoBetterIsNotKept() {
        MiniRun run =
                new MiniRun(
                        folder, evaluatedEvery(2), "optimizer.learning_rate={vision: 0, abstractor: 0, decoder: 0}") {
                    @Override
                    public void evaluated(EvaluationRow row, boolean better) {
                        super.evaluated(row, better);
                        AtomicDirectory.delete(output("best"));
                    }
                };
        run.train();
        assertThat(run.best).containsExactly(true, false, false, false);
        assertThat(run.output("best")).doesNotExist();
    }

    @Test
    void theBestIsTheOneByTheMetricThatIsSet() {
        MiniRun run = new MiniRun(folder, evaluatedEvery(1), "evaluation.metric=plcc");
        run.train();
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < run.evaluations.size(); i++) {
            double plcc = run.evaluations.get(i).plcc();
            assertThat(run.best.get(i)).as("evaluation " + i).isEqualTo(plcc > most);
            most = Math.max(most, plcc);
        }
        assertThat(run.best).contains(true, false);
    }

    @Test
    void averagedWeightsAreEvaluated() {
        MiniRun averaged = new MiniRun(folder, evaluatedEvery(4), "optimizer.average_decay=0.99999");
        averaged.train();
        makeFolder("plain");
        MiniRun plain = new MiniRun(folder, evaluatedEvery(4), "output.directory=" + folder.resolve("plain"));
        plain.train();
        assertThat(change(averaged)).isLessThan(1e-3);
        assertThat(change(plain)).isGreaterThan(1e-2);
    }

    @Test
    void aPairThatIsLeftOutCountsForNothing() {
        List<MetaRow> rows = List.of(MiniRun.rows(MiniRun.images()).get(0), MiniRun.row("none.png", 2, 0.5));
        String[] settings = {"data.pairs=false", "schedule.max_steps=1", "data.missing_pictures=skip"};
        MetaFile.of(rows).write(folder.resolve("train.json"));
        MiniRun both = new MiniRun(folder, settings);
        both.train();
        MetaFile.of(rows.subList(0, 1)).write(folder.resolve("train.json"));
        makeFolder("one");
        MiniRun one = new MiniRun(folder, with(List.of(settings), "output.directory=" + folder.resolve("one")));
        one.train();
        assertThat(both.steps).isEqualTo(one.steps);
    }

    @Test
    void anAdapterStartsAsTheSeedSays() {
        List<String> settings = List.of(
                "tuning.method=lora",
                "schedule.max_steps=1",
                "optimizer.learning_rate={vision: 0, abstractor: 0, decoder: 0}");
        new MiniRun(folder, with(settings, "schedule.seed=1")).train();
        for (int seed = 1; seed <= 2; seed++) {
            makeFolder("of" + seed);
            List<String> all = List.of(with(settings, "schedule.seed=" + seed));
            new MiniRun(folder, with(all, "output.directory=" + folder.resolve("of" + seed))).train();
        }
        Path adapter = Path.of("model/adapter_model.safetensors");
        assertThat(folder.resolve("of1").resolve(adapter))
                .hasSameBinaryContentAs(folder.resolve("out").resolve(adapter));
        assertThat(bytes(folder.resolve("of2").resolve(adapter)))
                .isNotEqualTo(bytes(folder.resolve("out").resolve(adapter)));
    }

    @Test
    void averagedWeightsAreWrittenInsteadOfTheLast() {
        List<String> settings = List.of("schedule.max_steps=1", "schedule.warmup_ratio=0");
        new MiniRun(folder, with(settings, "optimizer.average_decay=0.75")).train();
        makeFolder("plain");
        new MiniRun(folder, with(settings, "output.directory=" + folder.resolve("plain"))).train();
        assertThat(folder.resolve("plain/log.csv")).hasSameTextualContentAs(folder.resolve("out/log.csv"));
        float[] before = head(MiniRun.MODEL);
        float[] last = head(folder.resolve("plain/model"));
        float[] averaged = head(folder.resolve("out/model"));
        for (int i = 0; i < before.length; i++) {
            assertThat(averaged[i]).isCloseTo(before[i] + 0.25f * (last[i] - before[i]), Offset.offset(1e-6f));
        }
        assertThat(last).isNotEqualTo(before);
    }

    @Test
    void eachPartLearnsAtItsOwnRate() {
        new MiniRun(
                        folder,
                        "schedule.max_steps=1",
                        "schedule.warmup_ratio=0",
                        "optimizer.learning_rate={vision: 1e-4, abstractor: 0, decoder: 1e-2}")
                .train();
        Path model = folder.resolve("out/model");
        assertThat(farthest(model, "model.vision_model.")).isCloseTo(1e-4, within(1e-5)); // AdamW's first step
        assertThat(farthest(model, "model.visual_abstractor.")).isZero();
        assertThat(farthest(model, "model.layers.")).isCloseTo(1e-2, within(1e-3));
    }

    @Test
    void theRateRisesFromZeroAndGradientsAreClippedBeforeTheStep() {
        MiniRun run = new MiniRun(
                folder,
                "schedule.max_steps=4",
                "schedule.warmup_ratio=0.5",
                "optimizer.clip_norm=1e-7",
                "optimizer.adamw.eps=1",
                "optimizer.learning_rate={vision: 1e-3, abstractor: 2e-3, decoder: 4e-3}");
        run.train();
        assertThat(run.steps.stream().map(StepRow::rates))
                .containsExactly(
                        List.of(0.0, 0.0, 0.0),
                        List.of(5e-4, 1e-3, 2e-3),
                        List.of(1e-3, 2e-3, 4e-3),
                        List.of(5e-4, 1e-3, 2e-3));
        assertThat(run.steps.get(0).gradientNorm()).isGreaterThan(0.1);
        assertThat(farthest(run.output("model"), "")).isLessThan(1e-8); // the gradient itself is smaller than eps
    }

    @Test
    void aLossThatIsNotFiniteStopsTheRunAndLeavesTheIds() {
        MiniRun run = new MiniRun(
                folder,
                evaluatedEvery(1),
                "schedule.warmup_ratio=0",
                "optimizer.learning_rate={vision: 1e30, abstractor: 1e30, decoder: 1e30}");
        assertThatThrownBy(run::train)
                .isInstanceOf(DeqaException.class)
                .hasMessageMatching(
                        "step 2: the (loss is|gradients' norm is) not a finite number .*, so the run stops; the ids of"
                                + " its images are in .*stopped-at-step-2.json, look at them; or begin anew in another"
                                + " output.directory with a lower optimizer.learning_rate or an optimizer.clip_norm");
        assertThat(read(run.output("evaluations.csv"))).isEqualTo("step,srcc,plcc\n1,NaN,NaN\n");
        assertThat(run.best).containsExactly(false);
        assertThat(read(run.output("stopped-at-step-2.json")))
                .contains("\"step\" : 2")
                .contains("train.json:s");
    }

    @Test
    void aStartThatHoldsANaNIsNamedWithItsWeight() throws IOException {
        Path base = withNaN("model.norm.weight");
        MiniRun run = new MiniRun(
                folder, "model.base=" + base, "model.tokenizer=" + Golden.mini().resolve("tokenizer.model"));
        assertThatThrownBy(run::train)
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("model.norm.weight")
                .hasMessageMatching("(?s).{0,400}");
        assertThat(run.output("stopped-at-step-1.json")).doesNotExist();
        assertThat(run.output("model")).doesNotExist();
    }

    @Test
    void aNetworkThatAStepBrokeIsNotSaved() {
        TrainingConfig config = new MiniRun(folder).config();
        ModelFiles files = ModelFiles.open(config.model().directory(), Optional.empty(), Optional.empty());
        TrainState state = new TrainState(7, 7, 0, BestEvaluation.NONE, Map.of());
        RandomStream random = new RandomStream(1);
        TrainableNetwork network =
                new TrainableNetwork(config, files, NetworkArchitecture.of(files), Device.CPU, random);
        try (NetworkOptimizer optimizer = NetworkOptimizer.of(
                        config.optimizer(), network, random, ProcessGroup.alone(), Optional.empty());
                RunDirectory directory = RunDirectory.open(
                        config,
                        false,
                        TrainState.initial(Map.of()),
                        new Producer("", "", ""),
                        new TrainingListener() {})) {
            breakWeight(network, "lm_head.weight");
            assertThatThrownBy(() -> directory.save(state, optimizer))
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(
                            "step 7: the weight lm_head.weight holds a NaN or an infinite number, so the run stops and"
                                    + " this step is not saved; begin anew in another output.directory with a lower"
                                    + " optimizer.learning_rate or an optimizer.clip_norm");
        }
        assertThat(folder.resolve("out/checkpoints")).isEmptyDirectory();
    }

    @Test
    void theBestSaysWhatItWasChosenOn() {
        MiniRun run = new MiniRun(folder, evaluatedEvery(4), "schedule.max_steps=4");
        run.train();
        EvaluationRow best = run.evaluations.get(0);
        JsonNode choice = Golden.json(run.output("best/chosen.json"));
        assertThat(choice.path("step").intValue()).isEqualTo(4);
        assertThat(choice.path("srcc").doubleValue()).isEqualTo(best.srcc());
        assertThat(choice.path("plcc").doubleValue()).isEqualTo(best.plcc());
        assertThat(choice.path("best_by").textValue()).isEqualTo("srcc");
        assertThat(choice.path("chosen_on").textValue())
                .isEqualTo(folder.resolve("train.json").toString());
        JsonNode producer = choice.path("producer");
        assertThat(producer.path("version").textValue()).isEqualTo(Version.current());
        assertThat(producer.path("kind").textValue()).isEqualTo("mplug_owl2");
        JsonNode saved = Golden.json(run.output("checkpoints/step-00000004/state.json"));
        assertThat(producer.path("fingerprint").textValue())
                .isEqualTo(saved.path("state")
                        .path("identity")
                        .path("the network in model.base")
                        .textValue());
        assertThat(saved.path("producer")).isEqualTo(producer);
        assertThat(choice.path("note").textValue()).contains("optimistic");
        assertThat(run.output("model/chosen.json")).doesNotExist();
        assertThat(run.notes)
                .containsExactly("the best network is chosen by its figures on " + folder.resolve("train.json")
                        + ", so they are optimistic for it: report it on images that nothing was chosen by, or report"
                        + " the last network");
    }

    @Test
    void anAdapterIsNoStart() {
        Path adapter = Golden.mini().resolve("model-lora");
        assertThatThrownBy(() -> new MiniRun(folder, "model.base=" + adapter).train())
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("\"model.base\" is ")
                .hasMessageEndingWith(", a LoRA adapter; a run starts from a whole network, so name one");
    }

    @Test
    void aImageThatVanishesEndsTheRunWithEverythingSaved() throws IOException {
        MiniRun run = withVanishingImage();
        assertThatThrownBy(run::train)
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("gone.png: there is no such file; step " + run.steps.size()
                        + " is saved, so put the image back, or set data.missing_pictures to skip, and resume"
                        + " the run");
        assertThat(run.output("checkpoints/step-%08d".formatted(run.steps.size())))
                .isDirectory();
    }

    @Test
    void aImageThatVanishesCanBeLeftOut() throws IOException {
        MiniRun run = withVanishingImage("data.missing_pictures=skip");
        assertThat(run.train().ending()).isEqualTo(Ending.FINISHED);
        assertThat(run.warnings).isNotEmpty().allMatch(warning -> warning.contains("gone.png: there is no such file"));
        assertThat(run.steps.stream().mapToInt(StepRow::items).sum()).isLessThan(48);
    }

    @Test
    void labelsThatDoNotSumToOneAreTakenDividedOrRefused() {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        MetaRow first = rows.get(0);
        rows.set(
                0,
                new MetaRow(
                        first.id(),
                        first.image(),
                        first.taskType(),
                        first.truth(),
                        Optional.of(new MetaRow.Label(Optional.empty(), LevelValues.of(0, 0.07, 0.1, 0.5, 0.4))),
                        first.conversation()));
        MetaFile.of(rows).write(folder.resolve("train.json"));
        MiniRun strict = new MiniRun(folder, "data.labels=strict");
        assertThatThrownBy(strict::train)
                .isInstanceOf(DeqaException.class)
                .hasMessage(folder.resolve("train.json") + ": the row \"" + first.id()
                        + "\" has a label whose probabilities sum up to " + (0.07 + 0.1 + 0.5 + 0.4)
                        + " instead of 1; set data.labels to renormalize, or generate the labels again,"
                        + " renormalized");
        MiniRun asIs = new MiniRun(folder, "schedule.max_steps=4", "schedule.warmup_ratio=0");
        asIs.train();
        makeFolder("divided");
        MiniRun divided = new MiniRun(
                folder,
                "schedule.max_steps=4",
                "schedule.warmup_ratio=0",
                "data.labels=renormalize",
                "output.directory=" + folder.resolve("divided"));
        divided.train();
        assertThat(divided.steps.get(3).parts().of(LossPart.KL))
                .isNotEqualTo(asIs.steps.get(3).parts().of(LossPart.KL));
    }

    @Test
    void aRunSaysWhatItIsAboutToDo() {
        MiniRun run = new MiniRun(folder, "schedule.max_steps=1", "tuning.vision=frozen");
        run.train();
        assertThat(run.summaries).hasSize(1);
        TrainingListener.RunSummary facts = run.summaries.get(0);
        assertThat(facts.sets()).isEqualTo(1);
        assertThat(facts.itemsPerEpoch()).isEqualTo(8);
        assertThat(facts.stepsPerEpoch()).isEqualTo(4);
        assertThat(facts.trained()).isPositive().isLessThan(facts.weights());
        assertThat(run.warnings).isEmpty();
    }

    @Test
    void aBatchLargerThanAnEpochIsMentioned() {
        MiniRun run = new MiniRun(folder, "schedule.batch_size=10", "schedule.max_steps=1");
        run.train();
        assertThat(run.warnings)
                .containsExactly("schedule.batch_size times schedule.accumulation is 10, but an epoch has only 8 pairs;"
                        + " every step has so many");
    }

    @Test
    void twoRunsDoNotShareADirectory() {
        MiniRun second = new MiniRun(folder);
        MiniRun first = new MiniRun(folder, "schedule.max_steps=1") {
            @Override
            public void prepared(RunSummary facts) {
                assertThatThrownBy(second::resume)
                        .isInstanceOf(DeqaException.class)
                        .hasMessage(folder.resolve("out")
                                + ": another run is writing here; let it end first, or choose another place");
            }
        };
        assertThat(first.train().ending()).isEqualTo(Ending.FINISHED);
        assertThat(folder.resolve("out/.lock")).doesNotExist();
    }

    @Test
    void aRunThatCannotBeginLeavesNoSettingsBehind() {
        MiniRun run = new MiniRun(folder, "model.base=" + folder);
        assertThatThrownBy(run::train)
                .isInstanceOf(DeqaException.class)
                .hasMessageStartingWith(folder + ": there is no config.json here, so this is no model");
        assertThat(folder.resolve("out/config.yaml")).doesNotExist();
        assertThat(folder.resolve("out/.lock")).doesNotExist();
    }

    @Test
    void anotherRunsOutputIsNotOverwritten() {
        new MiniRun(folder, "schedule.max_steps=1").train();
        assertThatThrownBy(() -> new MiniRun(folder).train())
                .isInstanceOf(DeqaException.class)
                .hasMessage(folder.resolve("out") + ": there is a run here already; resume it, or choose"
                        + " another output.directory");
    }

    /** A copy of the mini model, one of whose weights begins with a NaN. */
    private static void breakWeight(TrainableNetwork network, String weight) {
        try (NativeScope scope = NativeScope.update()) {
            Objects.requireNonNull(network.network().block().namedParameters().get(weight))
                    .value()
                    .fill_(new Scalar(Double.NaN));
        }
    }

    private Path withNaN(String weight) throws IOException {
        Path base = Files.createDirectory(folder.resolve("damaged"));
        for (String name : List.of("config.json", "preprocessor_config.json")) {
            Files.copy(MiniRun.MODEL.resolve(name), base.resolve(name));
        }
        Map<String, TensorSource> tensors = new TreeMap<>();
        Checkpoint.open(MiniRun.MODEL).tensors().forEach((name, entry) -> {
            float[] values = entry.toFloats();
            values[0] = name.equals(weight) ? Float.NaN : values[0];
            ByteBuffer bytes = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(values);
            tensors.put(name, new TensorSource(DType.F32, entry.shape(), () -> bytes));
        });
        SafetensorsWriter.write(base.resolve(Checkpoint.SAFETENSORS), tensors);
        return base;
    }

    private MiniRun withVanishingImage(String... settings) throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        for (Path image : MiniRun.images()) {
            Files.copy(image, images.resolve(image.getFileName().toString()));
        }
        Files.copy(MiniRun.images().get(0), images.resolve("gone.png"));
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()).subList(0, 7));
        rows.add(MiniRun.row("gone.png", 2, 0.5));
        MetaFile.of(rows).write(folder.resolve("train.json"));
        List<String> all = new ArrayList<>(List.of(
                "data.sets=[{meta: '" + folder.resolve("train.json") + "', images: '" + images + "'}]",
                "data.memory_mib=1",
                "schedule.epochs=6",
                "checkpoints.every=100"));
        all.addAll(List.of(settings));
        return new MiniRun(folder, all.toArray(String[]::new)).deleting(images.resolve("gone.png"));
    }

    private static String[] with(List<String> settings, String more) {
        return Stream.concat(settings.stream(), Stream.of(more)).toArray(String[]::new);
    }

    private String evaluatedEvery(int steps) {
        return "evaluation={meta: '" + folder.resolve("train.json") + "', images: '" + MiniRun.IMAGES + "', every: "
                + steps + "}";
    }

    private static double change(MiniRun run) {
        return Math.abs(run.evaluations.get(1).plcc() - run.evaluations.get(0).plcc());
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static float[] head(Path model) {
        return Objects.requireNonNull(Checkpoint.open(model).tensors().get("lm_head.weight"))
                .toFloats();
    }

    /** How far a weight of a part has gone at most. */
    private static double farthest(Path model, String part) {
        Map<String, TensorEntry> base = Checkpoint.open(MiniRun.MODEL).tensors();
        double farthest = 0;
        for (Map.Entry<String, TensorEntry> entry :
                Checkpoint.open(model).tensors().entrySet()) {
            TensorEntry from = base.get(entry.getKey());
            if (from != null
                    && entry.getKey().startsWith(part)
                    && !entry.getKey().endsWith("_pos_embed")) {
                float[] a = from.toFloats();
                float[] b = entry.getValue().toFloats();
                for (int i = 0; i < a.length; i++) {
                    farthest = Math.max(farthest, Math.abs(a[i] - b[i]));
                }
            }
        }
        return farthest;
    }

    private void makeFolder(String name) {
        try {
            Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** With an eps of 1, AdamW's steps follow the size of gradients, and not only their signs, which rounding may turn. */
    private MiniRun fourSteps(String... settings) {
        List<String> all = new ArrayList<>(List.of(
                "schedule.max_steps=4",
                "schedule.warmup_ratio=0",
                "optimizer.adamw.eps=1",
                "optimizer.learning_rate={vision: 0.2, abstractor: 0.2, decoder: 0.2}"));
        all.addAll(List.of(settings));
        return new MiniRun(folder, all.toArray(String[]::new));
    }

    /** Expected values are those of this trainer at its first release; other tests compare its losses with the authors'. */
    private static void assertLosses(MiniRun run, LossPart part, double tolerance, double... expected) {
        assertThat(run.steps).hasSize(expected.length);
        for (int i = 0; i < expected.length; i++) {
            assertThat(run.steps.get(i).parts().of(part))
                    .as("step " + (i + 1))
                    .isCloseTo(expected[i], within(tolerance * expected[i]));
        }
    }

    private static Offset<Double> within(double offset) {
        return Offset.offset(offset);
    }
}
