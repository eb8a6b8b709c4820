package io.github.deqa4j.train.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.load.NetworkPart;
import io.github.deqa4j.torch.loss.LossSettings;
import io.github.deqa4j.train.distortion.DistortionKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigFileTest {
    private static final String LEAST = """
        model: {base: base}
        data:
          sets: [{meta: train.json, images: images}]
        output: {directory: out}
        """;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("training.yaml");
    }

    @Test
    void integersAreNotTrained() {
        assertThatThrownBy(() -> new ModelSettings("", "", Precision.INT8, "cpu"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("\"model.precision\" is int8, and integers cannot be trained; it must be float32 or bf16");
    }

    @Test
    void aRunDoesNotStartFromARepository() {
        assertThatThrownBy(() -> new ModelSettings("hub:a/b", "", Precision.FLOAT32, "cpu"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("\"model.base\" is hub:a/b, but a run starts from a directory; ");
    }

    @Test
    void theExampleFileHoldsEverySettingWithItsDefault() throws IOException {
        String example = Files.readString(Path.of("../docs/training.yaml"));
        assertThat(readExample(example)).isEqualTo(read(LEAST.replace("base: base", "base: ''")));
        String released = example.replaceAll("(?m)^(  - \"trunk.*\n)", "")
                .replaceAll("(?m)^( *\\w+:).*# \\[mPLUG-Owl2: (.*?)\\](?= |$).*", "$1 $2");
        assertThat(readExample(released, "model.base=base")).isEqualTo(read(LEAST));
        List<String> keys = ConfigFile.print(TrainingConfig.defaults(ModelType.DEQA_COMPACT, false))
                .lines()
                .map(line -> line.replaceAll(":.*", ""))
                .toList();
        List<String> documented = example.lines()
                .filter(line -> !line.isBlank() && !line.strip().startsWith("#"))
                .map(line -> line.replaceAll(":.*", "").replaceAll(" +#.*", ""))
                .toList();
        assertThat(documented).isEqualTo(keys);
    }

    private TrainingConfig readExample(String text, String... overrides) throws IOException {
        List<String> all =
                new ArrayList<>(List.of("output.directory=out", "data.sets=[{meta: train.json, images: images}]"));
        all.addAll(List.of(overrides));
        return read(text, all.toArray(String[]::new));
    }

    @Test
    void aTabIsNamedWithItsLine() {
        assertThatThrownBy(() -> read("model:\n\tbase: x"))
                .hasMessage(file + ": not valid YAML: a line is indented with a tab; use spaces (line 2)");
    }

    @Test
    void aMistakeInAnOverrideIsNotBlamedOnTheFile() {
        assertThatThrownBy(() -> read(LEAST, "schedule.epoch=1"))
                .hasMessageStartingWith("overrides: ")
                .hasMessageContaining("schedule.epochs");
        assertThatThrownBy(() -> read(LEAST, "schedule.epochs=many")).hasMessageStartingWith("overrides: ");
        assertThatThrownBy(() -> read(LEAST + "\nschedul: {}", "schedule.epochs=1"))
                .hasMessageStartingWith(file + ": ");
    }

    @Test
    void whatIsLeftOutHasTheReleasedValue() throws IOException {
        TrainingConfig config = read(LEAST);
        assertThat(config.loss()).isEqualTo(LossSettings.pairs());
        assertThat(config.optimizer().learningRate().of(NetworkPart.HEAD)).isEqualTo(2e-5);
        assertThat(config.schedule()).isEqualTo(new ScheduleSettings(3, 0, 16, 1, 0.03, 0, 131));
        assertThat(config.data().sets()).containsExactly(new DataSettings.DataSet("train.json", "images", 1));
        assertThat(config.model().precision()).isEqualTo(Precision.FLOAT32);
    }

    @Test
    void theSmallNetworkHasItsOwnDefaults() throws IOException {
        String three = "data: {sets: [{meta: train.json, images: images}]}\noutput: {directory: out}\n";
        TrainingConfig config = read(three);
        config.requireNoText(1);
        assertThat(config.model().directory()).isEmpty();
        assertThat(config.data().crop()).isEqualTo(352);
        assertThat(config.data().flip()).isTrue();
        assertThat(config.loss()).isEqualTo(LossSettings.allPairs());
        assertThat(config.loss().answerWeight()).isEqualTo(1);
        assertThat(config.tuning().frozen()).containsExactly("trunk.stem.", "trunk.stages.0.");
        assertThat(config.optimizer().learningRate().of(NetworkPart.TRUNK)).isEqualTo(4e-5);
        assertThat(config.optimizer().learningRate().of(NetworkPart.HEAD)).isEqualTo(1e-3);
        assertThat(config.schedule()).isEqualTo(new ScheduleSettings(10, 0, 16, 1, 0.05, 0, 131));
        assertThat(read(ConfigFile.print(config))).isEqualTo(config);
        assertThat(read(three, "schedule.epochs=2").schedule().epochs()).isEqualTo(2);

        Path base = Files.createDirectory(folder.resolve("small"));
        Files.writeString(base.resolve("config.json"), "{\"model_type\": \"deqa_compact\"}");
        assertThat(read(three, "model.base='" + base + "'").data()).isEqualTo(config.data());
        Files.writeString(base.resolve("config.json"), "{\"model_type\": \"mplug_owl2\"}");
        assertThat(read(three, "model.base='" + base + "'").data())
                .isEqualTo(read(LEAST).data());
        Files.writeString(base.resolve("config.json"), "{\"model_type\": \"other\"}");
        assertThatThrownBy(() -> read(three, "model.base='" + base + "'"))
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining(base.resolve("config.json").toString())
                .hasMessageContaining("model_type");
    }

    @Test
    void thePapersSettingsAreTheReleasedOnes() throws IOException {
        TrainingConfig paper = ConfigFile.read(Path.of("../docs/reproducing-the-paper.yaml"), List.of(), "overrides");
        TrainingConfig released = TrainingConfig.defaults(ModelType.MPLUG_OWL2, true);

        paper.requireText();
        assertThat(paper.data().sets())
                .extracting(DataSettings.DataSet::meta)
                .containsExactly(
                        "../Data-DeQA-Score/KONIQ/metas/train_koniq_7k.json",
                        "../Data-DeQA-Score/SPAQ/metas/train_spaq_9k.json",
                        "../Data-DeQA-Score/KADID10K/metas/train_kadid_8k.json");
        assertThat(paper.data().sets())
                .allMatch(set -> set.weight() == 1 && set.images().equals("../Data-DeQA-Score"));
        assertThat(paper.model().precision()).isEqualTo(Precision.BF16);
        assertThat(paper.schedule()).isEqualTo(new ScheduleSettings(3, 0, 16 * 8, 1, 0.03, 0, 131));
        assertThat(paper.loss()).isEqualTo(released.loss());
        assertThat(paper.tuning()).isEqualTo(released.tuning());
        assertThat(paper.optimizer()).isEqualTo(released.optimizer());
        assertThat(paper.evaluation().enabled()).isFalse();
        assertThat(paper.data().groupByLength()).isFalse();
        assertThat(paper.data().labels()).isEqualTo(DataSettings.LabelRule.AS_IS);
        assertThat(paper.comparesBySpread()).isTrue();
    }

    @Test
    void otherWaysToWriteAFileAreReadOrNamed() throws IOException {
        TrainingConfig config = read(LEAST);
        assertThat(read("\uFEFF" + LEAST)).isEqualTo(config);
        assertThat(read("---\n" + LEAST + "...\n")).isEqualTo(config);
        assertThat(read(LEAST.replace("\n", "\r\n"))).isEqualTo(config);
        assertThat(read("""
            {
              "model": {"base": "base"},
              "data": {"sets": [{"meta": "train.json", "images": "images"}]},
              "output": {"directory": "out"}
            }
            """)).isEqualTo(config);
        refuses("{\n\t\"model\": {}\n}", "not valid YAML: a line is indented with a tab; use spaces (line 2)");
        refuses(LEAST + "---\nloss: {}\n", "line 6 begins a second document; write one");
        refuses(
                "model: {base: &b base}\ndata: {sets: [{meta: t.json}]}\noutput: {directory: *b}\n",
                "line 3 has the alias *b; write the value itself");
        Files.write(file, LEAST.getBytes(StandardCharsets.UTF_16));
        assertThatThrownBy(() -> ConfigFile.read(file, List.of(), "overrides"))
                .hasMessage(file + ": the file is no text in UTF-8; save it as such");
        refuses("[1, 2]", "the file holds no settings; write \"key: value\" lines");
    }

    @Test
    void aLongValueIsCutInMessages() {
        String tooLong = "x".repeat(5000);
        String cut = "x".repeat(98) + "…";
        refuses(
                LEAST + "schedule: {epochs: " + tooLong + "}",
                "\"schedule.epochs\" is \"" + cut + "; it must be a whole number that 32 bits hold");
        for (String yaml : List.of(
                LEAST + "loss: " + tooLong,
                LEAST + "? " + tooLong + "\n: 1",
                LEAST + "evaluation: {prompt: " + tooLong + "}",
                LEAST + "model: {device: " + tooLong + "}",
                LEAST + "data: [" + tooLong,
                LEAST + "loss: {" + tooLong.substring(0, 900) + ": 1}")) {
            assertThatThrownBy(() -> read(yaml))
                    .isInstanceOf(DeqaException.class)
                    .hasMessageMatching("(?s).{0,500}");
        }
        assertThatThrownBy(() -> read(LEAST, tooLong))
                .isInstanceOf(DeqaException.class)
                .hasMessageMatching("(?s).{0,500}");
    }

    @Test
    void singleImagesHaveTheirOwnDefaults() throws IOException {
        assertThat(read(LEAST, "data.pairs=false").loss()).isEqualTo(LossSettings.singles());
        assertThat(read(LEAST.replace("data:", "data:\n  pairs: false")).loss()).isEqualTo(LossSettings.singles());
        assertThat(read(LEAST, "data.pairs=False").loss()).isEqualTo(LossSettings.singles());
        assertThat(read(LEAST, "data={pairs: false}").loss()).isEqualTo(LossSettings.singles());
        assertThat(read(LEAST, "data.pairs=false", "data.pairs= true").loss()).isEqualTo(LossSettings.pairs());
        TrainingConfig alone = read(LEAST, "data.pairs=false", "loss.rank_weight=1");
        assertThatThrownBy(alone::requireText)
                .hasMessage(
                        "\"loss.rank_weight\" is 1.0, but single images have nothing to be compared with; make it 0");
    }

    @Test
    void printedSettingsReadBackAsTheSame() throws IOException {
        TrainingConfig config =
                read(LEAST, "tuning.method=lora", "loss.rank=binary-cross-entropy", "optimizer.clip_norm=0.5");
        assertThat(read(ConfigFile.print(config))).isEqualTo(config);
        assertThat(ConfigFile.flat(config))
                .containsEntry("tuning.method", "\"lora\"")
                .containsEntry("optimizer.clip_norm", "0.5");
    }

    @Test
    void settingsOnTheCommandLineCountMore() throws IOException {
        TrainingConfig config = read(
                LEAST, "schedule.epochs=7", "schedule.epochs=8", "model.precision=bf16", "tuning.lora.targets=[q, k]");
        assertThat(config.schedule().epochs()).isEqualTo(8);
        assertThat(config.model().precision()).isEqualTo(Precision.BF16);
        assertThat(config.tuning().lora().targets()).containsExactly("q", "k");
    }

    @Test
    void kindsOfDistortionAreNamedByWords() throws IOException {
        assertThat(read(LEAST).data().ladders().settings().kinds()).containsExactly(DistortionKind.values());

        TrainingConfig config = read(LEAST, "data.ladders.kinds=[jpeg, white-noise]");

        assertThat(config.data().ladders().settings().kinds())
                .containsExactly(DistortionKind.JPEG, DistortionKind.WHITE_NOISE);
        assertThat(read(ConfigFile.print(config))).isEqualTo(config);
        refuses(
                LEAST.replace("}]", "}]\n  ladders: {kinds: [jpeg, fog]}"),
                "\"data.ladders.kinds[1]\" is \"fog\"; it must be one of haze, over-exposure, under-exposure,"
                        + " contrast-down, contrast-up, vignette, saturation-down, saturation-up, color-cast,"
                        + " gaussian-blur, motion-blur, lens-blur, resampling, pixelation, white-noise, color-noise,"
                        + " impulse-noise, speckle-noise, over-sharpening, banding, jpeg, jpeg-twice, wavelet,"
                        + " block-shift, block-loss");
        refuses(
                LEAST.replace("}]", "}]\n  ladders: {kinds: [jpeg]}"),
                "\"two_kinds\" of the ladders is 0.25, but all kinds are of one family; set it to 0 or name kinds of"
                        + " other families");
    }

    @Test
    void anUnknownKeyIsToldWithTheNearestKnownOne() {
        refuses(
                LEAST + "optimizer: {learning_rate: {visoin: 1}}",
                "the key \"optimizer.learning_rate.visoin\" is unknown; the nearest known one is"
                        + " \"optimizer.learning_rate.vision\"");
        refuses(LEAST + "lose: {}", "the key \"lose\" is unknown; the nearest known one is \"loss\"");
        refuses(
                LEAST.replace("images:", "image:"),
                "the key \"data.sets[0].image\" is unknown; the nearest known one is \"data.sets[0].images\"");
    }

    @Test
    void aValueOfAnotherKindIsToldWithItsKey() {
        refuses(
                LEAST + "schedule: {epochs: three}",
                "\"schedule.epochs\" is \"three\"; it must be a whole number that 32 bits hold");
        refuses(
                LEAST + "schedule: {epochs: 2.5}",
                "\"schedule.epochs\" is 2.5; it must be a whole number that 32 bits hold");
        refuses(LEAST + "loss: {closed_set: 1}", "\"loss.closed_set\" is 1; it must be true or false");
        refuses(LEAST + "tuning: {method: half}", "\"tuning.method\" is \"half\"; it must be one of full, lora");
        refuses(LEAST + "loss: 3", "\"loss\" is 3; it must be settings, one \"key: value\" a line");
        refuses(
                LEAST.replace("[{", "{").replace("}]", "}"),
                "\"data.sets\" is {\"meta\":\"train.json\",\"images\":\"images\"}; it must be a list of data sets, each"
                        + " with meta, images and weight");
    }

    @Test
    void aValueOutOfItsRangeIsRefused() {
        refuses(LEAST + "schedule: {batch_size: 0}", "\"schedule.batch_size\" is 0; it must be 1 or more");
        refuses(
                LEAST + "optimizer: {average_decay: 1}",
                "\"optimizer.average_decay\" is 1.0; it must be at least 0 and below 1");
        refuses(
                LEAST + "schedule: {patience: 2}",
                "\"schedule.patience\" is 2, but nothing is evaluated; name" + " evaluation.meta, or make it 0");
        refuses(
                LEAST + "schedule: {batch_size: 100000, accumulation: 100000}",
                "\"schedule.accumulation\" is 100000, times schedule.batch_size 100000: more images than a step can"
                        + " have; make either smaller");
        refuses(
                LEAST + "optimizer: {learning_rate: {vision: 1e39}}",
                "\"optimizer.learning_rate.vision\" is 1.0E39; it must lie between 0 and 1e30");
        refuses(
                LEAST + "loss: {kl_weight: 1e39}",
                "the kl weight is 1.0E39; a loss weight must lie between 0 and 1e30");
        refuses(LEAST + "tuning: {lora: {rank: 0}}", "LoRA's rank is 0; it must be 1 or more");
        refuses(LEAST + "model: {}", "not valid YAML: Duplicate field 'model' (line 5)");
    }

    @Test
    void whatARunCannotDoWithoutIsAskedFor() {
        refuses("", "\"data.sets\" is empty; name a meta file and its images");
        refuses("model: {base: b}", "\"data.sets\" is empty; name a meta file and its images");
        assertThatThrownBy(() -> ConfigFile.read(file, List.of(), "overrides")).isInstanceOf(DeqaException.class);
    }

    private TrainingConfig read(String yaml, String... overrides) throws IOException {
        Files.writeString(file, yaml);
        return ConfigFile.read(file, List.of(overrides), "overrides");
    }

    private void refuses(String yaml, String problem) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(DeqaException.class).hasMessage(file + ": " + problem);
    }
}
