package io.github.deqa4j.torch.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.ModelLoadException;
import io.github.deqa4j.checkpoint.MalformedCheckpointException;
import io.github.deqa4j.config.InvalidConfigException;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.CompactFiles;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.torch.network.NetworkArchitecture;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The model on the class path, wherever that keeps it. */
class BundledModelTest {
    private static final String CONFIG = "config.json";
    private static final String WEIGHTS = "model.safetensors";
    private static final String RELIABILITY = "reliability.safetensors";
    private static final RgbImage IMAGE = image();

    @TempDir
    Path folder;

    private Path model = Path.of("");

    @BeforeEach
    void pack() {
        model = CompactFiles.writeHalf(folder.resolve("packed"));
    }

    @Test
    void theModelOfAFolderOfAJarOrOfAJarWithinAJarIsThatOfTheDirectory() throws IOException {
        QualityScore expected = score(() -> Scorers.open(ModelSource.directory(model)));
        try (URLClassLoader unpacked = loader(unpacked(files()));
                URLClassLoader jar = loader(jar(files()));
                URLClassLoader fatJar = loader(jar(withOthers(files())))) {
            for (ClassLoader loader : new ClassLoader[] {unpacked, jar, fatJar, new MemoryLoader(files())}) {
                assertThat(within(loader, () -> score(() -> Scorers.open(ModelSource.bundled()))))
                        .isEqualTo(expected);
            }
        }
    }

    @Test
    void howFarItsScoresCanBeReliedOnIsReadFromTheClassPath() throws IOException {
        CompactFiles.writeReliability(model);
        QualityScore expected = score(() -> Scorers.open(ModelSource.directory(model)));
        Map<String, byte[]> files = files();
        files.put(RELIABILITY, Files.readAllBytes(model.resolve(RELIABILITY)));
        try (URLClassLoader jar = loader(jar(files))) {
            assertThat(within(jar, () -> score(BundledModelTest::open)).reliability())
                    .isEqualTo(expected.reliability())
                    .isPresent();
        }

        files.put(RELIABILITY, new byte[3]);
        assertThatThrownBy(() -> within(new MemoryLoader(files), BundledModelTest::open))
                .isInstanceOf(ModelLoadException.class)
                .hasMessageStartingWith("memory:" + BundledModel.FOLDER + RELIABILITY + ": ");
    }

    @Test
    void itIsScoredInBf16AsWell() throws IOException {
        ScorerSettings bf16 = ScorerSettings.defaults().withPrecision(Precision.BF16);

        assertThat(within(new MemoryLoader(files()), () -> score(() -> Scorers.open(ModelSource.bundled(), bf16))))
                .isEqualTo(score(() -> Scorers.open(ModelSource.directory(model), bf16)));
    }

    @Test
    void itIsNamedByItsPlace() throws IOException {
        Path jar = jar(files());
        try (URLClassLoader loader = loader(jar)) {
            assertThat(within(loader, BundledModel::find).name())
                    .isEqualTo("jar:" + jar.toUri().toURL() + "!/" + BundledModel.FOLDER + WEIGHTS);
        }
    }

    @Test
    void withoutItTheModuleToAddIsNamed() {
        assertThatThrownBy(BundledModelTest::open)
                .isInstanceOf(ModelLoadException.class)
                .hasMessage(
                        "there is no model on the class path; add the module io.github.deqa4j:deqa-model-compact, in the "
                                + "version of deqa-torch, or name the directory of a model");
        assertThatThrownBy(() -> within(null, BundledModel::find)).hasMessageStartingWith("there is no model on");
    }

    @Test
    void aModuleWithoutWeightsIsNamed() throws IOException {
        Map<String, byte[]> files = files();
        files.remove(WEIGHTS);

        assertThatThrownBy(() -> within(new MemoryLoader(files), BundledModelTest::open))
                .isInstanceOf(ModelLoadException.class)
                .hasMessage("memory:" + BundledModel.FOLDER + CONFIG
                        + ": there is no model.safetensors beside it; the module "
                        + "io.github.deqa4j:deqa-model-compact is damaged, or was built without its weights");
    }

    @Test
    void whatIsWrongNamesTheFileOnTheClassPath() throws IOException {
        Map<String, byte[]> files = files();
        byte[] config = content(files, CONFIG);
        byte[] weights = content(files, WEIGHTS);

        files.put(WEIGHTS, Arrays.copyOf(weights, 100));
        assertThatThrownBy(() -> within(new MemoryLoader(files), BundledModelTest::open))
                .isInstanceOf(ModelLoadException.class)
                .hasCauseInstanceOf(MalformedCheckpointException.class)
                .hasMessageStartingWith("memory:" + BundledModel.FOLDER + WEIGHTS + ": the header length is ");
        files.put(WEIGHTS, weights);
        files.put(CONFIG, text(config).replace("256", "255").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> within(new MemoryLoader(files), BundledModelTest::open))
                .hasMessageStartingWith("memory:" + BundledModel.FOLDER + WEIGHTS
                        + ": the tensors do not fit config.json: 3 of the wrong shape (head.fc1.bias [256] instead of");
        files.put(CONFIG, "[]".getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> within(new MemoryLoader(files), BundledModelTest::open))
                .isInstanceOf(ModelLoadException.class)
                .hasCauseInstanceOf(InvalidConfigException.class)
                .hasMessage("memory:" + BundledModel.FOLDER + CONFIG + ": the file does not hold a JSON object");
    }

