package io.github.deqa4j.report;

import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.EvaluationTable;
import java.util.List;
import java.util.stream.Collectors;

/** How evaluations and comparisons are written. */
public enum ReportFormat {
    /** Columns for people, four decimals. */
    TABLE {
        @Override
        public String write(EvaluationTable table) {
            return EvaluationRows.withIntervalsBelow(table).plainText() + EvaluationRows.caption(table) + "\n\n"
                    + CalibrationRows.of(table.reports()).plainText() + CalibrationRows.CAPTION + "\n"
                    + lines(EvaluationRows.models(table));
        }

        @Override
        public String write(Comparison comparison) {
            return ComparisonRows.forPeople(comparison).plainText() + ComparisonRows.caption(comparison) + "\n"
                    + lines(ComparisonRows.models(comparison));
        }
    },

    /** An object with all digits. */
    JSON {
        @Override
        public String write(EvaluationTable table) {
            return JsonReport.write(table);
        }

        @Override
        public String write(Comparison comparison) {
            return JsonReport.write(comparison);
        }
    },

    /** Comma-separated values with all digits (RFC 4180). */
    CSV {
        @Override
        public String write(EvaluationTable table) {
            return Csv.write(EvaluationRows.forPrograms(table));
        }

        @Override
        public String write(Comparison comparison) {
            return Csv.write(ComparisonRows.forPrograms(comparison));
        }
    },

    /** A tabular environment, four decimals. */
    LATEX {
        @Override
        public String write(EvaluationTable table) {
            return Latex.write(
                    EvaluationRows.withIntervalsBelow(table),
                    EvaluationRows.caption(table),
                    EvaluationRows.models(table));
        }

        @Override
        public String write(Comparison comparison) {
            return Latex.write(
                    ComparisonRows.forPeople(comparison),
                    ComparisonRows.caption(comparison),
                    ComparisonRows.models(comparison));
        }
    };

    /** An evaluation as text that ends with a newline. */
    public abstract String write(EvaluationTable table);

    /** A comparison as text that ends with a newline. */
    public abstract String write(Comparison comparison);

    private static String lines(List<String> texts) {
        return texts.stream().map(text -> TextTable.printable(text) + "\n").collect(Collectors.joining());
    }
}
