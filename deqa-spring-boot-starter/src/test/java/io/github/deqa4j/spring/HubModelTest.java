package io.github.deqa4j.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.testkit.HubServer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.ScorerSettings;
import io.github.deqa4j.torch.Scorers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** Applications in processes of their own, since the environment names the hub. */
class HubModelTest {
    private static final String NAME = "owner/compact";
    private static final String MODEL = "--deqa.model=hub:" + NAME;

    @TempDir
    private Path folder;

    private final HubServer server = new HubServer();
    private String commit = "";

    @BeforeEach
    void put() throws IOException {
        commit = server.put(NAME, "main", HubServer.folder(Golden.mini().resolve("compact")));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void aModelOfTheHubIsFetchedAndLaterUsedWithAWarningWhenTheHubIsGone() throws Exception {
        String endpoint = server.endpoint().toString();
        assertThat(run(endpoint, MODEL)).contains("scored by deqa_compact").doesNotContain(" WARN ");

        String warning = NAME + "@main: the hub cannot be reached (its host has no address); check the network, or try"
                + " again later; using the commit " + commit + " of the cache";
        assertThat(run("http://hub.invalid", MODEL))
                .contains("scored by deqa_compact")
                .containsPattern("WARN.* : " + Pattern.quote(warning))
                .contains("told: " + warning);
    }

    @Test
    void aBaseThatCannotBeFetchedIsTheBasesProperty() throws Exception {
        assertThat(run(server.endpoint().toString(), MODEL, "--deqa.base=hub:owner/none"))
                .containsPattern(
                        "Description:\\n\\ndeqa\\.base \\(.*\\): owner/none: the hub has no such repository.*\\n\\nAction:")
                .doesNotContain("\tat ");
    }

    private String run(String endpoint, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Application.class.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HF_"));
        builder.environment().put("HF_ENDPOINT", endpoint);
        builder.environment().put("HF_HOME", folder.toString());
        return new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    /** Scores an image by Spring's scorer, then opens the model without Spring. */
    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(DeqaAutoConfiguration.class)
    static class Application {
        public static void main(String[] args) {
            try (ConfigurableApplicationContext context = SpringApplication.run(Application.class, args)) {
                Scorer scorer = context.getBean(Scorer.class);
                scorer.score(new RgbImage(8, 8, new byte[8 * 8 * 3]));
                System.out.println("scored by " + scorer.model().kind());
            }
            ScorerSettings told = ScorerSettings.defaults().withWarnings(note -> System.out.println("told: " + note));
            Scorers.open(ModelSource.hub(NAME), told).close();
        }
    }
}
