package io.github.deqa4j.cli;

import io.github.deqa4j.torch.bench.BenchmarkReport;
import io.github.deqa4j.torch.bench.BenchmarkReport.Machine;
import io.github.deqa4j.torch.bench.BenchmarkReport.Memory;
import io.github.deqa4j.torch.bench.BenchmarkReport.Model;
import io.github.deqa4j.torch.bench.BenchmarkReport.Percentiles;
import io.github.deqa4j.torch.bench.BenchmarkReport.StageShare;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A {@link BenchmarkReport} for people: a line for each fact, then a table of the stages. */
final class BenchText {
    private static final double GIGA = 1e9;
    private static final double PERCENT = 100;
    private static final String NONE = "-";

    private BenchText() {}

    static String of(BenchmarkReport report) {
        return line("model", model(report.model()))
                + line("architecture", report.model().architecture())
                + line("machine", machine(report.machine()))
                + line("matrix peak", peaks(report.machine()))
                + line("read bandwidth", figure("%.1f GB/s", report.machine().readBytesPerSecond() / GIGA))
                + line("loading", figure("%.0f ms", report.loadMs()))
                + line("speed", figure("%.4g images a second", report.imagesPerSecond()))
                + line("batch", report.batch() + " (" + report.batchReason() + ")")
                + line("a pass of " + report.batch(), pass(report))
                + line("memory", memory(report.memory()))
                + "\n"
                + String.format(
                        Locale.ROOT, "%-10s %10s %7s %10s %10s%n", "stage", "ms/image", "time", "floor ms", "of floor")
                + report.stages().stream().map(BenchText::stage).collect(Collectors.joining())
                + row("all", report.imageMs(), 1.0, report.floorMs(), report.shareOfFloor());
    }

    private static String line(String what, String value) {
        return String.format(Locale.ROOT, "%-15s %s%n", what, Printable.visible(value));
    }

    private static String model(Model model) {
        return model.name() + ", " + model.kind() + ", " + model.precision() + ", prompt " + model.prompt();
    }

    private static String machine(Machine machine) {
        return machine.processor() + ", " + machine.processors() + " processors, " + machine.threads()
                + " threads, Java " + machine.java();
    }

    private static String peaks(Machine machine) {
        return "float32 " + peak(machine.float32FlopsPerSecond()) + ", bf16 " + peak(machine.bf16FlopsPerSecond())
                + ", int8 " + peak(machine.int8FlopsPerSecond()) + " GFLOP/s";
    }

    private static String peak(@Nullable Double flopsPerSecond) {
        return flopsPerSecond == null ? "not known" : figure("%.0f", flopsPerSecond / GIGA);
    }

    private static String pass(BenchmarkReport report) {
        Percentiles ms = report.passMs();
        return String.format(
                Locale.ROOT,
                "median %.4g ms, 90 %% within %.4g, 99 %% within %.4g (%d measured, after %d others)",
                ms.median(),
                ms.percentile90(),
                ms.percentile99(),
                report.runs(),
                report.warmUpRuns());
    }

    private static String memory(Memory memory) {
        return "peak " + size(memory.peakResidentBytes()) + "; after the last run "
                + size(memory.residentAnonymousBytes()) + " of its own and " + size(memory.residentFileBytes())
                + " of mapped files";
    }

    private static String size(@Nullable Long bytes) {
        return bytes == null ? "not known" : figure("%.2f GB", bytes / GIGA);
    }

    private static String stage(StageShare stage) {
        return row(stage.stage(), stage.imageMs(), stage.shareOfTime(), stage.floorMs(), stage.shareOfFloor());
    }

    private static String row(
            String name, double imageMs, double time, @Nullable Double floorMs, @Nullable Double shareOfFloor) {
        return String.format(
                Locale.ROOT,
                "%-10s %10.2f %7s %10s %10s%n",
                name,
                imageMs,
                share(time),
                floorMs == null ? NONE : figure("%.2f", floorMs),
                shareOfFloor == null ? NONE : share(shareOfFloor));
    }

    private static String share(double part) {
        return figure("%.0f %%", PERCENT * part);
    }

    private static String figure(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
