package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.codec.ReaderSettings;
import io.github.deqa4j.image.reader.ImageReader;
import io.github.deqa4j.score.QualityScore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Bodies that do harm where a server trusts them. After each of them an honest image has its right score. */
@Timeout(120)
class HostileBodyTest {
    private static final int BYTES = 100_000;
    private static final int RED = 120;

    private static RunningServer server;

    /** One for all tests, as an operator would have it. */
    @BeforeAll
    static void start() {
        RequestLimits limits = RequestLimits.defaults().withBytes(BYTES).withBodyTime(Duration.ofMillis(500));
        server = new RunningServer(ReadingScorer::new, ServerSettings.defaults().withLimits(limits), ImageFetcher::new);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    /** Reads images as they are read in earnest; the first sample decides the score. */
    private static final class ReadingScorer extends FakeScorer {
        private final ImageReader reader = new ImageReader(ReaderSettings.standard());

        @Override
        public RgbImage decode(EncodedImage image) {
            return reader.read(image);
        }
    }

    @AfterEach
    void anHonestImageHasItsScore() throws IOException {
        HttpResponse<String> answer = post("image/png", honest());
        QualityScore expected = FakeScorer.scoreOf((char) RED);
        assertThat(Client.json(answer).at("/score").asDouble()).isEqualTo(expected.score());
    }

    @Test
    void tenGigabytesAreRefusedWhenTheyAreAnnounced() throws IOException {
        assertThat(exchange("Content-Length: 10737418240\r\n\r\nabc"))
                .startsWith("HTTP/1.1 413 ")
                .contains("\"code\":\"too_large\"");
    }

    @Test
    void aBodyThatWaitsForLeaveToBeSentIsNotAskedForIfItIsTooLarge() throws IOException {
        assertThat(exchange("Content-Length: 10737418240\r\nExpect: 100-continue\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
    }

    /** The server stops to read. What the client goes on sending is lost, and with it sometimes the answer. */
    @Test
    void anEndlessBodyIsCut() throws IOException {
        byte[] chunk = ("2710\r\n" + "x".repeat(10_000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Socket socket = server.connect()) {
            socket.getOutputStream()
                    .write(bytes("POST /v1/score HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"));
            long sent = 0;
            try {
                while (socket.getInputStream().available() == 0) {
                    socket.getOutputStream().write(chunk);
                    sent += chunk.length;
                }
                byte[] start = socket.getInputStream().readNBytes(12);
                assertThat(new String(start, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 413");
            } catch (SocketException e) {
                assertThat(sent).isGreaterThan(BYTES);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Content-Length: 100\r\n\r\nabc'",
        "'Transfer-Encoding: chunked\r\n\r\n64\r\nabc'",
        "'Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n'"
    })
    void aBodyThatDoesNotArriveIsNotWaitedForLong(String rest) throws IOException {
        assertThat(exchange(rest)).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
    }

    @Test
    void aClientThatGoesInMidBodyLeavesNothing() throws IOException {
        for (int i = 0; i < 20; i++) {
            try (Socket socket = server.connect()) {
                socket.getOutputStream()
                        .write(bytes("POST /v1/score HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc"));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'Transfer-Encoding: chunked\r\n\r\nzz\r\nabc\r\n0\r\n\r\n'",
        "'Transfer-Encoding: chunked\r\n\r\n-3\r\nabc\r\n0\r\n\r\n'",
        "'Transfer-Encoding: chunked\r\n\r\nffffffffffffffff1\r\nabc\r\n0\r\n\r\n'",
        "'Transfer-Encoding: chunked\r\n\r\n3\r\nabcdef\r\n0\r\n\r\n'"
    })
    void chunksThatAreNoneAreRefused(String rest) throws IOException {
        assertThat(exchange(rest)).startsWith("HTTP/1.1 400 ").contains("\"code\":\"bad_request\"");
    }

    @Test
    void anImageThatAnnouncesMoreThanIsThereTakesNoMemory() {
        assertError(post("image/png", png(60_000, 60_000, 100)), "413 too_large");
        assertError(post("image/png", png(Integer.MAX_VALUE, Integer.MAX_VALUE, 100)), "413 too_large");
        assertError(post("image/png", png(13_000, 13_000, 100)), "400 unreadable_image");
    }

    @Test
    void aCompressedBodyIsNotUnpacked() throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[50_000_000]);
        }
        assertThat(packed.size()).isLessThan(BYTES);
        HttpResponse<String> answer =
                server.send(server.request("/v1/score", "Content-Encoding", "gzip", "Content-Type", "image/png")
                        .POST(BodyPublishers.ofByteArray(packed.toByteArray())));
        assertError(answer, "400 unreadable_image");
    }

    @Test
    void anImageInBase64IsTreatedAlike() {
        String bomb = Base64.getEncoder().encodeToString(png(60_000, 60_000, 100));
        HttpResponse<String> answer = postReward("{\"images\":[\"" + bomb + "\"],\"range\":\"0-1\"}");
        assertError(answer, "413 too_large");
        assertThat(answer.body()).contains("images[0]");
        assertError(postReward("{\"images\":[\"" + "A".repeat(BYTES) + "\"],\"range\":\"0-1\"}"), "413 too_large");
        assertError(postReward("{\"images\":[\"" + "A".repeat(50_000) + "=A\"],\"range\":\"0-1\"}"), "400 bad_request");
    }

    @Test
    void jsonThatIsMadeToHurtIsRefusedInAShortSentence() {
        List<String> bodies = List.of(
                "[".repeat(BYTES - 1),
                "{\"images\":" + "[".repeat(50_000),
                "{\"images\":[],\"" + "a".repeat(50_000) + "\":1}",
                "{\"images\":[\"AAAA\"],\"range\":\"" + "1".repeat(50_000) + "\"}",
                "{\"images\":[" + "9".repeat(50_000) + "],\"range\":\"0-1\"}",
                "{\"images\":5,\"range\":\"0-1\"}",
                "{\"images\":[null],\"range\":\"0-1\"}",
                "{\"images\":[[\"AAAA\"]],\"range\":\"0-1\"}",
                "{\"images\":\u0000",
                "null",
                "\"\"",
                "");
        for (String body : bodies) {
            HttpResponse<String> answer = postReward(body);
            String start = body.substring(0, Math.min(30, body.length()));
            assertThat(answer.statusCode()).as(start).isEqualTo(400);
            assertThat(answer.body().length()).as(start).isLessThan(1000);
        }
    }

    @Test
    void formsThatAreMadeToHurtAreRefused() {
        String part = "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\nx\r\n";
        assertError(postForm(part.repeat(1000)), "413 too_many_images", "400 bad_request");
        assertError(postForm(part), "400 bad_request");
        assertError(postForm("--b--\r\n"), "400 missing_image");
        assertError(postForm("--b\r\n" + "X: y\r\n".repeat(10_000) + "\r\nx\r\n--b--\r\n"), "400 bad_request");
        assertError(postForm("--b\r\nno header\r\n\r\nx\r\n--b--\r\n"), "400 bad_request", "400 missing_image");
        assertError(postForm(""), "400 bad_request", "400 missing_image");
        assertError(post("multipart/form-data", bytes(part)), "400 bad_request");
        assertError(post("multipart/form-data; boundary=" + "b".repeat(1000), bytes(part)), "400 bad_request");
    }

    @Test
    void aNameOfAFileIsTextAndNoPath() {
        String name = "../../etc/<b>\\u0001";
        HttpResponse<String> answer = postForm(
                "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"" + name + "\"\r\n\r\nx\r\n--b--\r\n");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(Client.json(answer).at("/results/0/error/code").asText()).isEqualTo("unreadable_image");
    }

    @ParameterizedTest
    @CsvSource({"text/html", "application/xml", "application/x-www-form-urlencoded", "video/mp4", "image", "a/b/c"})
    void aTypeThatIsNoImagesIsRefused(String type) {
        assertError(post(type, new byte[10]), "415 unsupported_media_type");
    }

    @Test
    void whatIsNoImageIsUnreadable() {
        assertError(post("image/png", bytes("<svg onload=alert(1)>")), "400 unreadable_image");
        assertError(post("image/png", new byte[0]), "400 missing_image");
        assertError(post("image/png", new byte[BYTES]), "400 unreadable_image");
        assertError(post("image/png", new byte[BYTES + 1]), "413 too_large");
    }

    private static HttpResponse<String> post(String type, byte[] body) {
        return server.send(server.request("/v1/score", "Content-Type", type).POST(BodyPublishers.ofByteArray(body)));
    }

    private static HttpResponse<String> postForm(String body) {
        return post("multipart/form-data; boundary=b", bytes(body));
    }

    private static HttpResponse<String> postReward(String body) {
        return server.send(
                server.request("/v1/reward", "Content-Type", "application/json").POST(BodyPublishers.ofString(body)));
    }

    private static void assertError(HttpResponse<String> answer, String... errors) {
        assertThat(Client.error(answer)).isIn((Object[]) errors);
    }

    /** Sends a request for a score, and reads until the server closes the connection. */
    private static String exchange(String rest) throws IOException {
        try (Socket socket = server.connect()) {
            socket.getOutputStream().write(bytes("POST /v1/score HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + rest));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        }
    }

    private static byte[] honest() throws IOException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(0, 0, RED << 16);
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        ImageIO.write(image, "png", file);
        return file.toByteArray();
    }

    /** A PNG file of any size with few bytes of samples. */
    private static byte[] png(int width, int height, int samples) {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height);
        header.put(new byte[] {8, 2, 0, 0, 0});
        chunk(file, "IHDR", header.array());
        chunk(file, "IDAT", deflated(new byte[samples]));
        chunk(file, "IEND", new byte[0]);
        return file.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream file, String type, byte[] data) {
        CRC32 check = new CRC32();
        check.update(bytes(type));
        check.update(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
        file.writeBytes(bytes(type));
        file.writeBytes(data);
        file.writeBytes(ByteBuffer.allocate(4).putInt((int) check.getValue()).array());
    }

    private static byte[] deflated(byte[] data) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (DeflaterOutputStream stream = new DeflaterOutputStream(packed)) {
            stream.write(data);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return packed.toByteArray();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
