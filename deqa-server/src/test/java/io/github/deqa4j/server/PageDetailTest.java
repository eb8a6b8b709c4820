package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** How far a score can be relied on, and how images look at 100 %. */
@ExtendWith(Chromium.class)
class PageDetailTest {
    /** The gray of a pixel of an image of the page, which is drawn at its own size. */
    private static final String GRAY = """
        (([id, x, y]) => {
          const image = document.getElementById(id);
          const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
          const context = canvas.getContext("2d");
          context.drawImage(image, 0, 0);
          return context.getImageData(x, y, 1, 1).data[0];
        })(arguments)\
        """;

    @TempDir
    private Path folder;

    @Test
    void aScoreHasItsRangeAndWhatIsUnfamiliarIsMarked(BrowserTab tab) {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            assertThat(tab.isShown("guide-range")).isTrue();
            tab.score(GrayScorer.image(folder, "black.png", 0), GrayScorer.image(folder, "gray.png", 128));

            assertThat(tab.onCards("interval")).containsExactly("(1.0–1.5)", "(2.6–3.4)");
            assertThat(tab.onCards("std")).containsExactly("std 0.33", "std 0.46");
            assertThat(tab.textsOf("[...document.querySelectorAll('.card .unfamiliar')].map((mark) => mark.hidden)"))
                    .containsExactly("false", "true");
            assertThat(tab.textOf("document.querySelector('.card .unfamiliar').title"))
                    .isEqualTo("unlike the images the model learned from; the score may mean little");
            assertThat(tab.textsOf("[...document.querySelectorAll('.card')].map((card) => card.ariaLabel)"))
                    .containsExactly(
                            "black.png, score 1.12, range 1.0 to 1.5, unfamiliar: unlike the images the model learned"
                                    + " from; the score may mean little, std 0.33, excellent 0 %, good 0 %, fair 0 %, poor"
                                    + " 12 %, bad 88 %",
                            "gray.png, score 3.01, range 2.6 to 3.4, std 0.46, excellent 0 %, good 11 %, fair 79 %,"
                                    + " poor 10 %, bad 0 %");

            tab.run("document.querySelector('.card').click()");
            assertThat(tab.text("details-result"))
                    .contains(
                            "1.12 of 5 (1.0–1.5), std 0.33",
                            "This image is unfamiliar: unlike the images the model learned from; the score may mean"
                                    + " little.",
                            "Range 1.0–1.5: where people's mean answer lies, 4 of 5 times. Std 0.33: how far single"
                                    + " people disagree.");
        }
    }

    @Test
    void aModelThatTellsNeitherOffersNeither(BrowserTab tab) throws IOException, InterruptedException {
        Path out = Files.createDirectory(folder.resolve("out"));
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            assertThat(tab.isShown("guide-range")).isFalse();
            assertThat(tab.isShown("look")).isFalse();
            tab.score(GrayScorer.largeImage(folder, "large.png", 0, 255));
            assertThat(tab.onCards("interval")).containsExactly("");
            assertThat(tab.textOf("document.querySelectorAll('#sort option:not([hidden])').length"))
                    .isEqualTo("7");
            tab.run("document.querySelector('.card').click()");
            assertThat(tab.isShown("mark")).isTrue();
            assertThat(tab.isShown("close-up")).isFalse();
            tab.run("document.getElementById('details').close()");
            assertThat(Files.readAllLines(tab.download("export", out, "scores.csv"))
                            .get(1))
                    .startsWith("large.png,1.1")
                    .contains(",1200,600,1.5,,model=grays");
        }
    }

    @Test
    void largeImagesAreLookedAtAgainWhenTheSwitchIsTurnedOn(BrowserTab tab) throws IOException, InterruptedException {
        Path out = Files.createDirectory(folder.resolve("out"));
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.score(
                    GrayScorer.image(folder, "small.png", 128),
                    GrayScorer.largeImage(folder, "worse.png", 255, 0),
                    GrayScorer.largeImage(folder, "better.png", 100, 255));
            assertThat(tab.onCards("close-up")).containsOnly("");

            tab.click("look-closer");
            tab.await("[...document.querySelectorAll('.close-up')].filter((line) => line.textContent).length === 2");
            assertThat(tab.onCards("close-up"))
                    .containsExactly("", "At 100 %: 3.00, worst part 1.12", "At 100 %: 3.73, worst part 2.58");
            assertThat(tab.onCards("score")).containsExactly("3.01", "4.88", "2.58"); // stay those of the wholes
            assertThat(server.scored).hasValue(5); // the small one is not sent again
            assertThat(tab.text("progress-text")).isEqualTo("3 of 3 images scored");

            tab.score(GrayScorer.image(folder, "light.png", 255)); // its whole is what is seen at 100 %
            assertThat(sorted(tab, "detail-up")).containsExactly("worse.png", "better.png", "light.png", "small.png");
            assertThat(sorted(tab, "detail-down")).containsExactly("light.png", "better.png", "worse.png", "small.png");
            assertThat(sorted(tab, "worst-up")).containsExactly("worse.png", "better.png", "light.png", "small.png");

            List<String> rows = Files.readAllLines(tab.download("export", out, "scores.csv"));
            assertThat(rows.get(0))
                    .isEqualTo(
                            "path,score,std,interval_low,interval_high,unfamiliar,excellent,good,fair,poor,bad,width,height,"
                                    + "view,detail,worst,worst_x,worst_y,worst_width,worst_height,tiles,places,flat,ms,error,model");
            assertThat(rows.get(1))
                    .startsWith("worse.png,4.88")
                    .contains(",4.48", ",5,false,", ",1200,600,both,", ",1.11", ",688,88,512,512,2,6,1,1.5,,model=")
                    .contains(" view=both:");
            assertThat(rows.get(3)).contains(",30,20,both,4.88", ",0,0,30,20,1,1,0,1.5,,model=");
            assertThat(rows.get(4))
                    .startsWith("small.png,3.0")
                    .contains(",30,20,whole,,,,,,,,,,1.5,,model=")
                    .doesNotContain("view=");
        }
    }

    @Test
    void whatCannotBeLookedAtKeepsItsScoreAndSaysWhy(BrowserTab tab) {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.score(GrayScorer.largeImage(folder, "large.png", 255, 0));
            server.failing.set(1);
            tab.click("look-closer");
            tab.await("document.querySelector('.card .message').textContent.startsWith('Not at 100 %:')");
            assertThat(tab.onCards("message")).containsExactly("Not at 100 %: an error in the server itself");
            assertThat(tab.onCards("score")).containsExactly("4.88");
            assertThat(tab.text("progress-text")).isEqualTo("1 of 1 image scored");

            tab.click("look-closer");
            tab.click("look-closer"); // asks again
            tab.await("document.querySelector('.close-up').textContent");
            assertThat(tab.onCards("message")).containsExactly("");
        }
    }

    @Test
    void imagesThatStillWaitKeepTheirScoreWhenTheSwitchIsTurnedOff(BrowserTab tab) {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            Path[] images = {
                GrayScorer.largeImage(folder, "0.png", 0, 0), GrayScorer.largeImage(folder, "1.png", 1, 1),
                GrayScorer.largeImage(folder, "2.png", 2, 2), GrayScorer.largeImage(folder, "3.png", 3, 3),
                GrayScorer.largeImage(folder, "4.png", 4, 4), GrayScorer.largeImage(folder, "5.png", 5, 5)
            };
            tab.score(images);
            server.hold(0);
            tab.click("look-closer");
            tab.await("document.querySelectorAll('[data-state=sent]').length === 4");
            assertThat(tab.onCards("message")).contains("Looking at 100 % …", "Not at 100 % yet");
            assertThat(tab.text("export")).isEqualTo("Export CSV (6)");
            tab.click("look-closer");
            tab.await("document.querySelectorAll('[data-state=scored]').length === 2");
            server.open();
            tab.awaitEnd(6);
            assertThat(server.scored).hasValue(10); // six wholes, and the four that were under way
        }
    }

    @Test
    void theWorstPartIsOutlinedAndShownAtItsOwnSize(BrowserTab tab) {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.score(GrayScorer.largeImage(folder, "large.png", 255, 77), GrayScorer.image(folder, "small.png", 9));
            tab.run("document.querySelector('.card').click()");
            server.busy.set(1);
            tab.click("close-up");
            tab.await("document.getElementById('details-part').naturalWidth > 0");
            tab.await("document.getElementById('details-image').naturalWidth === 1200");

            assertThat(tab.text("details-note"))
                    .isEqualTo("The outline shows the worst part. Below the image is this part at 100 %.");
            tab.await("document.getElementById('details-result').textContent.includes("
                    + "'At 100 %: 3.53, worst part 2.19. 2 of 6 parts were scored, 1 are flat.')");
            assertThat(tab.textOf("document.getElementById('details-image').alt"))
                    .isEqualTo("large.png with its worst part outlined");
            assertThat(tab.textOf(GRAY, "details-image", 688 + 6, 300)).isEqualTo("255"); // the outline
            assertThat(tab.textOf(GRAY, "details-image", 900, 300)).isEqualTo("77");
            assertThat(tab.textOf("document.getElementById('details-part').offsetWidth"))
                    .isEqualTo("512");
            assertThat(tab.textOf(GRAY, "details-part", 0, 0)).isEqualTo("77");

            tab.click("heatmap");
            tab.await("document.getElementById('details-image').alt === 'Heat map of large.png'");
            assertThat(tab.isShown("details-part")).isFalse();
            assertThat(tab.textOf("document.getElementById('close-up').ariaPressed"))
                    .isEqualTo("false");
            tab.click("close-up"); // without another request
            tab.await("!document.getElementById('details-part').hidden");
            assertThat(server.scored).hasValue(3);
            tab.click("close-up");
            tab.await("document.getElementById('details-image').alt === 'large.png'");
            assertThat(tab.isShown("details-part")).isFalse();

            tab.click("next");
            assertThat(tab.text("details-name")).isEqualTo("small.png");
            assertThat(tab.isShown("close-up")).isFalse();
        }
    }

    /** The small network sees the stored pixels, whatever the EXIF orientation says. */
    @Test
    void theWorstPartIsThatOfTheStoredPixels(BrowserTab tab) throws IOException {
        Path turned = turned(GrayScorer.largeImage(folder, "turned.jpg", 255, 77));
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.score(turned);
            tab.run("document.querySelector('.card').click()");
            tab.await("document.getElementById('details-image').naturalHeight === 1200"); // the browser turns it
            tab.click("close-up");
            tab.await("document.getElementById('details-part').naturalWidth === 512");
            tab.await("document.getElementById('details-image').naturalWidth === 1200");
            assertThat(tab.textOf(GRAY, "details-part", 256, 256)).isEqualTo("77");
            assertThat(tab.textOf(GRAY, "details-image", 100, 300)).isEqualTo("255");
        }
    }

    @Test
    void aFormatThatTheBrowserCannotReadHasItsFiguresAllTheSame(BrowserTab tab) {
        try (PageServer server = PageServer.withDetail()) {
            tab.open(server);
            tab.score(GrayScorer.largeImage(folder, "large.tif", 255, 77));
            tab.run("document.querySelector('.card').click()");
            tab.click("close-up");
            tab.await("document.getElementById('close-up').ariaPressed === 'false'");
            assertThat(tab.text("details-note"))
                    .isEqualTo("This browser cannot show parts of this image. The scores do not depend on it.");
            tab.await("document.getElementById('details-result').textContent.includes('At 100 %: 3.53, worst part"
                    + " 2.19.')");
        }
    }

    private static List<String> sorted(BrowserTab tab, String order) {
        tab.set("sort", order);
        return tab.names();
    }

    /** Puts an EXIF segment into a JPEG file, with the orientation of a camera that was turned by 90 degrees. */
    private static Path turned(Path file) throws IOException {
        byte[] exif = {
            (byte) 0xff,
            (byte) 0xe1,
            0,
            34,
            'E',
            'x',
            'i',
            'f',
            0,
            0, // segment
            'M',
            'M',
            0,
            42,
            0,
            0,
            0,
            8, // TIFF
            0,
            1,
            0x01,
            0x12,
            0,
            3,
            0,
            0,
            0,
            1,
            0,
            6,
            0,
            0, // orientation 6
            0,
            0,
            0,
            0
        };
        byte[] jpeg = Files.readAllBytes(file);
        byte[] whole = new byte[jpeg.length + exif.length];
        System.arraycopy(jpeg, 0, whole, 0, 2);
        System.arraycopy(exif, 0, whole, 2, exif.length);
        System.arraycopy(jpeg, 2, whole, 2 + exif.length, jpeg.length - 2);
        return Files.write(file, whole);
    }
}
