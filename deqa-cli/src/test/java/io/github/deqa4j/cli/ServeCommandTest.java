package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.testkit.Checkout;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ServeCommandTest {
    private static final Path PICTURES = Checkout.root().resolve("docs/pictures");
    private static final List<Path> IMAGES =
            List.of(PICTURES.resolve("cat.jpg"), PICTURES.resolve("coffee-noisy.jpg"), Shell.image("s0_97x61.png"));

    private final CompletableFuture<Integer> status = new CompletableFuture<>();
    private final Thread running = new Thread(() -> status.complete(Deqa.run(terminal(), "serve", "--port", "0")));
    private final CompletableFuture<String> printed = new CompletableFuture<>();

    private Terminal terminal() {
        PrintStream out = new PrintStream(
                new ByteArrayOutputStream() {
                    @Override
                    public void flush() {
                        if (size() > 0) {
                            printed.complete(toString(StandardCharsets.UTF_8));
                        }
                    }
                },
                false,
                StandardCharsets.UTF_8);
        PrintStream none = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        return new Terminal(InputStream.nullInputStream(), out, none, false, false, 80);
    }

    private URI start() {
        running.start();
        String line = printed.join();
        assertThat(line).matches("deqa serves at http://127\\.0\\.0\\.1:[0-9]+\n");
        return URI.create(line.strip().substring("deqa serves at ".length()));
    }

    @AfterEach
    void stop() throws InterruptedException {
        running.interrupt();
        running.join();
    }

    @Test
    void scoresAreThoseOfTheScorerToTheLastBit() throws IOException, InterruptedException {
        URI address = start();
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            for (Path image : IMAGES) {
                byte[] file = Files.readAllBytes(image);
                HttpResponse<String> response = HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(address.resolve("/v1/score"))
                                        .POST(BodyPublishers.ofByteArray(file))
                                        .build(),
                                BodyHandlers.ofString());
                JsonNode answer = new ObjectMapper().readTree(response.body());
                QualityScore expected = scorer.score(EncodedImage.of(file, "image"));

                assertThat(answer.at("/score").doubleValue()).isEqualTo(expected.score());
                assertThat(answer.at("/std").doubleValue()).isEqualTo(expected.std());
                assertThat(answer.at("/model").textValue())
                        .isEqualTo(scorer.model().identity());
            }
        }
        running.interrupt();
        assertThat(status.join()).isEqualTo(ExitCode.STOPPED);
    }

    @Test
    void theClientInPythonGetsRewards() throws IOException, InterruptedException {
        assumeTrue(hasPython(), "there is no python3: docs/reward_client.py is not tried");
        Path client = Checkout.root().resolve("docs/reward_client.py");
        String address = start().toString();

        Process python = new ProcessBuilder(
                        "python3",
                        client.toString(),
                        address,
                        IMAGES.get(0).toString(),
                        IMAGES.get(1).toString())
                .redirectErrorStream(true)
                .start();
        String printed = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(python.waitFor()).as(printed).isZero();
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            assertThat(printed.lines().map(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))))
                    .containsExactly(
                            (scorer.score(IMAGES.get(0)).score() - 1) / 4,
                            (scorer.score(IMAGES.get(1)).score() - 1) / 4);
        }
    }

    private static boolean hasPython() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void whatCannotBeIsOneSentence() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Shell run = Shell.deqa("serve", "--port", taken.getLocalPort());
            assertThat(run)
                    .isEqualTo(
                            new Shell(
                                    ExitCode.USAGE,
                                    "",
                                    "deqa: cannot listen on port " + taken.getLocalPort()
                                            + " of 127.0.0.1 (Address already in use); name another port, or an address of this machine (--port)\n"));
        }
        assertThat(Shell.deqa("serve", "--host", "no.such.host.invalid").err())
                .isEqualTo(
                        "deqa: no.such.host.invalid: there is no such host; name an address of this machine, without a scheme (--host)\n");
        assertThat(Shell.deqa("serve", "--queue", "0").err())
                .isEqualTo("deqa: queue is 0; it must be at least 1 (--queue)\n");
        Shell noModel = Shell.deqa("serve", "--port", "0", "--model", "/no/such/model");
        assertThat(noModel.status()).isEqualTo(ExitCode.NO_MODEL);
        assertThat(noModel.err())
                .startsWith("loading the model …\ndeqa: /no/such/model")
                .hasLineCount(2);
    }
}
