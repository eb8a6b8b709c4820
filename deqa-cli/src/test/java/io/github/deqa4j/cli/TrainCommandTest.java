package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Golden;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {
    private static final List<String> IMAGES =
            List.of("s0_97x61.png", "s1_61x97.png", "s2_56x56.png", "s5_140x120.png");

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
                      {"from": "gpt", "value": "The quality of the image is fair."}]}""".formatted(IMAGES.get(i), IMAGES.get(i), 1 + i, 1 + i));
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
    void aFinishedRunCanBeResumedAndSaysSo() {
        Shell.deqa("train", "--config", config);
        Shell again = Shell.deqa("train", "--config", config, "--resume");
        assertThat(again.status()).isZero();
        assertThat(again.err()).startsWith("goes on after step 4 of 4\n").contains("finished after 4 steps");
    }

    @Test
    void aWrongSettingIsWrongUsage() {
        Shell run = Shell.deqa("train", "--config", config, "--set", "schedule.epoch=1");
        assertThat(run.status()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err())
                .isEqualTo("deqa: " + config + ": the key \"schedule.epoch\" is unknown; the nearest known one is"
                        + " \"schedule.epochs\"\n");
    }
}