    @Test
    void aModelThatReadsTextIsReadFromTheClassPathLikeAnyOther() throws IOException {
        Path prompted = Golden.mini().resolve("model");
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : new String[] {CONFIG, WEIGHTS, "preprocessor_config.json"}) {
            files.put(name, Files.readAllBytes(prompted.resolve(name)));
        }
        assertThatThrownBy(() -> within(new MemoryLoader(files), BundledModelTest::open))
                .hasMessageStartingWith(
                        "memory:" + BundledModel.FOLDER + WEIGHTS + ": there is no tokenizer.model here or in");

        files.put("tokenizer.model", Files.readAllBytes(Golden.mini().resolve("tokenizer.model")));
        assertThat(within(new MemoryLoader(files), () -> score(BundledModelTest::open)))
                .isEqualTo(score(() -> Scorers.open(ModelSource.directory(prompted))));

        Path copy = Files.createDirectory(folder.resolve("copy"));
        NetworkArchitecture.of(within(new MemoryLoader(files), BundledModel::find))
                .writeCompanions(copy);
        for (String name : new String[] {CONFIG, "preprocessor_config.json", "tokenizer.model"}) {
            assertThat(copy.resolve(name)).hasBinaryContent(files.get(name));
        }
    }

    @Test
    void itsConfigurationCanBeCopied() throws IOException {
        BundledModel bundled = within(new MemoryLoader(files()), BundledModel::find);
        Path copy = Files.createDirectory(folder.resolve("copy"));

        NetworkArchitecture.of(bundled).writeCompanions(copy);

        assertThat(copy.resolve(CONFIG)).hasSameBinaryContentAs(model.resolve(CONFIG));
    }

    @Test
    void itIsInspectedFromItsHeaders() throws IOException {
        BundledModel bundled = within(new MemoryLoader(files()), BundledModel::find);

        ModelReport report =
                ModelInspector.inspect(bundled, NetworkArchitecture.of(bundled).description());

        assertThat(report.agrees()).isTrue();
        assertThat(report.model()).isEqualTo(bundled.name());
        assertThat(report.format()).isEqualTo("safetensors");
        assertThat(report.parametersByDtype()).containsOnlyKeys("F16");
    }

    private static Scorer open() {
        return Scorers.open(ModelSource.bundled());
    }

    private static QualityScore score(Supplier<Scorer> opening) {
        try (Scorer scorer = opening.get()) {
            return scorer.score(IMAGE);
        }
    }

    private static <T> T within(@Nullable ClassLoader loader, Supplier<T> work) {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        Thread.currentThread().setContextClassLoader(loader);
        try {
            return work.get();
        } finally {
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        for (String name : new String[] {CONFIG, WEIGHTS}) {
            files.put(name, Files.readAllBytes(model.resolve(name)));
        }
        return files;
    }

    private static byte[] content(Map<String, byte[]> files, String name) {
        return Optional.ofNullable(files.get(name)).orElseThrow();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> withOthers(Map<String, byte[]> files) {
        Map<String, byte[]> all = new TreeMap<>(files);
        all.put("../../../../../../config.json", new byte[0]);
        all.put("../other/model.safetensors", new byte[7]);
        return all;
    }

    private Path unpacked(Map<String, byte[]> files) throws IOException {
        Path root = Files.createTempDirectory(folder, "classes");
        Path below = Files.createDirectories(root.resolve(BundledModel.FOLDER));
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(below.resolve(file.getKey()), file.getValue());
        }
        return root;
    }

    private Path jar(Map<String, byte[]> files) throws IOException {
        Path jar = Files.createTempDirectory(folder, "jar").resolve("model.jar");
        try (JarOutputStream stream = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                stream.putNextEntry(new JarEntry(Path.of(BundledModel.FOLDER)
                        .resolve(file.getKey())
                        .normalize()
                        .toString()));
                stream.write(file.getValue());
            }
        }
        return jar;
    }

    private static URLClassLoader loader(Path place) throws IOException {
        return new URLClassLoader(new URL[] {place.toUri().toURL()}, null);
    }

    private static RgbImage image() {
        byte[] samples = new byte[80 * 60 * 3];
        new SplittableRandom(3).nextBytes(samples);
        return new RgbImage(80, 60, samples);
    }

    /** Files that are in no file system, as those of a jar within a jar are for its loader. */
    private static final class MemoryLoader extends ClassLoader {
        private final Map<String, byte[]> files;

        MemoryLoader(Map<String, byte[]> files) {
            super(null);
            this.files = files;
        }

        @Override
        protected @Nullable URL findResource(String name) {
            if (!name.startsWith(BundledModel.FOLDER)) {
                return null;
            }
            byte[] content = files.get(name.substring(BundledModel.FOLDER.length()));
            return content == null ? null : url(name, content);
        }

        private static URL url(String name, byte[] content) {
            try {
                return new URL("memory", "", -1, name, new URLStreamHandler() {
                    @Override
                    protected URLConnection openConnection(URL url) {
                        return new URLConnection(url) {
                            @Override
                            public void connect() {}

                            @Override
                            public InputStream getInputStream() {
                                return new ByteArrayInputStream(content);
                            }
                        };
                    }
                });
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
