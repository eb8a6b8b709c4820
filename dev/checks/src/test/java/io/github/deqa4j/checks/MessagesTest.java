package io.github.deqa4j.checks;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of the library name settings; only the command line knows its options, its commands and its launcher. */
class MessagesTest {
    /** An option, but for the variables of style sheets; a command; the launcher; a variable of the launcher. */
    private static final Pattern COMMAND_LINE = Pattern.compile(
            "(?<![\\w-]|var\\()--[a-z][a-z0-9-]*+(?!\\s*:)|\\bdeqa [a-z]|\\./deqa\\b|DEQA_[A-Z]+_[A-Z]+");

    @Test
    void theLibraryNeverSpeaksOfTheCommandLine() {
        Map<String, String> found = new TreeMap<>();
        for (JavaClass type : Project.CLASSES) {
            if (isLibrary(type)) {
                for (String text : Project.texts(type)) {
                    if (COMMAND_LINE.matcher(text).find()) {
                        found.put(type.getName(), text);
                    }
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void theTextsOfTheCommandLineAreSeen() {
        assertThat(Project.texts(Project.CLASSES.get(Project.ROOT + ".cli.ScoreCommand")))
                .anyMatch(text -> COMMAND_LINE.matcher(text).find());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "use --precision bf16",
                "--base",
                "give a std (--pseudo-std)",
                "as deqa import writes it",
                "run ./deqa again",
                "set DEQA_JAVA_OPTIONS"
            })
    void anOptionACommandAndAVariableAreOfTheCommandLine(String text) {
        assertThat(text).containsPattern(COMMAND_LINE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "color:var(--ink)",
                ":root{--ink: #111;--c1:#222}",
                "a -- b",
                "a---b",
                "DEQA_COMPACT",
                "deqa_compact",
                "deqa4j wrote it"
            })
    void styleSheetsAndNamesAreNot(String text) {
        assertThat(text).doesNotContainPattern(COMMAND_LINE);
    }

    /** The job for spark-submit is a program with options of its own. */
    private static boolean isLibrary(JavaClass type) {
        return !type.getPackageName().startsWith(Project.ROOT + ".cli")
                && !Project.topLevel(type).getName().equals(Project.ROOT + ".spark.ScoreImages")
                && !type.getPackageName().equals(Project.ROOT + ".testkit");
    }
}
