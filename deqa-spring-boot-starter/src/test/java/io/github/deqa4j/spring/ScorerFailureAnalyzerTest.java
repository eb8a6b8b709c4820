package io.github.deqa4j.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.score.Scorer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stands in the log of an application that does not start. */
@ExtendWith(OutputCaptureExtension.class)
class ScorerFailureAnalyzerTest {
    @Test
    void aWrongValueIsASentenceThatNamesThePropertyAndItsPlace(CapturedOutput output) {
        assertFails(Empty.class, "--deqa.max-pixels=0");

        assertThat(output)
                .contains(
                        "Description:\n\ndeqa.max-pixels (\"deqa.max-pixels\" from property source \"commandLineArgs\"): "
                                + "maxPixels is 0; it must be from 1 to 715827882\n",
                        "Action:\n\nCorrect deqa.max-pixels, or ")
                .doesNotContain("\tat ");
    }

    @Test
    void aModelThatCannotBeLoadedIsTheModelsProperty(CapturedOutput output) {
        assertFails(Empty.class, "--deqa.model=/there/is/none");

        assertThat(output)
                .containsPattern("Description:\n\ndeqa\\.model \\(.*\\): /there/is/none.*\n\nAction:")
                .doesNotContain("\tat ");
    }

    @Test
    void aDefaultHasNoPlace(CapturedOutput output) {
        assertFails(Empty.class, "--deqa.prompt=evaluation");

        assertThat(output).contains("Description:\n\ndeqa.prompt (").doesNotContain("\tat ");
    }

    @Test
    void aModelThatGivesNoScoreIsTold(CapturedOutput output) {
        assertFails(Broken.class);

        assertThat(output)
                .contains("Description:\n\nweights are NaN\n\nAction:")
                .doesNotContain("\tat ");
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DeqaAutoConfiguration.class)
    static class Empty {}

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DeqaAutoConfiguration.class)
    static class Broken {
        @Bean
        Scorer broken() {
            return new RecordingScorer().failing(new UnusableModelException("weights are NaN"));
        }
    }

    private static void assertFails(Class<?> application, String... arguments) {
        SpringApplicationBuilder builder = new SpringApplicationBuilder(application);
        assertThatThrownBy(() -> builder.run(arguments)).isNotNull();
    }
}
