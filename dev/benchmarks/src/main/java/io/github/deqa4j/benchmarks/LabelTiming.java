package io.github.deqa4j.benchmarks;

import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.label.LabelMethod;
import io.github.deqa4j.label.LabelSettings;
import io.github.deqa4j.label.LabelSummary;
import io.github.deqa4j.label.MosScale;
import io.github.deqa4j.label.SoftLabel;
import io.github.deqa4j.label.SoftLabelBuilder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Time to label a data set by each method and to sum up, the first time and the fifth: {@code LabelTiming mos.json}. */
public final class LabelTiming {
    private static final int RUNS = 5;
    private static final double NANOS_PER_MS = 1e6;

    private LabelTiming() {}

    public static void main(String[] args) {
        MosFile mos = MosFile.read(Path.of(args[0]));
        for (LabelMethod method : LabelMethod.values()) {
            for (int run = 1; run <= RUNS; run++) {
                long start = System.nanoTime();
                SoftLabelBuilder builder =
                        new SoftLabelBuilder(LabelSettings.released().withMethod(method), MosScale.of(mos.opinions()));
                List<SoftLabel> labels =
                        mos.opinions().stream().map(builder::build).toList();
                double made = (System.nanoTime() - start) / NANOS_PER_MS;
                LabelSummary.of(labels);
                double summed = (System.nanoTime() - start) / NANOS_PER_MS;
                if (run == 1 || run == RUNS) {
                    System.out.printf(
                            Locale.ROOT,
                            "%s, run %d: %,d labels in %.0f ms, with their summary %.0f ms%n",
                            method,
                            run,
                            labels.size(),
                            made,
                            summed);
                }
            }
        }
    }
}
