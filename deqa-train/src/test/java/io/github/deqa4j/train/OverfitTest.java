package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.score.Prompt;
import io.github.deqa4j.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A small network can be trained to overfit some real photographs. */
class OverfitTest {
    private static final int IMAGES = 16;
    private static final String PROMPT =
            Prompt.training("Rate the quality of this picture.").text().replace("\n", "\\n");
    private static final int STEPS = 80;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void oneThread() {
        torch.set_num_threads(1);
    }

    @Test
    void someRealPhotographsAreRankedAsPeopleDo() {
        Path data = Golden.data("livewild-train");
        List<Opinion> opinions = MosFile.read(data.resolve("mos.json")).opinions().stream()
                .limit(IMAGES)
                .toList();
        Path meta = folder.resolve("train.json");
        List<MetaRow> rows = opinions.stream()
                .map(opinion -> MiniRun.row(
                        opinion.path(), 1 + opinion.mos() / 25, opinion.std().orElseThrow() / 25))
                .toList();
        MetaFile.of(rows).write(meta);
        Path images = data.resolve("images");
        MiniRun run = new MiniRun(
                folder,
                "data.sets=[{meta: '" + meta + "', images: '" + images + "'}]",
                "evaluation={meta: '" + meta + "', images: '" + images + "', every: 1000}",
                "evaluation.prompt=\"" + PROMPT + "\"",
                "schedule.batch_size=8",
                "schedule.max_steps=" + STEPS,
                "optimizer.clip_norm=1",
                "tuning.gradient_checkpointing=false",
                "checkpoints.every=1000");
        run.train();
        assertThat(run.evaluations).singleElement().satisfies(row -> {
            assertThat(row.srcc()).isGreaterThan(0.95);
            assertThat(row.plcc()).isGreaterThan(0.95);
        });
    }
}
