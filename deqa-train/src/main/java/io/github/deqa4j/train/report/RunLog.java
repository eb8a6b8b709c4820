package io.github.deqa4j.train.report;

import io.github.deqa4j.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;

/** The logs of a run: {@code log.csv}, {@code evaluations.csv} and {@code curves.html}. */
public final class RunLog implements AutoCloseable {
    private final Path stepFile;
    private final Path evaluationFile;
    private final Path page;
    private final CsvLog steps;
    private final CsvLog evaluations;

    /**
     * Opens the files.
     *
     * @param doneSteps number of steps done before, whose rows are kept
     * @param evaluated the step of the last evaluation before
     */
    public RunLog(Path directory, int doneSteps, int evaluated) {
        stepFile = directory.resolve("log.csv");
        evaluationFile = directory.resolve("evaluations.csv");
        page = directory.resolve("curves.html");
        steps = new CsvLog(stepFile, StepRow.COLUMNS, doneSteps);
        evaluations = new CsvLog(evaluationFile, EvaluationRow.COLUMNS, evaluated);
    }

    public void step(StepRow row) {
        steps.append(row.step(), row.values());
    }

    public void evaluation(EvaluationRow row) {
        evaluations.append(row.step(), row.srcc(), row.plcc());
    }

    /** Draws the curves of what is logged so far. */
    public void draw() {
        List<double[]> rows = CsvLog.read(stepFile);
        List<double[]> evaluated = CsvLog.read(evaluationFile);
        AtomicFile.write(page, CurvesPage.orNotice(() -> CurvesPage.html(rows, evaluated)));
    }

    @Override
    public void close() {
        steps.close();
        evaluations.close();
    }
}
