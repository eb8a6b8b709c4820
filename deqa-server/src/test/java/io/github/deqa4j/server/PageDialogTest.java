package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** One image with its numbers, and two side by side. */
@ExtendWith(Chromium.class)
class PageDialogTest {
    @TempDir
    private Path folder;

    @Test
    void anImageIsShownWithItsLevelsAndItsHeatMap(BrowserTab tab) {
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("a.png", 255), image("b.png", 0));
            tab.run("document.querySelector('.card').click()");
            assertThat(tab.text("details-result"))
                    .contains("4.88 of 5, std 0.33", "excellent88 %", "good12 %", "30 × 20 pixels");
            assertThat(tab.textOf("document.getElementById('previous').ariaDisabled"))
                    .isEqualTo("true");
            tab.await("document.getElementById('details-image').naturalWidth === 30");

            server.busy.set(2);
            tab.click("heatmap");
            tab.await("document.getElementById('details-image').naturalHeight > 20"); // with the legend
            assertThat(tab.textOf("document.getElementById('details-image').alt"))
                    .isEqualTo("Heat map of a.png");
            tab.click("heatmap");
            tab.await("document.getElementById('details-image').naturalHeight === 20");

            tab.click("next");
            assertThat(tab.text("details-name")).isEqualTo("b.png");
            tab.click("mark");
            tab.press(Keys.ESCAPE);
            assertThat(tab.text("compare")).isEqualTo("Compare (1 of 2 marked)");
        }
    }

    @Test
    void aModelThatCannotDrawHeatMapsOffersNone(BrowserTab tab) {
        try (PageServer server = PageServer.withoutMaps()) {
            tab.open(server);
            tab.score(image("a.png", 255));
            tab.run("document.querySelector('.card').click()");
            assertThat(tab.isShown("mark")).isTrue();
            assertThat(tab.isShown("heatmap")).isFalse();
        }
    }

    @Test
    void twoImagesAreZoomedAndMovedTogether(BrowserTab tab) {
        String transforms = "[...document.querySelectorAll('.pane img')].map((image) => image.style.transform)";
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("a.png", 0), image("b.png", 255), image("c.png", 128));
            assertThat(tab.is("document.getElementById('compare').disabled")).isTrue();
            tab.mark("a.png", "b.png");
            tab.click("compare");
            assertThat(tab.text("comparison-title")).isEqualTo("b.png scores 3.76 higher");
            assertThat(tab.focused()).isEqualTo("panes");
            tab.press("+", "+", Keys.ARROW_LEFT);
            assertThat(tab.text("zoom")).isEqualTo("156 %");
            assertThat(tab.textsOf(transforms))
                    .hasToString("[translate(10%, 0%) scale(1.5625), translate(10%, 0%) scale(1.5625)]");
            tab.press(Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_LEFT); // no farther than the image's edge
            assertThat(tab.textsOf(transforms))
                    .hasToString("[translate(28.125%, 0%) scale(1.5625), translate(28.125%, 0%) scale(1.5625)]");
            tab.press("0");
            assertThat(tab.textsOf(transforms)).hasToString("[translate(0%, 0%) scale(1), translate(0%, 0%) scale(1)]");
            tab.press(Keys.ESCAPE);
            assertThat(tab.focused()).isEqualTo("compare");
        }
    }

    @Test
    void theFocusStaysInADialog(BrowserTab tab) {
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("a.png", 0));
            tab.run("document.querySelector('.card').click()");
            for (int i = 0; i < 12; i++) {
                tab.press(Keys.TAB);
                assertThat(tab.is("document.activeElement === document.body"
                                + " || document.getElementById('details').contains(document.activeElement)"))
                        .isTrue();
            }
        }
    }

    private Path image(String name, int gray) {
        return GrayScorer.image(folder, name, gray);
    }
}
