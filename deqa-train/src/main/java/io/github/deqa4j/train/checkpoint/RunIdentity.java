package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.Checkpoint;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.torch.load.ModelDirectory;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.config.ConfigFile;
import io.github.deqa4j.train.config.DataSettings.DataSet;
import io.github.deqa4j.train.config.TrainingConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the result of a run depends on: its settings, the network that it starts from, and its data. */
public final class RunIdentity {
    static final String MODEL = "the network in model.base";
    private static final String DATA = "the training files";
    private static final int SAMPLE = 1 << 20;
    private static final int SHOWN = 3;

    /** Settings that may change when a run is resumed. */
    private static final List<String> FREE = List.of(
            "checkpoints.",
            "output.",
            "model.base",
            "model.tokenizer",
            "model.device",
            "data.threads",
            "data.memory_mib",
            "data.missing_pictures");

    private RunIdentity() {}

    /**
     * The identity of a run, by name.
     *
     * @param model the network it starts from
     * @throws DeqaException if a file cannot be read
     */
    public static Map<String, String> of(TrainingConfig config, ModelFiles model) {
        Map<String, String> identity = new TreeMap<>(ConfigFile.flat(config));
        identity.keySet().removeIf(key -> FREE.stream().anyMatch(key::startsWith));
        identity.put(
                MODEL,
                model instanceof ModelDirectory directory
                        ? fingerprint(modelFiles(directory.model()))
                        : wholeFingerprint(model));
        identity.put(
                DATA,
                fingerprint(Stream.concat(
                                config.data().sets().stream().map(DataSet::meta),
                                Stream.of(config.data().ladders().list()).filter(list -> !list.isBlank()))
                        .map(Path::of)
                        .toList()));
        return identity;
    }

    /**
     * Checks that a checkpoint belongs to a run.
     *
     * @throws DeqaException naming what differs
     */
    public static void requireSame(TrainingCheckpoint checkpoint, Map<String, String> now) {
        Map<String, String> then = checkpoint.state().identity();
        if (!then.getOrDefault(MODEL, "").equals(now.get(MODEL))) {
            throw new DeqaException(
                    checkpoint.directory() + ": this checkpoint is of a run that started from another model; name"
                            + " that one in model.base (none there means the model that ships), or choose another"
                            + " output.directory");
        }
        if (!then.getOrDefault(DATA, "").equals(now.get(DATA))) {
            throw new DeqaException(
                    checkpoint.directory() + ": this checkpoint was made with other training files, or they have"
                            + " changed since; put the old ones back, or choose another output.directory");
        }
        List<String> differences = now.entrySet().stream()
                .filter(entry -> !then.getOrDefault(entry.getKey(), "nothing").equals(entry.getValue()))
                .map(entry -> entry.getKey() + " " + Excerpt.of(then.getOrDefault(entry.getKey(), "nothing"))
                        + ", and the settings now say " + Excerpt.of(entry.getValue()))
                .toList();
        if (!differences.isEmpty()) {
            int more = differences.size() - SHOWN;
            throw new DeqaException(checkpoint.directory() + ": this checkpoint was made with "
                    + differences.stream().limit(SHOWN).collect(Collectors.joining("; with "))
                    + (more > 0 ? "; and with " + more + " more settings" : "")
                    + "; go on with the same settings, or choose another output.directory");
        }
    }

    private static List<Path> modelFiles(Path base) {
        try (Stream<Path> files = Files.list(base)) {
            return files.filter(file -> file.getFileName().toString().matches("config\\.json|.*\\.(safetensors|bin)"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new DeqaException(base + ": the directory cannot be read; name a checkpoint in model.base", e);
        }
    }

    private static String wholeFingerprint(ModelFiles model) {
        MessageDigest digest = sha256();
        Stream.of(ModelFiles.CONFIG, Checkpoint.SAFETENSORS)
                .flatMap(name -> model.file(name).stream())
                .forEach(file -> digest.update(file.bytes()));
        return HexFormat.of().formatHex(digest.digest());
    }

    /** A hash of the files' names, sizes, and first and last MiB. Reading 16 GB at the start of a run would take too long. */
    private static String fingerprint(List<Path> files) {
        MessageDigest digest = sha256();
        files.forEach(file -> update(digest, file));
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void update(MessageDigest digest, Path file) {
        try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
            long size = bytes.length();
            digest.update((file.getFileName() + ":" + size).getBytes(StandardCharsets.UTF_8));
            byte[] sample = new byte[(int) Math.min(SAMPLE, size)];
            bytes.readFully(sample);
            digest.update(sample);
            bytes.seek(size - sample.length);
            bytes.readFully(sample);
            digest.update(sample);
        } catch (IOException e) {
            throw new DeqaException(file + ": the file cannot be read (" + e.getMessage() + ")", e);
        }
    }
}
