package io.github.deqa4j.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;

/**
 * Outputs of the authors' own code, to compare with.
 *
 * <p>{@link #mini()} and {@link #shipped} are part of the project. The rest lies outside it, in the folder that the environment
 * variable {@value #VARIABLE} names. Where the variable is not set, a test that asks for such a file is skipped, and
 * {@link SkippedTests} counts it. Where it is set, a missing file is a failure.
 */
public final class Golden {
    /** Environment variable with the folder of goldens that are not part of the project. */
    public static final String VARIABLE = "DEQA_GOLDEN";

    /** Environment variable with the folder of training material. */
    public static final String DATA_VARIABLE = "DEQA_DATA";

    private static final ObjectMapper JSON = new ObjectMapper();

    private Golden() {}

    /**
     * The folder of the mini model: {@code model}, {@code model-lora}, {@code images}, {@code tokenizer.model}; a trunk of a
     * few hundred random weights as tf.keras names them, {@code trunk.safetensors}; and the small network that starts from it,
     * {@code compact}.
     */
    public static Path mini() {
        return Mini.DIRECTORY;
    }

    /** A file or folder of the goldens that are part of the project: {@code metrics} and a sample of {@code labels}. */
    public static Path shipped(String path) {
        Path file = Shipped.DIRECTORY.resolve(path);
        Assertions.assertTrue(Files.exists(file), () -> "there is no " + file);
        return file;
    }

    /** A file or folder below {@value #VARIABLE}. Skips the calling test where the variable is not set. */
    public static Path external(String path) {
        return external(VARIABLE, path);
    }

    /** A file or folder of training material, below {@value #DATA_VARIABLE}; otherwise as {@link #external}. */
    public static Path data(String path) {
        return external(DATA_VARIABLE, path);
    }

    public static JsonNode json(Path file) {
        try {
            return JSON.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Numbers of a JSON array, in order. */
    public static double[] doubles(JsonNode array) {
        double[] values = new double[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).doubleValue();
        }
        return values;
    }

    /** Whole numbers of a JSON array, in order. */
    public static int[] ints(JsonNode array) {
        int[] values = new int[array.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = array.get(i).intValue();
        }
        return values;
    }

    private static Path external(String variable, String path) {
        String root = System.getenv(variable);
        if (root == null || root.isBlank()) {
            throw new MissingPrerequisiteException(
                    variable, variable + " is not set: the golden " + path + " is not compared");
        }
        Path file = Path.of(root).resolve(path);
        Assertions.assertTrue(Files.exists(file), () -> variable + " is set, but there is no " + file);
        return file;
    }

    private static final class Mini {
        static final Path DIRECTORY = unpack("mini");
    }

    private static final class Shipped {
        static final Path DIRECTORY = unpack("golden");
    }

    private static Path unpack(String folder) {
        try {
            URI uri = Objects.requireNonNull(Golden.class.getResource(folder)).toURI();
            if (uri.getScheme().equals("file")) {
                return Path.of(uri);
            }
            try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
                Path copy = Files.createTempDirectory("deqa-" + folder);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(copy)));
                copy(jar.provider().getPath(uri), copy);
                return copy;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> tree = Files.walk(from)) {
            for (Path source : (Iterable<Path>) tree::iterator) {
                Path target = to.resolve(from.relativize(source).toString());
                if (Files.isDirectory(source)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(source, target);
                }
            }
        }
    }

    private static void delete(Path directory) {
        try (Stream<Path> tree = Files.walk(directory)) {
            tree.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
