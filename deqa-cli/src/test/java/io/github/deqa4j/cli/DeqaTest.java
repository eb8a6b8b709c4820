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
        assertUsage("\"scroe\" is not a deqa command; did you mean score? (deqa --help tells more)", "scroe", "a.png");
        assertUsage("\"sevre\" is not a deqa command; did you mean serve? (deqa --help tells more)", "sevre");
        assertUsage(
                "\"verify\" is not a deqa command; did you mean deqa dev verify? (deqa --help tells more)",
                "verify",
                "dir");
        assertUsage(
                "\"verfy\" is not a deqa dev command; did you mean verify? (deqa dev --help tells more)",
                "dev",
                "verfy");
        assertUsage("a command is needed, such as deqa dev verify DIR (deqa dev --help tells more)", "dev");
        assertUsage("\"photo.jpg\" is not a deqa command (deqa --help tells more)", "photo.jpg");
        assertUsage(
                "\"evaluat\" is not a deqa command; did you mean evaluate? (deqa --help tells more)",
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
    void wrongAndMissingValuesAreToldInWordsOfTheCommand() {
        assertUsage(
                "--format is \"xml\"; it must be table, json, jsonl or csv (deqa score --help tells more)",
                "score",
                "--format",
                "xml",
                "a.png");
        assertUsage("an image is needed: deqa score PATH (deqa score --help tells more)", "score");
        assertUsage("DIR is needed: deqa dev verify DIR (deqa dev verify --help tells more)", "dev", "verify");
        assertUsage("A.jsonl is needed: deqa compare A.jsonl (deqa compare --help tells more)", "compare");
        assertUsage("--config FILE is needed (deqa train --help tells more)", "train");
        assertUsage("--meta FILE, --images DIR, --output FILE are needed (deqa predict --help tells more)", "predict");
    }

    @Test
    void whatWasTypedIsShownOnOneLine() {
        assertUsage("\"a\\n\\u001b[31m\" is not a deqa command (deqa --help tells more)", "a\n\u001b[31m");
    }

    private static void assertUsage(String problem, Object... words) {
        assertThat(Shell.deqa(words)).isEqualTo(new Shell(ExitCode.USAGE, "", "deqa: " + problem + "\n"));
    }
}
