package io.github.deqa4j.checks;

import io.github.deqa4j.testkit.Checkout;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.testkit.SkippedTests;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestPlan;

/** Prints at the end of the last module how many tests of all modules were skipped, and what would run them. */
public final class SkippedTestsSummary implements TestExecutionListener {
    private static final Map<String, String> REASONS = Map.of(
            Golden.VARIABLE,
            Golden.VARIABLE
                    + " is not set (the folder of outputs of the authors' code that are not part of the project)",
            Golden.DATA_VARIABLE,
            Golden.DATA_VARIABLE + " is not set (the folder of training material)",
            "chromium",
            "chromium is not installed (the browser, with chromedriver, that tries the server's page)");

    @Override
    public void testPlanExecutionFinished(TestPlan plan) {
        // Surefire writes System.out to a file; this stream goes to the output of Maven.
        PrintStream maven = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        lines(SkippedTests.sum(Checkout.modules())).forEach(maven::println);
    }

    static List<String> lines(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(count -> line(count.getKey(), count.getValue()))
                .toList();
    }

    private static String line(String prerequisite, int count) {
        return (count == 1 ? "1 test was" : count + " tests were") + " skipped because "
                + REASONS.getOrDefault(prerequisite, prerequisite + " is missing (see CONTRIBUTING.md)");
    }
}
