package io.github.deqa4j.train;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.dataset.MetaFile;
import io.github.deqa4j.dataset.MetaRow;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.distributed.ProcessGroup;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.TrainingConfig;
import io.github.deqa4j.train.report.EvaluationRow;
import io.github.deqa4j.train.report.StepRow;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Runs of the trainer on the mini model and its images, in a folder of their own. */
class MiniRun implements TrainingListener {
    static final Path MODEL = Golden.mini().resolve("model");
    static final Path IMAGES = Golden.mini().resolve("images");

    private final Path folder;
    private final List<String> settings;
    final List<RunSummary> summaries = new ArrayList<>();
    final List<StepRow> steps = new ArrayList<>();
    final List<EvaluationRow> evaluations = new ArrayList<>();
    final List<Boolean> best = new ArrayList<>();
    final List<String> notes = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    private int stopAfter = Integer.MAX_VALUE;
    private int failAfter = Integer.MAX_VALUE;
    private Runnable afterStep = () -> {};

    MiniRun(Path folder, String... settings) {
        this.folder = folder;
        this.settings = List.of(settings);
        meta(folder);
    }

    /** The rated images of a folder, which are those of {@link #rows} where there are no others yet. */
    static Path meta(Path folder) {
        Path meta = folder.resolve("train.json");
        if (!Files.exists(meta)) {
            MetaFile.of(rows(images())).write(meta);
        }
        return meta;
    }

    /** Asks the run to stop after a step. */
    MiniRun stoppedAfter(int step) {
        stopAfter = step;
        return this;
    }

    /** Makes the run fail after a step, as a kill would: nothing is saved. */
    MiniRun killedAfter(int step) {
        failAfter = step;
        return this;
    }

    /** Deletes an image after the first step, while the run goes on. */
    MiniRun deleting(Path image) {
        afterStep = () -> image.toFile().delete();
        return this;
    }

    /** Deletes all images of a folder after the first step, while the run goes on. */
    MiniRun deletingAll(Path deleted) {
        afterStep = () -> Stream.of(Objects.requireNonNullElse(deleted.toFile().listFiles(), new File[0]))
                .forEach(File::delete);
        return this;
    }

    /** Puts a file in the place of an empty folder after the first step. */
    MiniRun blocking(Path empty) {
        afterStep = () -> {
            try {
                if (empty.toFile().delete()) {
                    Files.createFile(empty);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        };
        return this;
    }

    TrainingResult train() {
        return new Trainer(config(), this, this::stops).train(false);
    }

    /** Trains as one of several ranks, all of them with the settings of {@link #config}. */
    TrainingResult train(TrainingConfig config, ProcessGroup group, boolean resume) {
        return new Trainer(config, group, this, this::stops).train(resume);
    }

    TrainingResult resume() {
        return new Trainer(config(), this, this::stops).train(true);
    }

    Path output(String name) {
        return folder.resolve("out").resolve(name);
    }

    TrainingConfig config() {
        List<String> all = new ArrayList<>(List.of(
                "schedule.batch_size=2",
                "schedule.epochs=2",
                "checkpoints.every=3",
                "tuning.lora.rank=4",
                "tuning.lora.alpha=8",
                "optimizer.learning_rate={vision: 1e-3, abstractor: 1e-3, decoder: 1e-3}"));
        all.addAll(settings);
        Path file = folder.resolve("training.yaml");
        try {
            Files.writeString(
                    file,
                    "model: {base: '%s'}%ndata: {sets: [{meta: '%s', images: '%s'}]}%noutput: {directory: '%s'}%n"
                            .formatted(MODEL, folder.resolve("train.json"), IMAGES, folder.resolve("out")));
            Files.createDirectories(folder.resolve("out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConfigFile.read(file, all, "overrides");
    }

    @Override
    public void prepared(RunSummary summary) {
        summaries.add(summary);
    }

    @Override
    public void stepped(StepRow row) {
        steps.add(row);
        afterStep.run();
        if (row.step() >= failAfter) {
            throw new Killed();
        }
    }

    @Override
    public void evaluated(EvaluationRow row, boolean better) {
        evaluations.add(row);
        best.add(better);
    }

    @Override
    public void noted(String sentence) {
        notes.add(sentence);
    }

    @Override
    public void warned(String sentence) {
        warnings.add(sentence);
    }

    /** What a kill leaves: an exception that nobody expects. */
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    static List<Path> images() {
        try (Stream<Path> files = Files.list(IMAGES)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Rows with means from 1.2 upward, a soft label around each, and the word of the nearest level. */
    static List<MetaRow> rows(List<Path> images) {
        List<MetaRow> rows = new ArrayList<>();
        for (int i = 0; i < images.size(); i++) {
            double mean = 1.2 + 3.6 * i / (images.size() - 1);
            rows.add(row(images.get(i).getFileName().toString(), mean, 0.4));
        }
        return rows;
    }

    static MetaRow row(String image, double mean, double std) {
        double[] label = Level.ALL.stream()
                .mapToDouble(level -> Math.exp(-0.5 * Math.pow((level.value() - mean) / std, 2)))
                .toArray();
        double mass = Arrays.stream(label).sum();
        Level nearest = Level.ALL.get((int) (5 - Math.round(mean)));
        return new MetaRow(
                image + "->" + mean,
                image,
                MetaRow.TaskType.SCORE,
                Optional.of(new MetaRow.Truth(mean, mean, OptionalDouble.of(std), OptionalDouble.of(std))),
                Optional.of(new MetaRow.Label(
                        Optional.empty(),
                        LevelValues.of(Arrays.stream(label).map(p -> p / mass).toArray()))),
                List.of(
                        new MetaRow.Turn("human", "Rate the quality of this picture.\n<|image|>"),
                        new MetaRow.Turn("gpt", "The quality of the image is " + nearest.word() + ".")));
    }

    private boolean stops() {
        return !steps.isEmpty() && steps.get(steps.size() - 1).step() >= stopAfter;
    }
}
