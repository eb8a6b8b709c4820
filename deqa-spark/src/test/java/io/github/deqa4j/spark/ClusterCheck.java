package io.github.deqa4j.spark;

import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Scores photographs with {@link ScoreImages} on a standalone cluster of two workers, and compares each value with {@code deqa score}: in
 * several partitionings, with an executor that is killed, and with a driver that is killed and resumed. {@code dev/spark-cluster} builds and
 * runs it.
 */
final class ClusterCheck {
    private static final int SMALL = 112;
    private static final int LARGE = 1000;
    private static final int LARGE_EVERY = 200;
    private static final int BROKEN_EVERY = 100;
    private static final int MS = 1000;
    private static final List<String> VALUES = List.of(
            "score",
            "std",
            "probabilities.excellent",
            "probabilities.good",
            "probabilities.fair",
            "probabilities.poor",
            "probabilities.bad",
            "width",
            "height",
            "model",
            "unfamiliar",
            "unfamiliarity",
            "transform(faults, f -> concat(f.kind, ' ', f.strength))",
            "view",
            "detail.score",
            "detail.std",
            "detail.worst.score",
            "detail.worst.x",
            "detail.worst.y",
            "detail.worst.width",
            "detail.worst.height",
            "detail.tiles",
            "detail.places",
            "detail.flat");
    private static final Pattern SUMMARY = Pattern.compile("^([0-9,]+) images in .*", Pattern.MULTILINE);

    private final Path folder;
    private final Path images;
    private final int count;
    private final StandaloneCluster cluster;
    private final SparkSession spark;
    private boolean failed;

    private ClusterCheck(Path folder, int count, StandaloneCluster cluster, SparkSession spark) {
        this.folder = folder;
        this.images = folder.resolve("images");
        this.count = count;
        this.cluster = cluster;
        this.spark = spark;
    }

