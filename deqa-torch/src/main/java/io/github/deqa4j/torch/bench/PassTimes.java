package io.github.deqa4j.torch.bench;

import io.github.deqa4j.torch.bench.BenchmarkReport.Percentiles;
import io.github.deqa4j.torch.bench.BenchmarkReport.StageShare;
import io.github.deqa4j.torch.nn.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the times of passes say. */
final class PassTimes {
    /** Nanoseconds in a millisecond. */
    static final double NANOS_OF_MS = 1e6;

    private static final double NANOS_OF_SECOND = 1e9;

    private final List<Pass> passes;
    private final int batch;
    private final List<Map<Stage, Double>> floors; // of an image of each pass, in milliseconds

    /**
     * The times of some passes.
     *
     * @param passes at least one; all have the same stages
     * @param batch images in each
     * @param speed of the machine that they ran on
     */
    PassTimes(List<Pass> passes, int batch, MachineSpeed speed) {
        this.passes = passes;
        this.batch = batch;
        floors = passes.stream().map(pass -> pass.cost().floorMs(speed, batch)).toList();
    }

    /**
     * A pass of some images from their files to their logits.
     *
     * @param nanos how long it took
     * @param stages how long each of its stages took
     * @param cost what one of the images needs
     */
    record Pass(long nanos, Map<Stage, Long> stages, NetworkCost cost) {
        double nanos(Stage stage) {
            return stages.getOrDefault(stage, 0L);
        }
    }

    double imagesPerSecond() {
        return passes.size() * batch * NANOS_OF_SECOND / total();
    }

    Percentiles passMs() {
        return percentiles(passes, pass -> pass.nanos() / NANOS_OF_MS);
    }

    double imageMs() {
        return passMs().median() / batch;
    }

    double floorMs() {
        return percentiles(
                        floors,
                        floor -> floor.values().stream()
                                .mapToDouble(Double::doubleValue)
                                .sum())
                .median();
    }

    /** The stages that the passes went through, in their order. */
    List<StageShare> stages() {
        return Arrays.stream(Stage.values())
                .filter(passes.get(0).stages()::containsKey)
                .map(this::stage)
                .toList();
    }

    private StageShare stage(Stage stage) {
        String name = stage.toString();
        double imageMs =
                percentiles(passes, pass -> pass.nanos(stage) / NANOS_OF_MS).median() / batch;
        double share = passes.stream().mapToDouble(pass -> pass.nanos(stage)).sum() / total();
        if (!floors.get(0).containsKey(stage)) {
            return new StageShare(name, imageMs, share, null, null);
        }
        double floorMs =
                percentiles(floors, floor -> floor.getOrDefault(stage, 0.0)).median();
        return new StageShare(name, imageMs, share, floorMs, floorMs / imageMs);
    }

    private double total() {
        return passes.stream().mapToDouble(Pass::nanos).sum();
    }

    private static <T> Percentiles percentiles(List<T> of, ToDoubleFunction<T> value) {
        return Percentiles.of(of.stream().mapToDouble(value).toArray());
    }
}
