package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** The list of images: sorted, filtered, exported, and used by keyboard. */
@ExtendWith(Chromium.class)
class PageListTest {
    @TempDir
    private Path folder;

    @Test
    void imagesAreSortedByScoreStdNameAndOrder(BrowserTab tab) throws IOException {
        Path broken = Files.writeString(folder.resolve("img5.png"), "no image");
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("img10.png", 95), broken, image("img9.png", 255), image("img2.png", 128));

            assertThat(tab.names()).containsExactly("img10.png", "img5.png", "img9.png", "img2.png");
            assertThat(sorted(tab, "score-down")).containsExactly("img9.png", "img2.png", "img10.png", "img5.png");
            assertThat(sorted(tab, "score-up")).containsExactly("img10.png", "img2.png", "img9.png", "img5.png");
            assertThat(sorted(tab, "std-up")).containsExactly("img9.png", "img2.png", "img10.png", "img5.png");
            assertThat(sorted(tab, "std-down")).containsExactly("img10.png", "img2.png", "img9.png", "img5.png");
            assertThat(sorted(tab, "name-up")).containsExactly("img2.png", "img5.png", "img9.png", "img10.png");
            assertThat(sorted(tab, "name-down")).containsExactly("img10.png", "img9.png", "img5.png", "img2.png");
            assertThat(sorted(tab, "order")).containsExactly("img10.png", "img5.png", "img9.png", "img2.png");

            tab.set("sort", "score-down");
            tab.score(image("img1.png", 200)); // takes its place among the others
            assertThat(tab.names()).containsExactly("img9.png", "img1.png", "img2.png", "img10.png", "img5.png");
        }
    }

    @Test
    void imagesAreFilteredByNameAndScore(BrowserTab tab) {
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("Beach 1.png", 0), image("beach 2.png", 128), image("hill.png", 255));
            tab.set("name", "BEACH");
            assertThat(tab.names()).containsExactly("Beach 1.png", "beach 2.png");
            assertThat(tab.text("shown")).isEqualTo("Showing 2 of 3");
            tab.set("least", "2");
            assertThat(tab.names()).containsExactly("beach 2.png");
            assertThat(tab.text("export")).isEqualTo("Export CSV (1)");
            tab.set("name", "");
            tab.set("least", "1.12"); // as the score of the first is shown, which is 1.1197
            assertThat(tab.names()).hasSize(3);
            tab.set("least", "4");
            assertThat(tab.names()).containsExactly("hill.png");
            tab.set("most", "1");
            assertThat(tab.names()).isEmpty();
            assertThat(tab.isShown("no-match")).isTrue();
            tab.click("show-all");
            assertThat(tab.names()).hasSize(3);
            assertThat(tab.text("shown")).isEmpty();
        }
    }

    @Test
    void exportedValuesAreQuotedAndHarmless(BrowserTab tab) throws IOException, InterruptedException {
        Path out = Files.createDirectory(folder.resolve("out"));
        Path broken = Files.writeString(folder.resolve("-broken.png"), "no image");
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("=1+1.png", 255), image("a, \"b\".png", 255), image("ü 1.png", 255), broken);
            tab.set("sort", "name-down");
            List<String> names = tab.names();
            List<String> rows = Files.readAllLines(tab.download("export", out, "scores.csv"));

            assertThat(rows).hasSize(5);
            assertThat(rows.get(0))
                    .isEqualTo(
                            "path,score,std,interval_low,interval_high,unfamiliar,excellent,good,fair,poor,bad,width,height,ms,error,model");
            assertThat(rows).anyMatch(row -> row.startsWith("'=1+1.png,4.88"));
            assertThat(rows).anyMatch(row -> row.startsWith("\"a, \"\"b\"\".png\",4.88"));
            assertThat(rows)
                    .anyMatch(row -> row.startsWith("ü 1.png,4.88")
                            && row.contains(",30,20,1.5,,model=grays:0000000000000000 precision=float32 prompt=none"));
            assertThat(rows).contains("'-broken.png,,,,,,,,,,,,,,this is no image; send a PNG file,");
            assertThat(rows.get(1)).startsWith(names.get(0)); // in the order of the page
            double sum = Stream.of(rows.get(1).split(","))
                    .skip(6)
                    .limit(5)
                    .mapToDouble(Double::parseDouble)
                    .sum();
            assertThat(sum).isCloseTo(1, within(1e-12)); // all digits
        }
    }

    @Test
    void theListIsUsedByKeyboardAlone(BrowserTab tab) {
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(
                    image("a.png", 0),
                    image("b.png", 50),
                    image("c.png", 100),
                    image("d.png", 150),
                    image("e.png", 200),
                    image("f.png", 250));
            tab.run("document.getElementById('clear').focus()");
            tab.press(Keys.TAB);
            assertThat(tab.focused()).isEqualTo("list");
            assertThat(tab.active()).isEqualTo("a.png");
            tab.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT, Keys.ARROW_LEFT);
            assertThat(tab.active()).isEqualTo("b.png");
            tab.press(Keys.HOME, Keys.ARROW_DOWN); // the sixth begins the second row
            assertThat(tab.active()).isEqualTo("f.png");
            tab.press(Keys.ARROW_RIGHT);
            assertThat(tab.active()).isEqualTo("f.png");
            tab.press(Keys.ARROW_UP, Keys.END, Keys.PAGE_UP);
            assertThat(tab.active()).isEqualTo("a.png");
            assertThat(tab.textOf("getComputedStyle(document.querySelector('.active')).outlineStyle"))
                    .isEqualTo("solid");

            tab.press(Keys.SPACE, Keys.ARROW_RIGHT, Keys.SPACE, Keys.ARROW_RIGHT, Keys.SPACE);
            assertThat(tab.textsOf("[...document.querySelectorAll('[aria-selected=true] .name')]"
                            + ".map((name) => name.textContent)"))
                    .hasToString("[b.png, c.png]"); // the oldest of three went
            tab.press(Keys.ENTER);
            assertThat(tab.text("details-name")).isEqualTo("c.png");
            tab.press(Keys.ARROW_RIGHT);
            assertThat(tab.text("details-name")).isEqualTo("d.png");
            tab.press(Keys.ESCAPE);
            assertThat(tab.focused()).isEqualTo("list");
            assertThat(tab.active()).isEqualTo("d.png");

            tab.set("sort", "score-down"); // moves all cards
            assertThat(tab.focused()).isEqualTo("list");
            assertThat(tab.active()).isEqualTo("d.png");
        }
    }

    private static List<String> sorted(BrowserTab tab, String order) {
        tab.set("sort", order);
        return tab.names();
    }

    private Path image(String name, int gray) {
        return GrayScorer.image(folder, name, gray);
    }
}
