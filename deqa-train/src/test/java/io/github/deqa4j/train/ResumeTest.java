package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.train.TrainingResult.Ending;
import io.github.deqa4j.train.report.EvaluationRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A run that was interrupted ends as one that was not. */
class ResumeTest {
    private static final String LOG = "log.csv";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
    }

    /** Evaluations follow steps 2, 4, 6 and 8, checkpoints steps 3 and 6. */
    @Test
    void aRunKilledAfterAnyStepEndsWithTheSameWeightsToTheLastBit() {
        Path whole = folder("whole");
        String[] settings = {
            "optimizer.average_decay=0.9", "optimizer.clip_norm=1", "schedule.accumulation=1", evaluatedEvery(2)
        };
        new MiniRun(whole, settings).train();
        for (int step : List.of(1, 2, 3, 4, 7)) {
            Path killed = folder("killed-" + step);
            assertThatThrownBy(() ->
                            new MiniRun(killed, settings).killedAfter(step).train())
                    .isInstanceOf(MiniRun.Killed.class);
            assertThat(new MiniRun(killed, settings).resume().ending()).isEqualTo(Ending.FINISHED);
            for (String file : List.of(LOG, "model/model.safetensors", "best/model.safetensors", "evaluations.csv")) {
                assertSame(whole, killed, file, "killed after step " + step);
            }
        }
    }

    @Test
    void patienceIsCountedOnFromBeforeTheKill() {
        String[] settings = {
            evaluatedEvery(2),
            "schedule.epochs=9",
            "schedule.patience=4",
            "optimizer.learning_rate={vision: 0, abstractor: 0, decoder: 0}"
        };
        Path killed = folder("killed");
        assertThatThrownBy(() -> new MiniRun(killed, settings).killedAfter(7).train())
                .isInstanceOf(MiniRun.Killed.class);
        MiniRun run = new MiniRun(killed, settings);
        TrainingResult result = run.resume();
        assertThat(result.ending()).isEqualTo(Ending.NO_GAIN);
        assertThat(result.steps()).isEqualTo(10); // the best at step 2, then four that are no better
        assertThat(run.evaluations).extracting(EvaluationRow::step).containsExactly(8, 10);
    }

    @Test
    void anEvaluationThatFailedIsMadeFirstWhenTheRunGoesOn() throws IOException {
        Path images = Files.createDirectory(folder.resolve("images"));
        for (Path image : MiniRun.images()) {
            Files.copy(image, images.resolve(image.getFileName().toString()));
        }
        Path gone = images.resolve(MiniRun.images().get(0).getFileName().toString());
        Path whole = folder("whole");
        Path failed = folder("failed");
        new MiniRun(whole, evaluatedEvery(2)).train();
        String[] settings = {evaluatedEvery(2, MiniRun.meta(failed), images)};
        assertThatThrownBy(() -> new MiniRun(failed, settings).deleting(gone).train())
                .isInstanceOf(DeqaException.class)
                .hasMessage(gone + ": there is no such file; step 2 is saved, so put the image back and resume the"
                        + " run");
        assertThat(checkpoints(failed)).containsExactly("step-00000002");
        Files.copy(MiniRun.images().get(0), gone);
        new MiniRun(failed, settings).resume();
        for (String file : List.of(LOG, "evaluations.csv", "best/model.safetensors", "model/model.safetensors")) {
            assertSame(whole, failed, file, "failed");
        }
    }

    @Test
    void theLastStepIsSavedBeforeTheNetworkIsWritten() {
        Path run = folder("run");
        MiniRun killed = new MiniRun(run, "schedule.max_steps=2") {
            @Override
            public void saved(Path checkpoint) {
                throw new Killed();
            }
        };
        assertThatThrownBy(killed::train).isInstanceOf(MiniRun.Killed.class);
        assertThat(checkpoints(run)).containsExactly("step-00000002");
        assertThat(killed.output("model")).doesNotExist();
        MiniRun rest = new MiniRun(run, "schedule.max_steps=2");
        assertThat(rest.resume().ending()).isEqualTo(Ending.FINISHED);
        assertThat(rest.output("model/model.safetensors")).exists();
    }

    @Test
    void anAdapterWithDropoutGoesOnTheSame() {
        Path whole = folder("whole");
        Path killed = folder("killed");
        String[] settings = {"tuning.method=lora", "tuning.lora.dropout=0.3", "model.precision=bf16"};
        new MiniRun(whole, settings).train();
        assertThatThrownBy(() -> new MiniRun(killed, settings).killedAfter(5).train())
                .isInstanceOf(MiniRun.Killed.class);
        new MiniRun(killed, settings).resume();
        assertSame(whole, killed, LOG, "lora");
        assertSame(whole, killed, "model/adapter_model.safetensors", "lora");
        assertSame(whole, killed, "model/non_lora_trainables.bin", "lora");
    }

    @Test
    void aRunThatIsAskedToStopSavesAndGoesOn() {
        Path whole = folder("whole");
        Path stopped = folder("stopped");
        new MiniRun(whole).train();
        TrainingResult result = new MiniRun(stopped).stoppedAfter(4).train();
        assertThat(result.ending()).isEqualTo(Ending.INTERRUPTED);
        assertThat(result.steps()).isEqualTo(4);
        assertThat(checkpoints(stopped)).containsExactly("step-00000003", "step-00000004");
        new MiniRun(stopped).resume();
        assertSame(whole, stopped, LOG, "stopped");
        assertSame(whole, stopped, "model/model.safetensors", "stopped");
        assertThat(checkpoints(stopped)).containsExactly("step-00000006", "step-00000008");
    }

    @Test
    void withoutACheckpointARunBeginsAtItsStart() {
        MiniRun run = new MiniRun(folder("new"), "schedule.max_steps=1");
        assertThat(run.resume().steps()).isEqualTo(1);
        assertThat(run.warnings)
                .containsExactly(folder("new").resolve("out")
                        + ": there is no whole checkpoint yet, so the run begins at its start");
    }

    @Test
    void aDamagedCheckpointIsPassedOver() throws IOException {
        Path whole = folder("whole");
        new MiniRun(whole).train();
        Path damaged = folder("damaged");
        new MiniRun(damaged).stoppedAfter(4).train();
        Path weights = damaged.resolve("out/checkpoints/step-00000004/weights.safetensors");
        Files.write(weights, new byte[1], StandardOpenOption.TRUNCATE_EXISTING);
        MiniRun run = new MiniRun(damaged);
        run.resume();
        assertThat(run.warnings)
                .singleElement()
                .asString()
                .startsWith(weights + ": the file is missing or not of ")
                .endsWith(" bytes, so this checkpoint is not whole");
        assertSame(whole, damaged, LOG, "damaged");
        assertSame(whole, damaged, "model/model.safetensors", "damaged");
    }

    @Test
    void otherSettingsOrAnotherModelAreTold() {
        Path run = folder("run");
        new MiniRun(run).stoppedAfter(4).train();
        Path checkpoint = run.resolve("out/checkpoints/step-00000004");
        assertThatThrownBy(() -> new MiniRun(run, "optimizer.clip_norm=2").resume())
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        checkpoint + ": this checkpoint was made with optimizer.clip_norm 0.0, and the settings now say"
                                + " 2.0; go on with the same settings, or choose another output.directory");
        Path other = folder("other");
        try (Stream<Path> files = Files.list(MiniRun.MODEL)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                Files.copy(file, other.resolve(file.getFileName().toString()));
            }
            byte[] weights = Files.readAllBytes(other.resolve("model.safetensors"));
            weights[weights.length - 1] ^= 1;
            Files.write(other.resolve("model.safetensors"), weights);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assertThatThrownBy(() -> new MiniRun(run, "model.base=" + other).resume())
                .isInstanceOf(DeqaException.class)
                .hasMessage(
                        checkpoint + ": this checkpoint is of a run that started from another model; name that one in"
                                + " model.base (none there means the model that ships), or choose another"
                                + " output.directory");
        String[] many = {
            "optimizer.clip_norm=2",
            "optimizer.average_decay=0.5",
            "schedule.seed=4",
            "loss.kl_weight=2",
            "evaluation.prompt=\"" + "long ".repeat(200) + "<|image|> \""
        };
        assertThatThrownBy(() -> new MiniRun(run, many).resume())
                .hasMessage(checkpoint
                        + ": this checkpoint was made with evaluation.prompt \"evaluation\", and the settings"
                        + " now say \"" + "long ".repeat(19) + "lon…; with loss.kl_weight 1.0, and the settings now"
                        + " say 2.0; with optimizer.average_decay 0.0, and the settings now say 0.5; and with 2 more"
                        + " settings; go on with the same settings, or choose another output.directory");
    }

    private String evaluatedEvery(int steps) {
        return evaluatedEvery(steps, MiniRun.meta(folder("any")), MiniRun.IMAGES);
    }

    private static String evaluatedEvery(int steps, Path meta, Path images) {
        return "evaluation={meta: '" + meta + "', images: '" + images + "', every: " + steps + "}";
    }

    private Path folder(String name) {
        try {
            return Files.createDirectories(folder.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String[] checkpoints(Path run) {
        return Stream.of(Objects.requireNonNull(
                        run.resolve("out/checkpoints").toFile().list()))
                .sorted()
                .toArray(String[]::new);
    }

    private static void assertSame(Path whole, Path other, String file, String how) {
        assertThat(other.resolve("out").resolve(file))
                .as(how)
                .hasSameBinaryContentAs(whole.resolve("out").resolve(file));
    }
}
