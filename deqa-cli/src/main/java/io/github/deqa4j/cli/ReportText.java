package io.github.deqa4j.cli;

import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.torch.load.ModelReport;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A {@link ModelReport} in words, and whether the model tells how far its scores can be relied on. */
final class ReportText {
    private static final int NAMES_SHOWN = 20;
    private static final double MIB = 1 << 20;

    private ReportText() {}

    static String of(ModelReport report, Optional<ReliabilityFile> reliability) {
        return line("model", report.model())
                + line("architecture", report.architecture())
                + line("format", report.format())
                + line("parameters", count(report.parameters()) + " (" + counts(report.parametersByPart()) + ")")
                + line("tensors", count(report.tensors()))
                + line("number formats", counts(report.parametersByDtype()))
                + line("size", String.format(Locale.ROOT, "%,.1f MiB", report.bytes() / MIB))
                + quantization(report)
                + reliability.map(ReportText::reliability).orElse("")
                + names("missing", report.missing())
                + names("unknown", report.unknown())
                + names("wrong shape", report.misshapen());
    }

    private static String quantization(ModelReport report) {
        return report.quantizedLayers() == 0
                ? ""
                : line("quantized", "8-bit integers in " + count(report.quantizedLayers()) + " linear layers")
                        + names("not quantized", report.keptLayers());
    }

    private static String reliability(ReliabilityFile file) {
        return line(
                "reliability",
                String.format(
                        Locale.ROOT,
                        "intervals of %.0f %%, familiarity along %d axes",
                        100 * file.interval().coverage(),
                        file.familiarity().axes()));
    }

    private static String line(String what, String value) {
        return String.format(Locale.ROOT, "%-15s %s%n", what, Printable.visible(value));
    }

    private static String names(String what, List<String> names) {
        if (names.isEmpty()) {
            return line(what, "none");
        }
        String more = names.size() > NAMES_SHOWN ? line("", "and " + (names.size() - NAMES_SHOWN) + " more") : "";
        return line(what, count(names.size()))
                + names.stream().limit(NAMES_SHOWN).map(name -> line("", name)).collect(Collectors.joining())
                + more;
    }

    private static String counts(Map<String, Long> counts) {
        return counts.entrySet().stream()
                .map(entry -> entry.getKey() + " " + count(entry.getValue()))
                .collect(Collectors.joining(", "));
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
