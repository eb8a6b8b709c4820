package io.github.deqa4j.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import io.github.deqa4j.score.View;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The description of the interface is kept by hand; these compare it with a server that runs. */
class OpenApiRoutesTest {
    private static final JsonMapper MAPPER = new JsonMapper();
    private static RunningServer server;
    private static JsonNode document;

    @BeforeAll
    static void start() throws JsonProcessingException {
        server = new RunningServer(TileScorer::new, ServerSettings.defaults(), ImageFetcher::new);
        document = MAPPER.readTree(server.get("/openapi.json").body());
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void everyEndpointIsInTheDocumentAndViceVersa() {
        Set<String> described = new TreeSet<>();
        document.get("paths")
                .properties()
                .forEach(path -> path.getValue()
                        .fieldNames()
                        .forEachRemaining(
                                method -> described.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        Set<String> endpoints = new TreeSet<>(server.endpoints());
        endpoints.removeIf(endpoint -> endpoint.matches("GET /[a-z-]+\\.(js|css|svg)")); // what the page is made of
        assertThat(described).isEqualTo(endpoints);
    }

    @Test
    void theCodesOfErrorsAreThoseOfTheServer() {
        Set<String> described = new TreeSet<>();
        document.at("/components/schemas/ErrorCode/enum").forEach(code -> described.add(code.asText()));
        assertThat(described)
                .containsExactlyElementsOf(new TreeSet<>(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::word).toList()));
    }

    @Test
    void theViewsAreThoseOfTheServer() {
        Set<String> described = new TreeSet<>();
        document.at("/components/parameters/View/schema/enum").forEach(view -> described.add(view.asText()));
        assertThat(described)
                .containsExactlyElementsOf(new TreeSet<>(
                        Arrays.stream(View.values()).map(View::toString).toList()));
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = document.findValues("$ref");
        assertThat(references).hasSizeGreaterThan(50);
        for (JsonNode reference : references) {
            assertThat(document.at(reference.asText().substring(1)).isMissingNode())
                    .as(reference.asText())
                    .isFalse();
        }
    }

    @Test
    void answersAreAsDescribed() throws JsonProcessingException {
        assertDescribed("/healthz", "get", server.get("/healthz"));
        assertDescribed("/readyz", "get", server.get("/readyz"));
        assertDescribed("/openapi.json", "get", server.get("/openapi.json"));
        assertDescribed("/v1/models", "get", server.get("/v1/models"));
        assertDescribed("/v1/score", "post", post("/v1/score", "image/png", "x"));
        assertDescribed("/v1/score", "post", post("/v1/score", "image/png", ""));
        assertDescribed("/v1/score", "post", post("/v1/score", "image/png", "u"));
        assertDescribed("/v1/score", "post", post("/v1/score", "image/png", "n"));
        assertDescribed("/v1/score", "post", post("/v1/score", "text/html", "x"));
        assertDescribed(
                "/v1/score",
                "post",
                post("/v1/score", "multipart/form-data; boundary=b", form("x") + form("u") + "--b--\r\n"));
        assertDescribed("/v1/score", "post", post("/v1/score", "application/json", "{\"urls\":[\"https://a.test/\"]}"));
        assertDescribed("/v1/score", "post", post("/v1/score?view=detail", "image/png", "x"));
        assertDescribed("/v1/score", "post", post("/v1/score?view=both", "image/png", "x"));
        assertDescribed("/v1/score", "post", post("/v1/score?view=none", "image/png", "x"));
        assertDescribed(
                "/v1/score",
                "post",
                post("/v1/score?view=both", "multipart/form-data; boundary=b", form("x") + form("d") + "--b--\r\n"));
        assertDescribed("/v1/heatmap", "post", post("/v1/heatmap", "image/png", "x"));
        assertDescribed(
                "/v1/reward",
                "post",
                post("/v1/reward", "application/json", "{\"images\":[\"eA==\"],\"range\":\"0-1\"}"));
        assertDescribed("/v1/reward", "post", post("/v1/reward", "application/json", "{}"));
        assertThat(server.get("/none").statusCode()).isEqualTo(404);
        assertThat(problems("Error", MAPPER.readTree(server.get("/none").body())))
                .isEmpty();
    }

    @Test
    void whatIsNotAsDescribedIsSeen() throws JsonProcessingException {
        JsonNode error = MAPPER.readTree("{\"error\":{\"code\":\"none\",\"message\":\"\",\"request_id\":1}}");
        assertThat(problems("Error", error)).hasSize(3);
        assertThat(problems("Detail", MAPPER.readTree("{\"score\":0.5,\"tiles\":0,\"tile\":1}")))
                .hasSize(7);
        assertThat(problems("Probabilities", MAPPER.readTree("{\"excellent\":2}")))
                .hasSize(5);
    }

    @Test
    void thePageRunsItsOwnScriptAlone() {
        HttpResponse<String> page = server.get("/docs");
        assertThat(page.headers().firstValue("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(page.body())
                .contains("<a href=\"openapi.json\">")
                .doesNotContain("SCRIPT")
                .doesNotContain("STYLE")
                .doesNotContain("://");
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy).startsWith("default-src 'none'; ").doesNotContain("unsafe");
        assertThat(policy).contains("script-src " + OpenApiRoutes.hash(element("script", page.body())));
        assertThat(policy).contains("style-src " + OpenApiRoutes.hash(element("style", page.body())));
    }

    private static HttpResponse<String> post(String path, String type, String body) {
        return server.send(server.request(path, "Content-Type", type).POST(BodyPublishers.ofString(body)));
    }

    private static String form(String letter) {
        return "--b\r\nContent-Disposition: form-data; name=\"f\"; filename=\"a\"\r\n\r\n" + letter + "\r\n";
    }

    private static String element(String name, String page) {
        Matcher matcher = Pattern.compile("<" + name + ">(.*)</" + name + ">", Pattern.DOTALL)
                .matcher(page);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    private static void assertDescribed(String path, String method, HttpResponse<String> answer)
            throws JsonProcessingException {
        String status = Integer.toString(answer.statusCode());
        JsonNode described =
                document.get("paths").get(path).get(method).get("responses").get(status);
        assertThat(described).as(path + " " + status).isNotNull();
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
        JsonNode schema = described.at("/content/application~1json/schema");
        assertThat(problems(schema, MAPPER.readTree(answer.body())))
                .as(path + " " + answer.body())
                .isEmpty();
    }

    private static List<String> problems(String name, JsonNode answer) {
        return problems(MAPPER.createObjectNode().put("$ref", "#/components/schemas/" + name), answer);
    }

    /** Where an answer differs from a schema, whose references lead to the document. */
    private static List<String> problems(JsonNode schema, JsonNode answer) {
        ObjectNode whole = schema.deepCopy();
        whole.set("components", document.get("components"));
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(whole)
                .validate(answer)
                .stream()
                .map(Object::toString)
                .toList();
    }
}
