package io.github.deqa4j.server;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openqa.selenium.By;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.logging.LogType;

/** The page in a browser, as its tests use it. */
final class BrowserTab {
    /** How long the browser may take for anything. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final int DESKTOP_WIDTH = 1280;
    private static final int HEIGHT = 800;

    private final ChromeDriver driver;

    BrowserTab(ChromeDriver driver) {
        this.driver = driver;
    }

    void open(PageServer server) {
        open(server.address());
    }

    /** Opens the page on a light desktop. */
    void open(String address) {
        driver.get("about:blank");
        driver.manage().logs().get(LogType.BROWSER); // forgets what earlier tests left
        width(DESKTOP_WIDTH);
        preferColors("light");
        driver.get(address);
        await("document.getElementById('model').textContent !== '' || !document.getElementById('key-form').hidden");
    }

    void width(int pixels) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", pixels, "height", HEIGHT, "deviceScaleFactor", 1, "mobile", false));
    }

    /** Sets what the page learns of the user's preference: {@code light} or {@code dark}. */
    void preferColors(String scheme) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    /** Where the browser puts what it downloads. */
    private void downloadTo(Path folder) {
        driver.executeCdpCommand(
                "Browser.setDownloadBehavior", Map.of("behavior", "allow", "downloadPath", folder.toString()));
    }

    /**
     * Clicks an element, and waits until the browser has put a file into a folder. The browser reserves the name with an
     * empty file, and moves the downloaded one there when it is complete.
     */
    Path download(String id, Path folder, String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name);
        try (WatchService watch = folder.getFileSystem().newWatchService()) {
            folder.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            downloadTo(folder);
            click(id);
            while (!Files.exists(file) || Files.size(file) == 0) {
                WatchKey key = watch.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS);
                Objects.requireNonNull(key, "nothing was downloaded").reset();
            }
        }
        return file;
    }

    /** Chooses files in the dialog of the button for images. */
    void choose(Path... files) {
        driver.findElement(By.id("files"))
                .sendKeys(Stream.of(files).map(Path::toString).collect(joining("\n")));
    }

    /** Chooses a folder in the dialog of the button for folders. */
    void chooseFolder(Path folder) {
        driver.findElement(By.id("folder")).sendKeys(folder.toString());
    }

    /** Chooses other images than those of the page, and waits until all are scored or failed. */
    void score(Path... files) {
        int images = names().size() + files.length;
        choose(files);
        awaitEnd(images);
    }

    /** Waits until the page has so many images, and each is scored or failed. */
    void awaitEnd(int images) {
        await("document.querySelectorAll(':is([data-state=scored], [data-state=failed])').length === " + images);
        await("document.getElementById('progress').hidden");
    }

    /** Waits until an expression of JavaScript is true. */
    void await(String expression) {
        driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const look = () => (%s) ? done() : setTimeout(look, 10);
                look();
                """.formatted(expression));
    }

    /** Whether an expression of JavaScript is true. */
    boolean is(String expression, Object... arguments) {
        return (Boolean) value(expression, arguments);
    }

    /** The text, or the number, that an expression of JavaScript gives. */
    String textOf(String expression, Object... arguments) {
        return value(expression, arguments).toString();
    }

    /** The texts that an expression of JavaScript gives. */
    List<String> textsOf(String expression, Object... arguments) {
        return texts(value(expression, arguments));
    }

    /** The texts that a promise of JavaScript gives. */
    List<String> textsLater(String promise) {
        return texts(Objects.requireNonNull(
                driver.executeAsyncScript("(" + promise + ").then(arguments[arguments.length - 1])")));
    }

    private Object value(String expression, Object... arguments) {
        return Objects.requireNonNull(driver.executeScript("return " + expression, arguments), expression);
    }

    private static List<String> texts(Object array) {
        return ((List<?>) array).stream().map(String::valueOf).toList();
    }

    void run(String script, Object... arguments) {
        driver.executeScript(script, arguments);
    }

    /** The names on the cards, in order. */
    List<String> names() {
        return textsOf("[...document.querySelectorAll('.card .name')].map((name) => name.textContent)");
    }

    /** The text of the cards' elements of a class, in order. */
    List<String> onCards(String name) {
        return textsOf("[...document.querySelectorAll('.card .' + arguments[0])].map((e) => e.textContent)", name);
    }

    String text(String id) {
        return textOf("document.getElementById(arguments[0]).textContent", id);
    }

    boolean isShown(String id) {
        return driver.findElement(By.id(id)).isDisplayed();
    }

    void click(String id) {
        driver.findElement(By.id(id)).click();
    }

    /** Marks the images with these names, or takes their marks away. */
    void mark(String... names) {
        for (String name : names) {
            driver.findElement(By.cssSelector(".card:has([title='" + name + "']) .mark"))
                    .click();
        }
    }

    /** Types into the element that has the focus. */
    void press(CharSequence... keys) {
        new Actions(driver).sendKeys(keys).perform();
    }

    /** Sets an input or a selection as a user would. */
    void set(String id, String value) {
        run("""
                const element = document.getElementById(arguments[0]);
                element.value = arguments[1];
                element.dispatchEvent(new Event("input", { bubbles: true }));
                """, id, value);
    }

    /** The id of the element that has the focus. */
    String focused() {
        return textOf("document.activeElement.id");
    }

    /** The name of the image that the keys act on. */
    String active() {
        return textOf("document.getElementById(document.getElementById('list').getAttribute('aria-activedescendant'))"
                + ".querySelector('.name').textContent");
    }

    /** What the browser reported as an error since the page was opened. */
    List<String> errors() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .map(entry -> entry.getLevel() + " " + entry.getMessage())
                .toList();
    }
}
