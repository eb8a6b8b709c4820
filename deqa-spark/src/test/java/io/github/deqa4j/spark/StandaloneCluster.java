package io.github.deqa4j.spark;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Spark's standalone master and workers as processes of their own on loopback. The folder {@code spark} below the given one is a Spark
 * distribution as far as Spark's artifacts in Maven make one up: its jars.
 */
final class StandaloneCluster implements AutoCloseable {
    private static final Pattern MASTER = Pattern.compile("Starting Spark master at (spark://\\S+)");
    private static final Pattern REGISTERED = Pattern.compile("Successfully registered with master (\\S+)");
    private static final Pattern NEVER = Pattern.compile("(?!)");
    private static final String EXECUTOR = "CoarseGrainedExecutorBackend";
    private static final String HOST = "127.0.0.1";

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final List<Process> workers = new ArrayList<>();
    private final String master;

    StandaloneCluster(Path folder, List<Path> sparkJars, int workers, int cores) throws IOException {
        this.folder = folder;
        Path jars = Files.createDirectories(folder.resolve("spark/jars"));
        for (Path jar : sparkJars) {
            Path link = jars.resolve(jar.getFileName());
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, jar);
        }
        this.master = begin(
                        "master",
                        MASTER,
                        "org.apache.spark.deploy.master.Master",
                        "--host",
                        HOST,
                        "--port",
                        "0",
                        "--webui-port",
                        "0")
                .await();
        for (int i = 0; i < workers; i++) {
            Running worker = begin(
                    "worker" + i,
                    REGISTERED,
                    "org.apache.spark.deploy.worker.Worker",
                    "--host",
                    HOST,
                    "--webui-port",
                    "0",
                    "--cores",
                    "" + cores,
                    "--memory",
                    "2g",
                    "--work-dir",
                    work().toString(),
                    master);
            worker.await();
            this.workers.add(worker.process());
        }
    }

    /** Where the executors write what they log, each to a file {@code stderr}. */
    Path work() {
        return folder.resolve("work");
    }

    /** Begins what {@code spark-submit} begins; its output goes to the file {@code NAME.log}. */
    Process submit(String name, List<String> arguments) {
        return begin(
                        name,
                        NEVER,
                        "org.apache.spark.deploy.SparkSubmit",
                        Stream.concat(Stream.of("--master", master), arguments.stream())
                                .toArray(String[]::new))
                .process();
    }

    Path log(String name) {
        return folder.resolve(name + ".log");
    }

    /** The executors that live now. */
    List<ProcessHandle> executors() {
        return workers.stream()
                .flatMap(worker -> worker.toHandle().children())
                .filter(child -> child.info().commandLine().orElse("").contains(EXECUTOR))
                .toList();
    }

    /** Ends all processes that this began. */
    @Override
    public void close() {
        processes.forEach(process -> process.descendants().forEach(ProcessHandle::destroy));
        processes.forEach(Process::destroy);
    }

    private Running begin(String name, Pattern awaited, String program, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(
                Objects.requireNonNull(System.getProperty("check.jvm")).trim().split("\\s+")));
        command.addAll(List.of("-Xmx1g", "-cp", folder.resolve("spark/jars") + "/*", program));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("SPARK_HOME", folder.resolve("spark").toString());
        builder.environment().put("SPARK_SCALA_VERSION", "2.13"); // the scripts of a distribution know it
        builder.environment().put("SPARK_LOCAL_IP", HOST);
        builder.environment().remove("OMP_NUM_THREADS");
        try {
            Process process = builder.start();
            processes.add(process);
            return new Running(process, follow(process, log(name), awaited));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The first group of the first line that is awaited. */
    private static CompletableFuture<String> follow(Process process, Path log, Pattern awaited) {
        CompletableFuture<String> found = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader();
                            Writer writer = Files.newBufferedWriter(log)) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            writer.write(line + "\n");
                            writer.flush();
                            Matcher matcher = awaited.matcher(line);
                            if (matcher.find()) {
                                found.complete(matcher.group(1));
                            }
                        }
                        found.completeExceptionally(new IOException("see " + log));
                    } catch (IOException e) {
                        found.completeExceptionally(e);
                    }
                },
                "log");
        thread.setDaemon(true);
        thread.start();
        return found;
    }

    private record Running(Process process, CompletableFuture<String> awaited) {
        String await() {
            return awaited.join();
        }
    }
}
