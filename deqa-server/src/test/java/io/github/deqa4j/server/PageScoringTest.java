package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.openqa.selenium.Keys;

/** Images go to the server, and nothing that it answers or does not answer loses one. */
@ExtendWith(Chromium.class)
class PageScoringTest {
    private static final String DROP = """
            const data = new DataTransfer();
            for (const name of arguments[1]) {
              data.items.add(new File([Uint8Array.from(atob(arguments[2]), (c) => c.charCodeAt(0))], name, { type: "image/png" }));
            }
            const init = { bubbles: true, cancelable: true };
            window.dispatchEvent(arguments[0] === "paste"
                ? new ClipboardEvent("paste", { ...init, clipboardData: data })
                : new DragEvent("drop", { ...init, dataTransfer: data }));
            """;

    @TempDir
    private Path folder;

    @Test
    void chosenImagesGetScoreStdAndBars(BrowserTab tab) throws IOException {
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            assertThat(tab.isShown("guide")).isTrue();
            tab.score(image("dark.png", 0), image("light.png", 255));

            assertThat(tab.names()).containsExactly("dark.png", "light.png");
            assertThat(tab.onCards("score")).containsExactly("1.12", "4.88");
            assertThat(tab.onCards("std")).containsExactly("std 0.33", "std 0.33");
            assertThat(tab.textOf("document.querySelectorAll('.card .bars i')[9].title"))
                    .isEqualTo("bad 0 %");
            assertThat(tab.textOf("document.querySelector('.card').getAttribute('aria-label')"))
                    .isEqualTo(
                            "dark.png, score 1.12, std 0.33, excellent 0 %, good 0 %, fair 0 %, poor 12 %, bad 88 %");
            tab.await("document.querySelectorAll('.thumbnail img[src]').length === 2");
            assertThat(tab.text("progress-text")).isEqualTo("2 of 2 images scored");
            assertThat(tab.text("status")).isEqualTo("2 of 2 images scored");
            assertThat(tab.isShown("guide")).isFalse();
        }
    }

    /** The other tests hold a server back, or let it fail; this one tries the real one. */
    @Test
    void thePageAndTheServerUnderstandEachOther(BrowserTab tab) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        try (ScoringServer server = ScoringServer.start(
                () -> new GrayScorer(true), ServerSettings.defaults().withPort(0))) {
            server.awaitReady();
            tab.open(server.address() + "/");
            assertThat(tab.text("model")).isEqualTo("Model grays, float32");
            tab.score(image("light.png", 255), broken);
            assertThat(tab.onCards("score")).containsExactly("4.88", "");
            assertThat(tab.onCards("message").get(1)).contains("this is no image; send a PNG file");
            tab.run("document.querySelector('.card').click()");
            assertThat(tab.text("details-result")).contains("excellent88 %", "30 × 20 pixels", "model=grays:0000");
            tab.click("heatmap");
            tab.await("document.getElementById('details-image').naturalHeight > 20");
        }
    }

    @Test
    void droppedAndPastedImagesAreScoredOnce(BrowserTab tab) throws IOException {
        String png = base64(image("any.png", 255));
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.run(DROP, "drop", List.of("a.png", "b.png"), png);
            tab.awaitEnd(2);
            tab.run(DROP, "paste", List.of("image.png"), png);
            tab.awaitEnd(3);
            assertThat(tab.names()).containsExactly("a.png", "b.png", "pasted-1.png");

            tab.score(folder.resolve("any.png"));
            tab.choose(folder.resolve("any.png"));
            tab.await("document.getElementById('left-out').textContent !== ''");
            assertThat(tab.text("left-out")).isEqualTo("0 images added; 1 of them is in the list already.");
            assertThat(tab.names()).hasSize(4);
        }
    }

    @Test
    void aFolderIsReadWithTheFoldersBelow(BrowserTab tab) throws IOException {
        image("trip/day 1/b.png", 10);
        image("trip/a.png", 20);
        Files.writeString(folder.resolve("trip/notes.txt"), "no image");
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.chooseFolder(folder.resolve("trip"));
            tab.awaitEnd(2);
            assertThat(tab.names()).containsExactlyInAnyOrder("trip/a.png", "trip/day 1/b.png");
            assertThat(tab.text("left-out")).isEqualTo("2 images added; 1 other file is no image and was left out.");
        }
    }

    @Test
    void anUnreadableImageSaysTheServersSentence(BrowserTab tab) throws IOException {
        Path broken = Files.writeString(folder.resolve("broken.png"), "no image");
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            tab.score(image("good.png", 100), broken);
            assertThat(tab.onCards("message")).containsExactly("", "Error: this is no image; send a PNG file");
            assertThat(tab.text("progress-text")).isEqualTo("1 of 2 images scored, 1 failed");
            tab.await("document.querySelector('.unseen')");

            tab.click("errors");
            assertThat(tab.names()).containsExactly("broken.png");
            tab.press(Keys.SPACE);
            assertThat(tab.names()).hasSize(2);
        }
    }

    @Test
    void failedImagesAreSentAgainWhenAsked(BrowserTab tab) {
        try (PageServer server = PageServer.start()) {
            server.failing.set(2);
            tab.open(server);
            tab.score(images(2));
            assertThat(tab.onCards("message")).containsOnly("Error: an error in the server itself");
            assertThat(tab.text("retry")).isEqualTo("Retry failed (2)");
            tab.click("retry");
            tab.await("document.querySelectorAll('[data-state=scored]').length === 2");
            assertThat(tab.onCards("message")).containsOnly("");
            assertThat(tab.isShown("retry")).isFalse();
        }
    }

    @Test
    void aFileThatHasChangedIsNoFaultOfTheServer(BrowserTab tab) throws IOException {
        Path[] files = images(5);
        try (PageServer server = PageServer.start()) {
            server.hold(0);
            tab.open(server);
            tab.choose(files);
            tab.await("document.querySelectorAll('[data-state=sent]').length === 4");
            Files.delete(files[4]);
            server.open();
            tab.awaitEnd(5);
            assertThat(tab.onCards("message"))
                    .containsExactly(
                            "",
                            "",
                            "",
                            "",
                            "Error: This file can no longer be read. It was changed, moved or deleted.");
            assertThat(tab.isShown("gone")).isFalse();
        }
    }

    @Test
    void whatABusyServerRefusesIsSentAgain(BrowserTab tab) {
        try (PageServer server = PageServer.start()) {
            server.busy.set(5);
            tab.open(server);
            tab.score(images(6));
            assertThat(Collections.frequency(tab.onCards("score"), "")).isZero();
            assertThat(tab.onCards("score")).hasSize(6);
            assertThat(server.busy).hasValue(0);
            assertThat(server.scored).hasValue(6);
        }
    }

    @Test
    void aCanceledRunKeepsItsScoresAndGoesOnWhenAsked(BrowserTab tab) throws IOException {
        try (PageServer server = PageServer.start()) {
            server.hold(2);
            tab.open(server);
            tab.choose(images(9));
            tab.await("document.querySelectorAll('[data-state=scored]').length === 2");
            tab.await("document.querySelectorAll('[data-state=sent]').length === 4");
            tab.click("cancel");
            tab.await("document.querySelectorAll('[data-state=waiting]').length === 7");
            assertThat(tab.text("progress-text")).isEqualTo("2 of 9 images scored, canceled");
            assertThat(tab.text("status")).isEqualTo("2 of 9 images scored, canceled");
            assertThat(tab.isShown("cancel")).isFalse();

            server.open();
            assertThat(tab.text("resume")).isEqualTo("Score the other 7");
            tab.click("resume");
            tab.awaitEnd(9);
            assertThat(tab.text("progress-text")).isEqualTo("9 of 9 images scored");
        }
    }

    @Test
    void aServerThatIsGoneIsReportedOnceAndTriedAgainWhenAsked(BrowserTab tab) throws IOException {
        PageServer server = PageServer.start();
        tab.open(server);
        tab.score(images(3));
        server.close();
        tab.choose(image("later-1.png", 1), image("later-2.png", 2));
        tab.await("!document.getElementById('gone').hidden");
        assertThat(tab.text("progress-text")).isEqualTo("3 of 5 images scored");
        assertThat(tab.onCards("message")).containsExactly("", "", "", "Not scored yet", "Not scored yet");
        assertThat(tab.isShown("cancel")).isFalse();

        tab.click("reconnect");
        tab.await("!document.getElementById('gone').hidden");
        try (PageServer again = PageServer.instead(server)) {
            tab.click("reconnect");
            tab.awaitEnd(5);
            assertThat(tab.text("progress-text")).isEqualTo("5 of 5 images scored");
            assertThat(tab.isShown("gone")).isFalse();
            assertThat(again.scored).hasValue(2);
        }
    }

    @Test
    void aKeyIsAskedForAndKeptInTheTabAlone(BrowserTab tab) throws IOException {
        try (PageServer server = PageServer.withKey("secret")) {
            tab.open(server);
            assertThat(tab.focused()).isEqualTo("key");
            tab.choose(images(2));
            tab.press("wrong", Keys.ENTER);
            tab.await("document.getElementById('key-problem').textContent !== ''");
            assertThat(tab.text("key-problem")).isEqualTo("The key that was given is not accepted.");
            assertThat(tab.isShown("key-form")).isTrue();

            tab.press("secret", Keys.ENTER);
            tab.awaitEnd(2);
            assertThat(tab.text("progress-text")).isEqualTo("2 of 2 images scored");
            assertThat(tab.isShown("key-form")).isFalse();
            assertThat(tab.text("model")).isEqualTo("Model grays, float32");
            assertThat(tab.textOf("localStorage.length")).isEqualTo("0");
            assertThat(tab.textOf("document.cookie")).isEmpty();
        }
    }

    @Test
    void leavingWithResultsThatWereNotExportedAsks(BrowserTab tab) throws IOException, InterruptedException {
        String asks = "!window.dispatchEvent(new Event('beforeunload', { cancelable: true }))";
        try (PageServer server = PageServer.start()) {
            tab.open(server);
            assertThat(tab.is(asks)).isFalse();
            tab.score(images(2));
            assertThat(tab.is(asks)).isTrue();
            tab.download("export", folder, "scores.csv");
            assertThat(tab.is(asks)).isFalse();
            tab.click("clear"); // without a question
            assertThat(tab.isShown("guide")).isTrue();

            tab.score(images(2));
            tab.click("clear");
            assertThat(tab.text("removal-text"))
                    .isEqualTo("Remove all 2 images from this page? Not all results were exported.");
            tab.press(Keys.ESCAPE);
            assertThat(tab.names()).hasSize(2);
            tab.click("clear");
            tab.click("remove");
            assertThat(tab.names()).isEmpty();
            assertThat(tab.is(asks)).isFalse();
        }
    }

    private Path[] images(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> image("image-" + i + ".png", 25 * i))
                .toArray(Path[]::new);
    }

    private Path image(String name, int gray) {
        return GrayScorer.image(folder, name, gray);
    }

    private static String base64(Path file) throws IOException {
        return Base64.getEncoder().encodeToString(Files.readAllBytes(file));
    }
}
