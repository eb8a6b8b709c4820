package io.github.deqa4j.server;

import io.github.deqa4j.testkit.MissingPrerequisiteException;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Gives a test a {@link BrowserTab}. All tests share one headless Chromium; where there is none, they are skipped. */
final class Chromium implements BeforeEachCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(Chromium.class);

    /** Nothing that looks for a network: the tests have loopback alone. */
    private static final List<String> ARGUMENTS = List.of(
            "--headless=new",
            "--no-sandbox", // root has none
            "--disable-gpu",
            "--disable-quic",
            "--disable-dev-shm-usage",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--lang=en-US");

    /** The browser, which is closed after the last test. */
    private record Browser(ChromeDriver driver) implements AutoCloseable {
        @Override
        public void close() {
            driver.quit();
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        require("chromium");
        require("chromedriver");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == BrowserTab.class;
    }

    @Override
    public BrowserTab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Browser browser = context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Browser.class, key -> new Browser(start()), Browser.class);
        return new BrowserTab(browser.driver());
    }

    private static ChromeDriver start() {
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        ChromeOptions options = new ChromeOptions();
        options.setBinary(require("chromium"));
        options.addArguments(ARGUMENTS);
        options.setCapability(ChromeOptions.LOGGING_PREFS, logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(require("chromedriver"))
                .usingAnyFreePort()
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(BrowserTab.PATIENCE);
        return driver;
    }

    /** A program of the path. */
    private static File require(String program) {
        Optional<File> found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program).toFile())
                .filter(File::canExecute)
                .findFirst();
        return found.orElseThrow(() -> new MissingPrerequisiteException(
                "chromium", program + " is not installed: the page is not tried in a browser"));
    }
}
