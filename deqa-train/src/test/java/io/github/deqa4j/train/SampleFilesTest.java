package io.github.deqa4j.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.train.TrainingResult.Ending;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a run makes of training files that are not as they should be, before its first step. */
class SampleFilesTest {
    @TempDir
    Path folder;

    private Path meta = Path.of("");

    @BeforeEach
    void name() {
        meta = folder.resolve("train.json");
    }

    @Test
    void aNegativeProbabilityIsRefusedWhateverTheRule() {
        write(LevelValues.of(-0.5, 0, 0, 0, 1.5));
        for (String rule : List.of("as-is", "renormalize", "strict")) {
            assertThatThrownBy(() -> run("data.labels=" + rule).train())
                    .isInstanceOf(DeqaException.class)
                    .hasMessage(meta + ": the row \"" + first().id()
                            + "\" has a label with a negative probability; generate the labels again");
        }
    }

    @Test
    void aLabelThatIsNoDistributionIsRefusedEvenAsItIs() {
        write(LevelValues.of(5, 0, 0, 0, 2));
        assertThatThrownBy(() -> run().train())
                .isInstanceOf(DeqaException.class)
                .hasMessageContaining("has a label whose probabilities sum up to 7.0 instead of 1");
        assertThat(run("data.labels=renormalize", "schedule.max_steps=1")
                        .train()
                        .ending())
                .isEqualTo(Ending.FINISHED);
    }

    /** The release asserts that every std of a pair is 0 or more, and takes one that is missing for -10000. */
    @Test
    void aRowWithoutAStdIsRefusedWhereRatingsAreComparedBySpread() {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        MetaRow first = first();
        MetaRow.Truth truth = new MetaRow.Truth(1.2, 1.2, OptionalDouble.empty(), OptionalDouble.empty());
        rows.set(
                0,
                new MetaRow(
                        first.id(),
                        first.image(),
                        first.taskType(),
                        Optional.of(truth),
                        first.label(),
                        first.conversation()));
        MetaFile.of(rows).write(meta);
        assertThatThrownBy(() -> run().train())
                .isInstanceOf(DeqaException.class)
                .hasMessage(meta + ": the row \"" + first.id() + "\" has no \"std\", which comparisons need (loss.rank"
                        + " fidelity); leave the row out, set loss.rank to binary-fidelity, or loss.rank_weight to 0");
        for (String other : List.of("loss.rank=binary-fidelity", "loss.rank_weight=0", "data.pairs=false")) {
            MiniRun run = run(other, "schedule.max_steps=1", "output.directory=" + folder.resolve(other));
            assertThat(run.train().ending()).as(other).isEqualTo(Ending.FINISHED);
        }
    }

    @Test
    void labelsThatAreUsedAsTheyAreAreMentioned() {
        write(LevelValues.of(0, 0.07, 0.1, 0.5, 0.4));
        MiniRun run = run("schedule.max_steps=1");
        run.train();
        assertThat(run.warnings)
                .containsExactly(meta
                        + ": the labels of 1 of its 8 rows do not sum up to 1 (1.070 to 1.070); they are used as they"
                        + " are, as the authors do, unless data.labels is renormalize");
    }

    @Test
    void aRunThatLeavesOutMissingImagesStartsWithoutThem() {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        rows.add(MiniRun.row("none.png", 2, 0.5));
        MetaFile.of(rows).write(meta);
        assertThatThrownBy(() -> run().train())
                .isInstanceOf(DeqaException.class)
                .hasMessage(meta + ": the row \"none.png->2.0\" names an image that is not there: "
                        + MiniRun.IMAGES.resolve("none.png") + " (its folder is data.sets.images, \"" + MiniRun.IMAGES
                        + "\")");
        MiniRun run = run("data.missing_pictures=skip");
        assertThat(run.train().ending()).isEqualTo(Ending.FINISHED);
        assertThat(run.warnings)
                .contains(meta + ": 1 of its 9 images are missing; they are left out, as data.missing_pictures says");
    }

    private MiniRun run(String... settings) {
        return new MiniRun(folder, settings);
    }

    private static MetaRow first() {
        return MiniRun.rows(MiniRun.images()).get(0);
    }

    private void write(LevelValues label) {
        List<MetaRow> rows = new ArrayList<>(MiniRun.rows(MiniRun.images()));
        MetaRow first = first();
        rows.set(
                0,
                new MetaRow(
                        first.id(),
                        first.image(),
                        first.taskType(),
                        first.truth(),
                        Optional.of(new MetaRow.Label(Optional.empty(), label)),
                        first.conversation()));
        MetaFile.of(rows).write(meta);
    }
}
