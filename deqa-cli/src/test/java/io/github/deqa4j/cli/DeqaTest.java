package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The command line as a whole. */
class DeqaTest {
    @Test
    void helpKnowsEveryCommand() {
        assertThat(Shell.deqa("help")).isEqualTo(Shell.deqa("--help"));
        assertThat(Shell.deqa("help").out())
                .contains("score")
                .contains("completion")
                .contains("dev ");
        assertThat(Shell.deqa("help", "score")).isEqualTo(Shell.deqa("score", "--help"));
        assertThat(Shell.deqa("help", "score").out()).startsWith("Usage: deqa score");
    }

    @Test
    void aMistypedWordIsAnsweredWithTheNearest() {
        assertUsage("\"scroe\" is no command of deqa; did you mean score? (deqa --help tells more)", "scroe", "a.png");
        assertUsage(
                "\"verify\" is no command of deqa; did you mean deqa dev verify? (deqa --help tells more)",
                "verify",
                "dir");
        assertUsage(
                "\"verfy\" is no command of deqa dev; did you mean verify? (deqa dev --help tells more)",
                "dev",
                "verfy");
        assertUsage("a command is needed, such as deqa dev verify DIR (deqa dev --help tells more)", "dev");
        assertUsage("\"photo.jpg\" is no command of deqa (deqa --help tells more)", "photo.jpg");
        assertUsage(
                "\"evaluat\" is no command of deqa; did you mean evaluate? (deqa --help tells more)",
                "help",
                "evaluat");
        assertUsage(
                "deqa score has no option \"--fromat\"; did you mean --format? (deqa score --help tells more)",
                "score",
                "--fromat=csv",
                "a.png");
        assertUsage(
                "deqa train has no option \"--lauched\" (deqa train --help tells more)",
                "train",
                "--config",
                "x",
                "--lauched");
        assertUsage(
                "deqa evaluate has no option \"--result\"; did you mean --results? (deqa evaluate --help tells more)",
                "evaluate",
                "--result",
                "x");
        assertUsage(
                "deqa inspect has no use for \"dir\"; put a name with spaces in quotes (deqa inspect --help tells more)",
                "inspect",
                "my",
                "dir");
    }

    @Test
    void whatWasTypedIsShownOnOneLine() {
        assertUsage("\"a\\n\\u001b[31m\" is no command of deqa (deqa --help tells more)", "a\n\u001b[31m");
    }

    private static void assertUsage(String problem, Object... words) {
        assertThat(Shell.deqa(words)).isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: " + problem + "\n"));
    }
}
