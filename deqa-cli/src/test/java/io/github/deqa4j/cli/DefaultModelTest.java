package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands where no model is named, so that the one that ships inside is meant; and {@code deqa dev pack-compact}. */
class DefaultModelTest {
    private static final Path IMAGE = Shell.image("s0_97x61.png");

    @TempDir
    Path folder;

    @Test
    void imagesAreScored() throws IOException {
        Shell run = Shell.deqa("score", "--format", "jsonl", IMAGE);

        assertThat(run.err()).isEmpty();
        assertThat(run.status()).isEqualTo(ExitCode.OK);
        JsonNode row = new ObjectMapper().readTree(run.out());
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            QualityScore expected = scorer.score(IMAGE);
            assertThat(row.get("score").doubleValue()).isEqualTo(expected.score());
            assertThat(row.get("std").doubleValue()).isEqualTo(expected.std());
        }
    }

    @Test
    void resultsArePredicted() throws IOException {
        Path meta = Files.writeString(
                folder.resolve("test.json"),
                "[{\"id\": \"a\", \"image\": \"s0_97x61.png\", \"gt_score\": 3.2, \"gt_score_norm\": 3.6, \"std\": 0.5, "
                        + "\"std_norm\": 0.5}]");
        Path output = folder.resolve("results.jsonl");

        Shell run = Shell.deqa("predict", "--meta", meta, "--images", Shell.IMAGES, "--output", output);

        assertThat(run).isEqualTo(new Shell(ExitCode.OK, "", output + " has 1 of 1 results\n"));
        Shell other = Shell.deqa(
                "predict", "--meta", meta, "--images", Shell.IMAGES, "--output", output, "--model", Shell.MODEL);
        assertThat(other.err()).contains("\" has model deqa_compact:").contains(" instead of mplug_owl2:");
    }

    @Test
    void theReportSaysWhereItIs() throws IOException {
        Shell run = Shell.deqa("inspect");

        assertThat(run.status()).isEqualTo(ExitCode.OK);
        assertThat(run.out())
                .contains("\nreliability     intervals of 80 %, familiarity along 64 axes\nfaults          16 kinds\n");
        assertThat(run.lines()[0])
                .matches("model           (jar:)?file:/.*io/github/deqa4j/model/compact/model\\.safetensors");
        assertThat(run.out()).contains("architecture    compact: ", "number formats  F16 ", "missing         none");
        assertThat(new ObjectMapper()
                        .readTree(Shell.deqa("inspect", "--json").out())
                        .get("model")
                        .textValue())
                .endsWith("model/compact/model.safetensors");
    }

    @Test
    void whatBelongsToAnotherModelIsRefused() {
        Shell refusal = new Shell(
                ExitCode.USAGE,
                "",
                "deqa: the model that ships inside has no use for --base and --tokenizer; name the model that they belong to "
                        + "with --model, or leave them out\n");

        assertThat(Shell.deqa("score", "--base", Shell.MODEL, IMAGE)).isEqualTo(refusal);
        assertThat(Shell.deqa("score", "--tokenizer", Golden.mini().resolve("tokenizer.model"), IMAGE))
                .isEqualTo(refusal);
        Shell prompt = Shell.deqa("score", "--prompt", "scorer", IMAGE);
        assertThat(prompt.err())
                .endsWith("deqa-model-compact: this model reads no text; leave out \"prompt\" (--prompt)\n");
        assertThat(prompt.status()).isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aSmallNetworkIsPackedToBeShipped() {
        Path model = folder.resolve("compact");
        Path packed = folder.resolve("packed");
        Shell.deqa("dev", "start-compact", "--trunk", Golden.mini().resolve("trunk.safetensors"), "--output", model);

        Shell run = Shell.deqa("dev", "pack-compact", "--model", model, "--output", packed);

        assertThat(run).isEqualTo(new Shell(ExitCode.OK, "", "the network in float16 is in " + packed + "\n"));
        assertThat(Checkpoint.open(packed).tensors().values())
                .isNotEmpty()
                .allSatisfy(tensor -> assertThat(tensor.dtype()).hasToString("F16"));
        assertThat(Shell.deqa("score", "--model", packed, IMAGE).status()).isEqualTo(ExitCode.OK);
        assertThat(Shell.deqa("dev", "pack-compact", "--model", Shell.MODEL, "--output", folder.resolve("other"))
                        .status())
                .isEqualTo(ExitCode.SOME_FAILED);
    }
}
