package io.github.deqa4j.benchmarks;

import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What several threads gain that share a scorer, and what memory that costs: {@code ThreadedScoring IMAGE MAX_PASSES THREADS
 * SCORES_PER_THREAD}, with the model that ships. Each score decodes the image, as a service does.
 */
public final class ThreadedScoring {
    private static final double NANOS = 1e9;
    private static final int WARM_UP = 8;
    private static final Path STATUS = Path.of("/proc/self/status");

    private ThreadedScoring() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        int passes = Integer.parseInt(args[1]);
        int threads = Integer.parseInt(args[2]);
        int scores = Integer.parseInt(args[3]);
        try (Scorer scorer =
                Scorers.open(ModelSource.bundled(), ScorerSettings.defaults().withMaxPasses(passes))) {
            Path image = Path.of(args[0]);
            IntStream.range(0, WARM_UP).forEach(i -> scorer.score(image));
            long start = System.nanoTime();
            Thread[] all = IntStream.range(0, threads)
                    .mapToObj(i -> new Thread(() -> IntStream.range(0, scores).forEach(j -> scorer.score(image))))
                    .toArray(Thread[]::new);
            for (Thread thread : all) {
                thread.start();
            }
            for (Thread thread : all) {
                thread.join();
            }
            double seconds = (System.nanoTime() - start) / NANOS;
            System.out.printf(
                    Locale.ROOT,
                    "%d passes at once, %d threads: %.2f images a second%n",
                    passes,
                    threads,
                    threads * scores / seconds);
        }
        try (Stream<String> lines = Files.lines(STATUS)) {
            lines.filter(line -> line.startsWith("VmHWM")).forEach(System.out::println);
        }
    }
}
