package io.github.deqa4j.report;

import io.github.deqa4j.metric.Comparison;
import io.github.deqa4j.metric.EvaluationTable;

/** How evaluations and comparisons are written. */
public enum ReportFormat {
    /** Columns for people, four decimals. */
    TABLE {
        @Override
        public String write(EvaluationTable table) {
            return PlainText.write(EvaluationGrids.withIntervalsBelow(table)) + EvaluationGrids.caption(table) + "\n\n"
                    + PlainText.write(SpreadGrid.of(table.reports())) + SpreadGrid.CAPTION + "\n";
        }

        @Override
        public String write(Comparison comparison) {
            return PlainText.write(ComparisonGrids.forPeople(comparison)) + ComparisonGrids.caption(comparison) + "\n";
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
            return Csv.write(EvaluationGrids.forPrograms(table));
        }

        @Override
        public String write(Comparison comparison) {
            return Csv.write(ComparisonGrids.forPrograms(comparison));
        }
    },

    /** A tabular environment, four decimals. */
    LATEX {
        @Override
        public String write(EvaluationTable table) {
            return Latex.write(EvaluationGrids.withIntervalsBelow(table), EvaluationGrids.caption(table));
        }

        @Override
        public String write(Comparison comparison) {
            return Latex.write(ComparisonGrids.forPeople(comparison), ComparisonGrids.caption(comparison));
        }
    };

    /** An evaluation as text that ends with a newline. */
    public abstract String write(EvaluationTable table);

    /** A comparison as text that ends with a newline. */
    public abstract String write(Comparison comparison);
}
