package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.testkit.Checkout;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What a server of a process of its own says on standard error from its start to its end. */
@Timeout(120)
@DisabledOnOs(OS.WINDOWS) // a process there is not asked to end
class ServeNoticesTest {
    private static final String OPEN =
            "0.0.0.0 can be reached from other machines, and there are no API keys: whoever reaches it can use it";

    @TempDir
    private Path folder;

    /** The lines that it said until it had ended; at its end a request waits for its answer. */
    private List<String> run(String... options) throws IOException, InterruptedException {
        Path errors = folder.resolve("errors");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Deqa.class.getName(),
                "serve",
                "--host",
                "0.0.0.0",
                "--port",
                "0"));
        command.addAll(List.of(options));
        Process server =
                new ProcessBuilder(command).redirectError(errors.toFile()).start();
        try (BufferedReader out =
                        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
                Socket client = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(out.readLine().replace("deqa serves at ", ""))
                                .getPort())) {
            byte[] image = Files.readAllBytes(Checkout.root().resolve("docs/pictures/cat.jpg"));
            OutputStream request = client.getOutputStream();
            request.write(("POST /v1/score HTTP/1.1\r\nHost: a\r\nX-Request-Id: last\r\nExpect: 100-continue\r\n"
                            + "Connection: close\r\nContent-Length: " + image.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = client.getInputStream();
            assertThat(answer.read()).isEqualTo('H'); // of 100 Continue: the server waits for the body
            server.destroy();
            answer.readAllBytes();
            assertThat(server.waitFor()).isEqualTo(143);
        } finally {
            server.destroyForcibly();
        }
        return Files.readAllLines(errors);
    }

    @Test
    void aServerThatIsOpenToAllSaysSo() throws IOException, InterruptedException {
        assertThat(run())
                .containsExactly(
                        "loading the model …",
                        "deqa: warning: " + OPEN,
                        "stopping as soon as all accepted images are scored …");
    }

    @Test
    void aLogInJsonIsNothingElseAndLastsToTheEnd() throws IOException, InterruptedException {
        List<String> lines = run("--log", "json");
        assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("{\"time\":") && line.endsWith("}"));
        assertThat(lines).anyMatch(line -> line.contains(OPEN));
        assertThat(lines).anyMatch(line -> line.contains("stopping as soon as all accepted images are scored …"));
        assertThat(lines).anyMatch(line -> line.contains("\"id\":\"last\"") && line.contains("\"path\":\"/v1/score\""));
    }
}
