package io.github.deqa4j.server;

import io.github.deqa4j.testkit.Checkout;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Takes the images of {@code docs/screenshots} of a server that runs with the model that ships. It is no test and runs by name alone:
 * CONTRIBUTING.md has the command.
 */
@ExtendWith(Chromium.class)
class Screenshots {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 850;
    private static final int ZOOM_STEPS = 3;
    private static final Path DOCS = Checkout.root().resolve("docs");
    private static final Path[] IMAGES = Stream.of(
                    "coffee.jpg",
                    "cat.jpg",
                    "rocket.jpg",
                    "coffee-dark.jpg",
                    "cat-blurred.jpg",
                    "coffee-noisy.jpg",
                    "coffee-compressed.jpg")
            .map(DOCS.resolve("pictures")::resolve)
            .toArray(Path[]::new);

    @Test
    void take(BrowserTab tab) throws IOException {
        tab.open(Objects.requireNonNull(System.getProperty("deqa.page"), "-Ddeqa.page=ADDRESS names the server"));
        tab.hideScrollBars();
        tab.screen(WIDTH, HEIGHT);
        tab.score(IMAGES);
        tab.set("sort", "score-down");
        tab.await("document.querySelectorAll('.thumbnail img[src]').length === " + IMAGES.length);
        tab.preferColors("dark");
        screenshot(tab, "dark");
        tab.run("document.querySelector('.card:has([title=\"cat.jpg\"])').click()");
        tab.click("heatmap");
        tab.await("document.getElementById('details-image').alt.startsWith('Heat map')");
        screenshot(tab, "heatmap");
        tab.run("document.getElementById('details').close()");
        tab.preferColors("light");
        tab.mark("coffee.jpg", "coffee-noisy.jpg");
        screenshot(tab, "light");
        tab.click("compare");
        tab.await("[...document.querySelectorAll('.pane img')].every((image) => image.naturalWidth > 0)");
        for (int i = 0; i < ZOOM_STEPS; i++) {
            tab.click("zoom-in");
        }
        screenshot(tab, "compare");
        tab.run("document.getElementById('comparison').close()");
        tab.mark("coffee.jpg", "coffee-noisy.jpg");
        tab.phone();
        tab.set("sort", "score-up");
        tab.run("document.getElementById('tools').open = false");
        tab.run("scrollTo(0, 0)");
        screenshot(tab, "phone");
    }

    private static void screenshot(BrowserTab tab, String name) throws IOException {
        tab.screenshot(DOCS.resolve("screenshots").resolve(name + ".webp"));
    }
}
