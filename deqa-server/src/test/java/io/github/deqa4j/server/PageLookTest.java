package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;

/** Colors, narrow screens, accessibility, the content security policy, and many images. */
@ExtendWith(Chromium.class)
class PageLookTest {
    private static final int MANY = 500;

    @TempDir
    private Path folder;

    @Test
    void aUserWhoPrefersDarkGetsLightOnDark(BrowserTab tab) {
        String colors =
                "(({ backgroundColor, color }) => backgroundColor + ' ' + color)(getComputedStyle(document.body))";
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            assertThat(tab.textOf(colors)).isEqualTo("rgb(241, 241, 241) rgb(29, 31, 33)");
            tab.preferColors("dark");
            assertThat(tab.textOf(colors)).isEqualTo("rgb(22, 23, 24) rgb(236, 237, 237)");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {320, 390})
    void nothingIsWiderThanAPhone(int width, BrowserTab tab) {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.width(width);
            assertThat(fits(tab, width)).isTrue();
            tab.click("look-closer");
            tab.score(GrayScorer.largeImage(folder, "large.png", 0, 255));
            assertThat(fits(tab, width)).isTrue();
            tab.run("document.querySelector('.card').click()");
            tab.click("close-up");
            tab.await("!document.getElementById('details-part').hidden");
            assertThat(fits(tab, width)).isTrue();
            assertThat(tab.textOf("document.getElementById('details-part').offsetHeight"))
                    .isEqualTo("512"); // cut off, and not shrunk
            tab.press(Keys.ESCAPE);
            tab.score(
                    image("a name that is much longer than a phone is wide, without an end in sight.png", 0),
                    image("b.png", 9));
            tab.run("document.getElementById('tools').open = true");
            assertThat(fits(tab, width)).isTrue();
            tab.run("document.querySelector('.card').click()");
            assertThat(fits(tab, width)).isTrue();
            tab.click("mark");
            tab.click("next");
            tab.click("mark");
            tab.press(Keys.ESCAPE);
            tab.click("compare");
            assertThat(fits(tab, width)).isTrue();
        }
    }

    /** Whether neither the page nor an open dialog can be scrolled sideways. */
    private static boolean fits(BrowserTab tab, int width) {
        return tab.is(
                "document.documentElement.scrollWidth <= arguments[0] &&"
                        + " [...document.querySelectorAll('dialog[open]')].every((dialog) => dialog.scrollWidth <="
                        + " dialog.clientWidth && dialog.offsetWidth <= arguments[0])",
                width);
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void axeFindsNothing(String scheme, BrowserTab tab) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.preferColors(scheme);
            tab.run(axe());
            assertThat(violations(tab)).isEmpty();
            tab.score(image("a.png", 0), image("b.png", 255), broken);
            assertThat(violations(tab)).isEmpty();
            tab.mark("a.png", "b.png");
            tab.click("compare");
            assertThat(violations(tab)).isEmpty();
            tab.press(Keys.ESCAPE);
            tab.run("document.querySelector('.card').click()");
            assertThat(violations(tab)).isEmpty();
            tab.press(Keys.ESCAPE);
            tab.click("look-closer");
            tab.score(GrayScorer.largeImage(folder, "large.png", 0, 255));
            assertThat(violations(tab)).isEmpty();
            tab.run("document.querySelector('.card:last-child').click()");
            tab.click("close-up");
            tab.await("!document.getElementById('details-part').hidden");
            assertThat(violations(tab)).isEmpty();
            tab.press(Keys.ESCAPE);
            tab.click("clear");
            assertThat(violations(tab)).isEmpty();
        }
    }

    private static String axe() throws IOException {
        try (InputStream script =
                Objects.requireNonNull(PageLookTest.class.getResourceAsStream("/axe.min.js"), "axe.min.js")) {
            return new String(script.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** What axe objects to, each with the elements that it means. */
    private static List<String> violations(BrowserTab tab) {
        return tab.textsLater(
                "axe.run({ resultTypes: ['violations'] }).then((result) => result.violations.map((violation) =>"
                        + " violation.id + ': ' + violation.nodes.map((node) => node.html + node.failureSummary).join('"
                        + " ')))");
    }

    @Test
    void theBrowserReportsNoErrorAndNoViolationOfThePolicy(BrowserTab tab) throws IOException, InterruptedException {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.score(image("a.png", 0), image("b.png", 255));
            tab.await("document.querySelectorAll('.thumbnail img[src]').length === 2");
            tab.mark("a.png", "b.png");
            tab.click("compare");
            tab.await("[...document.querySelectorAll('.pane img')].every((image) => image.naturalWidth === 30)");
            tab.press(Keys.ESCAPE);
            tab.run("document.querySelector('.card').click()");
            tab.click("heatmap");
            tab.await("document.getElementById('details-image').naturalHeight > 20");
            tab.press(Keys.ESCAPE);
            tab.score(GrayScorer.largeImage(folder, "large.png", 0, 255));
            tab.run("document.querySelector('.card:last-child').click()");
            tab.click("close-up");
            tab.await("document.getElementById('details-part').naturalWidth > 0");
            tab.press(Keys.ESCAPE);
            tab.download("export", folder, "scores.csv");
            assertThat(tab.errors()).isEmpty();

            tab.run("document.body.append(Object.assign(document.createElement('script'), { text: 'window.foreign ="
                    + " true' }))");
            assertThat(tab.is("window.foreign === undefined")).isTrue();
            assertThat(tab.errors()).singleElement().asString().contains("Content Security Policy");
        }
    }

    @Test
    void manyImagesAreScoredAndSorted(BrowserTab tab) {
        Path[] images = IntStream.range(0, MANY)
                .mapToObj(i -> image("many/" + i + ".png", i % 256))
                .toArray(Path[]::new);
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.run("""
                window.longTasks = [];
                new PerformanceObserver((list) => window.longTasks.push(...list.getEntries())).observe({ type: "longtask" });
                """);
            tab.set("sort", "score-down");
            tab.score(images);
            assertThat(tab.text("progress-text")).isEqualTo(MANY + " of " + MANY + " images scored");
            assertThat(tab.names()).hasSize(MANY).startsWith("255.png").endsWith("256.png");
            assertThat(server.scored).hasValue(MANY);
            System.out.println("tasks of more than 50 ms while " + MANY + " images were scored: "
                    + tab.textOf("window.longTasks.map((task) => Math.round(task.duration) + ' ms').join(', ')"));
        }
    }

    private Path image(String name, int gray) {
        return GrayScorer.image(folder, name, gray);
    }
}
