package io.github.deqa4j.torch.bench;

import io.github.deqa4j.torch.nn.ProcFile;
import io.github.deqa4j.torch.nn.Stage;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was measured. The names of these records are the keys of the report in JSON, with the unit at their end where there is one. A
 * floor is the least time that the machine needs for the products of the network ({@link NetworkCost}), at the speeds that were measured
 * in the same run.
 *
 * @param version the version of deqa4j
 * @param machine where
 * @param model what was measured
 * @param batch images in a pass
 * @param batchReason why so many, in words ({@link io.github.deqa4j.torch.network.BatchSize.Reason})
 * @param runs passes that were measured
 * @param warmUpRuns passes before them
 * @param images different images that took turns
 * @param loadMs time to load the network
 * @param imagesPerSecond images in all runs, divided by the time of all runs, from the encoded image to the logits
 * @param imageMs median time of a pass, divided by the images in it
 * @param passMs time of a pass
 * @param stages what a pass consists of, in its order
 * @param floorMs the floor of an image: the sum of the stages' floors
 * @param shareOfFloor {@code floorMs / imageMs}: 1 would be as fast as the machine can
 * @param memory of this process, before the speed of the machine was measured
 */
public record BenchmarkReport(
        String version,
        Machine machine,
        Model model,
        int batch,
        String batchReason,
        int runs,
        int warmUpRuns,
        int images,
        double loadMs,
        double imagesPerSecond,
        double imageMs,
        Percentiles passMs,
        List<StageShare> stages,
        double floorMs,
        double shareOfFloor,
        Memory memory) {
    private static final double PERCENT = 100;

    /** Copies the list. */
    public BenchmarkReport {
        stages = List.copyOf(stages);
    }

    /**
     * The machine. Its peaks are those of the fastest product that was measured, with two operations for each multiplication with
     * addition.
     *
     * @param processor its name; the kind of its instructions where the system tells no name
     * @param processors how many the system has for this process
     * @param threads how many compute a product together
     * @param java the version of Java
     * @param float32FlopsPerSecond peak of float32
     * @param bf16FlopsPerSecond peak of bf16
     * @param int8FlopsPerSecond peak of 8-bit integers; null if the platform has no such products
     * @param readBytesPerSecond memory that all threads together read
     */
    public record Machine(
            String processor,
            int processors,
            int threads,
            String java,
            @Nullable Double float32FlopsPerSecond,
            @Nullable Double bf16FlopsPerSecond,
            @Nullable Double int8FlopsPerSecond,
            double readBytesPerSecond) {}

    /**
     * The network.
     *
     * @param name where it is
     * @param kind its {@code model_type}
     * @param architecture its sizes in words
     * @param precision in which it computes
     * @param prompt what it is asked: a name or a hash of it; {@code none} if it reads no text
     */
    public record Model(String name, String kind, String architecture, String precision, String prompt) {}

    /**
     * The distribution of some values. Between two values it is interpolated.
     *
     * @param median half of the values are not above it
     * @param percentile90 90 % of the values are not above it
     * @param percentile99 99 % of the values are not above it
     */
    public record Percentiles(double median, double percentile90, double percentile99) {
        private static final double MEDIAN = 50;
        private static final double SLOW = 90;
        private static final double SLOWEST = 99;

        static Percentiles of(double[] values) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            return new Percentiles(at(MEDIAN, sorted), at(SLOW, sorted), at(SLOWEST, sorted));
        }

        private static double at(double percentile, double[] sorted) {
            double place = percentile / PERCENT * (sorted.length - 1);
            int below = (int) place;
            int above = Math.min(below + 1, sorted.length - 1);
            return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
        }
    }

    /**
     * A stage of a pass.
     *
     * @param stage the name of a {@link Stage}
     * @param imageMs median time in a pass, divided by the images in it
     * @param shareOfTime of the time of all runs
     * @param floorMs the floor of an image; null for a stage without products
     * @param shareOfFloor {@code floorMs / imageMs}; null where there is no floor
     */
    public record StageShare(
            String stage,
            double imageMs,
            double shareOfTime,
            @Nullable Double floorMs,
            @Nullable Double shareOfFloor) {}

    /**
     * The memory of the process, null where the system does not tell.
     *
     * @param peakResidentBytes the most that was resident at once, mapped files included
     * @param residentAnonymousBytes memory of its own that was resident after the last run
     * @param residentFileBytes mapped files that were resident then, such as weights that need no conversion
     */
    public record Memory(
            @Nullable Long peakResidentBytes,
            @Nullable Long residentAnonymousBytes,
            @Nullable Long residentFileBytes) {
        static Memory of(ProcFile status) {
            return new Memory(
                    status.bytes("VmHWM").orElse(null),
                    status.bytes("RssAnon").orElse(null),
                    status.bytes("RssFile").orElse(null));
        }
    }
}
