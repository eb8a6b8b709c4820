package io.github.deqa4j.train.checkpoint;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.AtomicDirectory;
import io.github.deqa4j.file.JsonFile;
import io.github.deqa4j.torch.load.TensorFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;

/** The checkpoints of a run, as directories {@code step-00000500}, … A checkpoint is either complete or absent. */
public final class CheckpointStore {
    private static final String PREFIX = "step-";
    private static final String STATE = "state.json";
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .build();

    private final Path directory;
    private final int keep;
    private final Producer producer;

    /**
     * Opens a store, and makes its directory.
     *
     * @param keep how many checkpoints stay, at least 1
     * @param producer written into every checkpoint
     * @throws DeqaException if the directory cannot be made
     */
    public CheckpointStore(Path directory, int keep, Producer producer) {
        this.directory = directory;
        this.keep = keep;
        this.producer = producer;
        AtomicDirectory.deleteLeftovers(make(directory));
    }

    /**
     * Makes a directory of a run's output, where it does not exist.
     *
     * @throws DeqaException if it cannot be made
     */
    public static Path make(Path directory) {
        try {
            return Files.createDirectories(directory);
        } catch (IOException e) {
            throw new DeqaException(
                    directory + ": the directory cannot be made (" + e.getMessage()
                            + "); choose another output.directory",
                    e);
        }
    }

    /** The file with the state of a checkpoint, and the sizes of the others. What produced it is not read back. */
    @JsonIgnoreProperties("producer")
    private record StateFile(TrainState state, Map<String, Long> files) {}

    /**
     * Saves a checkpoint, then deletes all but the newest complete ones.
     *
     * @return where it is
     * @throws DeqaException if it cannot be written, as on a full disk; older checkpoints are untouched then
     */
    public Path save(TrainState state, Map<TrainingCheckpoint.TensorGroup, Map<String, Tensor>> tensors) {
        Path target = directory.resolve(String.format(Locale.ROOT, "%s%08d", PREFIX, state.step()));
        try {
            AtomicDirectory.write(target, folder -> write(folder, state, tensors));
        } catch (DeqaException e) {
            throw new ResumableException(
                    target + ": this checkpoint could not be written (" + reason(e) + "); " + older()
                            + "; free some space and resume the run",
                    e);
        }
        List<Path> kept = newestFirst().stream()
                .filter(CheckpointStore::isWhole)
                .limit(keep)
                .toList();
        newestFirst().stream().filter(path -> !kept.contains(path)).forEach(AtomicDirectory::delete);
        return target;
    }

    /** The message of the operating system, if there is one: ours names a temporary file. */
    private static String reason(DeqaException e) {
        return e.getCause() instanceof IOException system ? String.valueOf(system.getMessage()) : e.getMessage();
    }

    /**
     * The newest complete checkpoint.
     *
     * @param damaged receives a sentence for each newer one that is not complete
     */
    public Optional<TrainingCheckpoint> newest(Consumer<String> damaged) {
        for (Path checkpoint : newestFirst()) {
            try {
                return Optional.of(new TrainingCheckpoint(checkpoint, read(checkpoint)));
            } catch (DeqaException e) {
                damaged.accept(e.getMessage());
            }
        }
        return Optional.empty();
    }

    /** Whether there is no checkpoint, neither a complete nor a damaged one. */
    public boolean isEmpty() {
        return newestFirst().isEmpty();
    }

    private String older() {
        return newestFirst().stream()
                .filter(CheckpointStore::isWhole)
                .findFirst()
                .map(path -> "the older one, " + path.getFileName() + ", is whole")
                .orElse("there is no older one");
    }

    private void write(
            Path folder, TrainState state, Map<TrainingCheckpoint.TensorGroup, Map<String, Tensor>> tensors) {
        Map<String, Long> sizes = new TreeMap<>();
        tensors.forEach((part, named) -> {
            Path file = folder.resolve(part.fileName());
            TensorFile.write(file, named);
            sizes.put(part.fileName(), size(file));
        });
        JsonFile.write(folder.resolve(STATE), Map.of("producer", producer, "state", state, "files", sizes));
    }

    private static boolean isWhole(Path checkpoint) {
        try {
            read(checkpoint);
            return true;
        } catch (DeqaException e) {
            return false;
        }
    }

    private static TrainState read(Path checkpoint) {
        Path file = checkpoint.resolve(STATE);
        try {
            StateFile state = JSON.readValue(Files.readAllBytes(file), StateFile.class);
            state.files().forEach((name, size) -> {
                if (size(checkpoint.resolve(name)) != size) {
                    throw new DeqaException(checkpoint.resolve(name) + ": the file is missing or not of " + size
                            + " bytes, so this checkpoint is not whole");
                }
            });
            return state.state();
        } catch (IOException e) {
            throw new DeqaException(file + ": the file is missing or damaged, so this checkpoint is not whole", e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : -1;
        } catch (IOException e) {
            throw new DeqaException(file + ": the file cannot be read (" + e.getMessage() + ")", e);
        }
    }

    private List<Path> newestFirst() {
        try (Stream<Path> children = Files.list(directory)) {
            List<Path> found = new ArrayList<>(
                    children.filter(path -> path.getFileName().toString().matches(PREFIX + "\\d{8,10}"))
                            .toList());
            found.sort((a, b) -> b.getFileName().compareTo(a.getFileName()));
            return found;
        } catch (IOException e) {
            throw new DeqaException(directory + ": the directory cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