    /** Arguments: an empty folder to work in, a folder of photographs, how many images to make of them. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        Path folder = Path.of(arguments[0]).toAbsolutePath();
        int count = Integer.parseInt(arguments[2]);
        makeImages(Path.of(arguments[1]), folder.resolve("images"), count);
        boolean failed;
        try (StandaloneCluster cluster = new StandaloneCluster(folder, jars("check.spark"), 2, 2);
                SparkSession spark = SparkSession.builder()
                        .master("local[1]")
                        .config("spark.ui.enabled", false)
                        .config("spark.sql.shuffle.partitions", 2)
                        .getOrCreate()) {
            ClusterCheck check = new ClusterCheck(folder, count, cluster, spark);
            check.run();
            failed = check.failed;
        }
        if (failed) {
            System.exit(1);
        }
    }

    private void run() throws IOException, InterruptedException {
        expect();
        score("hundred", List.of("--task-images", "100"), List.of());
        score("one-task", List.of("--task-images", "100000"), List.of());
        score("two-threads", List.of("--task-images", "37"), List.of("--conf", "spark.task.cpus=2"));
        killExecutor();
        killDriver();
    }

    /** Scores the images without Spark. */
    private void expect() throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process deqa = new ProcessBuilder(
                        property("check.program"),
                        "score",
                        "--recursive",
                        "--view",
                        "both",
                        "--output",
                        folder.resolve("expected.jsonl").toString(),
                        images.toString())
                .redirectError(folder.resolve("expected.log").toFile())
                .start();
        deqa.waitFor(); // 1, because some images are broken
        say(String.format("deqa score: %d images in %d s", count, seconds(start)));
    }

    private void score(String name, List<String> more, List<String> settings) throws IOException, InterruptedException {
        long start = System.nanoTime();
        Process job = begin(name, more, settings);
        Memory memory = new Memory();
        while (!job.waitFor(1, TimeUnit.SECONDS)) {
            memory.sample(cluster.executors());
        }
        say(String.format("%s: exit status %d after %d s; %s", name, job.exitValue(), seconds(start), summary(name)));
        memory.report();
        compare(name);
    }

    private void killExecutor() throws IOException, InterruptedException {
        Process job = begin("killed-executor", List.of("--task-images", "50"), List.of());
        await(job, "killed-executor");
        ProcessHandle victim = cluster.executors().get(0);
        victim.destroyForcibly();
        say(String.format("killed-executor: killed process %d after %d tasks", victim.pid(), tasks("killed-executor")));
        job.waitFor();
        say(String.format("killed-executor: exit status %d; %s", job.exitValue(), summary("killed-executor")));
        compare("killed-executor");
    }

    private void killDriver() throws IOException, InterruptedException {
        Process job = begin("killed-driver", List.of("--task-images", "50"), List.of());
        await(job, "killed-driver");
        job.destroyForcibly().waitFor();
        while (!cluster.executors().isEmpty()) {
            Thread.sleep(MS);
        }
        long rows = actual("killed-driver").count();
        long scored = actual("killed-driver").where("score IS NOT NULL").count();
        Process rest = begin("killed-driver", List.of("--task-images", "50", "--resume"), List.of());
        rest.waitFor();
        String summary = summary("killed-driver");
        say(String.format(
                "killed-driver: %d rows of %d were written, %d of them scores; then with --resume: exit status %d; %s",
                rows, count, scored, rest.exitValue(), summary));
        Matcher matcher = SUMMARY.matcher(summary);
        require(
                matcher.find() && Long.parseLong(matcher.group(1).replace(",", "")) == count - scored,
                "only the rest is scored");
        compare("killed-driver");
    }

    /** Waits until some tasks have written their rows. */
    private void await(Process job, String name) throws IOException, InterruptedException {
        while (job.isAlive() && tasks(name) < 4) {
            Thread.sleep(MS);
        }
    }

    private long tasks(String name) throws IOException {
        Path output = output(name);
        if (!Files.isDirectory(output)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(output)) {
            return files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }

    private Process begin(String name, List<String> more, List<String> settings) {
        List<String> arguments =
                new ArrayList<>(List.of("--conf", "spark.deqa.view=both", "--conf", "spark.executor.memory=1g"));
        arguments.addAll(settings);
        List<Path> jars = jars("check.deqa");
        arguments.addAll(List.of(
                "--class",
                ScoreImages.class.getName(),
                "--jars",
                String.join(",", jars.stream().map(Path::toString).toList()),
                property("check.jar"),
                "--input",
                images.toString(),
                "--output",
                output(name).toString()));
        arguments.addAll(more);
        return cluster.submit(name, arguments);
    }

    /** All rows equal those without Spark, to the last bit, and each JVM opened the model once. */
    private void compare(String name) throws IOException {
        Dataset<Row> expected =
                spark.read().json(folder.resolve("expected.jsonl").toString());
        List<Row> wanted = rows(expected, "score_interval[0]", "score_interval[1]");
        List<Row> found = rows(actual(name).where("score IS NOT NULL"), "score_interval.low", "score_interval.high");
        long errors = actual(name)
                .where("error IS NOT NULL")
                .select("path")
                .distinct()
                .count();
        require(found.equals(wanted) && wanted.size() == count - broken(), "all scores are equal");
        require(errors == broken(), "each broken image has an error");
        int opened = 0;
        int most = 0;
        for (Path log : logs()) {
            int times = Files.readString(log).split("Opened bundled", -1).length - 1;
            opened += times;
            most = Math.max(most, times);
        }
        require(most == 1, "no executor opened the model twice");
        say(String.format(
                "%s: %d scores equal to the last bit, %d errors; so far %d executors opened the model, each once",
                name, found.size(), errors, opened));
    }

    private static List<Row> rows(Dataset<Row> rows, String low, String high) {
        return rows.where("error IS NULL")
                .selectExpr(Stream.concat(
                                Stream.of("regexp_replace(path, '^file:/+', '/') AS file", low, high), VALUES.stream())
                        .toArray(String[]::new))
                .orderBy("file")
                .collectAsList();
    }

    private Dataset<Row> actual(String name) {
        return spark.read().parquet(output(name).toString());
    }

    private Path output(String name) {
        return folder.resolve("out-" + name);
    }

    private String summary(String name) throws IOException {
        Matcher matcher = SUMMARY.matcher(Files.readString(cluster.log(name)));
        return matcher.find() ? matcher.group() : "no summary, see " + cluster.log(name);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.walk(cluster.work())) {
            return files.filter(file -> file.endsWith("stderr")).toList();
        }
    }

    private int broken() {
        return (count + BROKEN_EVERY - 1) / BROKEN_EVERY;
    }

    private void require(boolean holds, String what) {
        if (!holds) {
            failed = true;
            say(String.format("NOT TRUE: %s", what));
        }
    }

    /** Copies of photographs in several sizes, in folders and with names that are awkward in paths; some are cut short. */
    private static void makeImages(Path photographs, Path folder, int count) throws IOException {
        List<Path> sources;
        try (Stream<Path> files = Files.walk(photographs)) {
            sources = files.filter(file -> file.toString().matches("(?i).*\\.(jpe?g|png)"))
                    .sorted()
                    .toList();
        }
        for (int i = 0; i < count; i++) {
            Path below = Files.createDirectories(folder.resolve("100% #" + i % 7 + "/a b"));
            Path file = below.resolve(String.format("photo %%20#%05d+?.jpg", i));
            ImageIO.write(scaled(sources.get(i % sources.size()), side(i)), "jpg", file.toFile());
            if (i % BROKEN_EVERY == 0) {
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, Arrays.copyOf(whole, 100));
            }
        }
    }

    private static int side(int i) {
        return i % LARGE_EVERY == 1 ? LARGE : SMALL - i % 50;
    }

    private static BufferedImage scaled(Path source, int side) throws IOException {
        BufferedImage image = Objects.requireNonNull(ImageIO.read(source.toFile()), source.toString());
        double scale = (double) side / Math.max(image.getWidth(), image.getHeight());
        BufferedImage scaled = new BufferedImage(
                (int) Math.ceil(image.getWidth() * scale),
                (int) Math.ceil(image.getHeight() * scale),
                BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = scaled.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(image, 0, 0, scaled.getWidth(), scaled.getHeight(), null);
        graphics.dispose();
        return scaled;
    }

    private static List<Path> jars(String property) {
        return Stream.of(property(property).split(":")).map(Path::of).toList();
    }

    private static String property(String name) {
        return Objects.requireNonNull(System.getProperty(name), name);
    }

    private static long seconds(long start) {
        return TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
    }

    private static void say(String line) {
        System.out.println(line);
    }

    /** What executors hold in memory while a job runs, a value a second. */
    private static final class Memory {
        private static final int PARTS = 6;
        private final Map<Long, List<Long>> megabytes = new TreeMap<>();

        void sample(List<ProcessHandle> executors) {
            for (ProcessHandle executor : executors) {
                try (Stream<String> lines = Files.lines(Path.of("/proc/" + executor.pid() + "/status"))) {
                    lines.filter(line -> line.startsWith("VmRSS:"))
                            .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1000)
                            .forEach(value -> megabytes
                                    .computeIfAbsent(executor.pid(), pid -> new ArrayList<>())
                                    .add(value));
                } catch (IOException e) {
                    // it has ended
                }
            }
        }

        void report() {
            megabytes.forEach((pid, values) -> {
                StringBuilder line = new StringBuilder();
                for (int part = 1; part <= PARTS; part++) {
                    int second = part * values.size() / PARTS;
                    line.append(String.format(" %d s: %d MB", second, values.get(Math.max(0, second - 1))));
                }
                say(String.format("  memory of executor %d after%s", pid, line));
            });
        }
    }
}
