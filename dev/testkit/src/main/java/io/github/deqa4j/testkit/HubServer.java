package io.github.deqa4j.testkit;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A server on loopback that speaks the protocol of the Hugging Face hub. Files with weights are in LFS: the hub at {@code 127.0.0.1}
 * redirects to them at {@code localhost}, which is another host. What goes wrong is put in by {@link #fail}.
 */
public final class HubServer implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> LARGE = List.of(".safetensors", ".bin", ".model");

    static {
        // The JDK's server sends headers and body one by one; without this, a client waits 40 ms for each body.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "hub-server");
        thread.setDaemon(true);
        return thread;
    });
    private final Map<String, NavigableMap<String, byte[]>> commits = new ConcurrentHashMap<>();
    private final Map<String, String> revisions = new ConcurrentHashMap<>();
    private final Map<String, byte[]> large = new ConcurrentHashMap<>();
    private final Map<String, ConcurrentLinkedQueue<Fault>> faults = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private volatile int pageSize = 1000;

    /**
     * A request as it came.
     *
     * @param range the header, or an empty text
     * @param authorization the header, or an empty text
     */
    public record Request(String method, String host, String path, String range, String authorization) {}

    /** Answers a request in the place of the server. */
    @FunctionalInterface
    public interface Fault {
        /** Answers with a status and headers, in pairs, and no body. */
        static Fault status(int status, String... headers) {
            return (exchange, content) -> {
                for (int i = 0; i < headers.length; i += 2) {
                    exchange.setHeader(headers[i], headers[i + 1]);
                }
                exchange.begin(status, -1);
            };
        }

        /** Sends the headers and the first bytes, then breaks the connection. */
        static Fault cut(int bytes) {
            return (exchange, content) -> {
                exchange.sendHead(content);
                exchange.write(content, exchange.start(), bytes);
            };
        }

        /** Sends the file whole, whatever range was asked for. */
        static Fault ignoringRange() {
            return (exchange, content) -> {
                exchange.begin(200, content.length);
                exchange.write(content, 0, content.length);
            };
        }

        /** Sends other bytes, as many as the file has. */
        static Fault damaged() {
            return (exchange, content) -> {
                byte[] other = content.clone();
                other[other.length / 2] ^= 1;
                exchange.sendHead(content);
                exchange.write(other, exchange.start(), other.length - exchange.start());
            };
        }

        void answer(Exchange exchange, byte[] content) throws IOException;
    }

    /** A request that waits for its answer. Tests need no other type of the JDK's server. */
    public static final class Exchange {
        private final HttpExchange http;

        private Exchange(HttpExchange http) {
            this.http = http;
        }

        /** The first byte that is asked for. */
        public int start() {
            return Integer.parseInt("0" + header(http, "Range").replaceAll("[^0-9]", ""));
        }

        /** Sets a header of the answer. */
        public void setHeader(String name, String value) {
            http.getResponseHeaders().set(name, value);
        }

        /** Sends the status and the headers; a length of -1 stands for no body. */
        public void begin(int status, long length) throws IOException {
            http.sendResponseHeaders(status, length);
        }

        /** Sends the headers of a file, or of the part of it that is asked for. */
        public void sendHead(byte[] content) throws IOException {
            if (isHead()) {
                setHeader("Content-Length", String.valueOf(content.length));
                begin(200, -1);
            } else if (start() == 0) {
                begin(200, content.length);
            } else {
                setHeader("Content-Range", "bytes " + start() + "-" + (content.length - 1) + "/" + content.length);
                begin(206, content.length - start());
            }
        }

        /** Sends some bytes at once. What is not sent when the answer ends breaks the connection. */
        public void write(byte[] bytes, int from, int length) throws IOException {
            http.getResponseBody().write(bytes, from, length);
            http.getResponseBody().flush();
        }

        private boolean isHead() {
            return http.getRequestMethod().equals("HEAD");
        }

        private String path() {
            return http.getRequestURI().getPath();
        }

        private String query() {
            return String.valueOf(http.getRequestURI().getQuery());
        }
    }

    /** Starts the server. */
    public HubServer() {
        this(0);
    }

    private HubServer(int port) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** Serves folders until it is killed: a port, then for each a name and a folder. */
    public static void main(String[] args) throws IOException {
        @SuppressWarnings("resource") // until the process ends
        HubServer server = new HubServer(Integer.parseInt(args[0]));
        for (int i = 1; i < args.length; i += 2) {
            System.out.println(args[i] + " " + server.put(args[i], "main", folder(Path.of(args[i + 1]))));
        }
        System.out.println(server.endpoint());
    }

    /** The files in a folder by their names. */
    public static Map<String, byte[]> folder(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> list = Files.list(folder)) {
            for (Path file : (Iterable<Path>) list.filter(Files::isRegularFile)::iterator) {
                files.put(file.getFileName().toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }

    /** The address for clients. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Stores files as a new commit, makes a revision that commit, and gives the commit. */
    public String put(String repository, String revision, Map<String, byte[]> files) {
        NavigableMap<String, byte[]> sorted = new TreeMap<>(files);
        StringBuilder all = new StringBuilder();
        sorted.forEach((path, content) -> all.append(path).append(gitId(content)));
        String commit = hash("SHA-1", (repository + all).getBytes(StandardCharsets.UTF_8));
        sorted.values().forEach(content -> large.put(hash("SHA-256", content), content));
        commits.put(repository + "@" + commit, sorted);
        revisions.put(repository + "@" + revision, commit);
        return commit;
    }

    /** Makes pages of the list of files short. */
    public void setPageSize(int files) {
        pageSize = files;
    }

    /** Lets the next GETs whose path contains a text be answered by faults, one each; of a file in LFS, the text is its name. */
    public void fail(String path, Fault... next) {
        faults.computeIfAbsent(path, key -> new ConcurrentLinkedQueue<>()).addAll(Arrays.asList(next));
    }

    /** All requests so far. */
    public List<Request> requests() {
        return requests;
    }

    /** Those for the bytes of a file in LFS. */
    public List<Request> downloads(byte[] content) {
        return requests.stream()
                .filter(request -> request.path().equals("/cdn/" + hash("SHA-256", content)))
                .toList();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            requests.add(new Request(
                    exchange.getRequestMethod(),
                    header(exchange, "Host"),
                    exchange.getRequestURI().getPath(),
                    header(exchange, "Range"),
                    header(exchange, "Authorization")));
            answer(new Exchange(exchange), exchange.getRequestURI().getPath());
        }
    }

    private void answer(Exchange exchange, String path) throws IOException {
        String[] parts = path.substring(1).split("/", -1);
        if (parts[0].equals("cdn")) {
            send(exchange, nameOf(parts[1]), Objects.requireNonNull(large.get(parts[1])));
        } else if (parts[0].equals("api")) {
            String repository = parts[2] + "/" + parts[3];
            String revision = String.join("/", Arrays.copyOfRange(parts, 5, parts.length));
            describe(exchange, repository, parts[4], revision);
        } else {
            String file = String.join("/", Arrays.copyOfRange(parts, 4, parts.length));
            resolve(exchange, parts[0] + "/" + parts[1], parts[3], file);
        }
    }

    private void describe(Exchange exchange, String repository, String what, String revision) throws IOException {
        Optional<Fault> fault = fault(exchange.path());
        Optional<String> commit = commit(repository, revision);
        if (fault.isPresent()) {
            fault.get().answer(exchange, new byte[0]);
        } else if (commit.isEmpty()) {
            boolean known = revisions.keySet().stream().anyMatch(key -> key.startsWith(repository + "@"));
            Fault.status(404, "X-Error-Code", known ? "RevisionNotFound" : "RepoNotFound")
                    .answer(exchange, new byte[0]);
        } else if (what.equals("tree")) {
            sendTree(exchange, files(repository, commit.get()));
        } else {
            ObjectNode node = JSON.createObjectNode().put("id", repository).put("sha", commit.get());
            ArrayNode siblings = node.putArray("siblings");
            files(repository, commit.get())
                    .keySet()
                    .forEach(name -> siblings.addObject().put("rfilename", name));
            sendJson(exchange, JSON.writeValueAsBytes(node));
        }
    }

    private void sendTree(Exchange exchange, NavigableMap<String, byte[]> files) throws IOException {
        String query = exchange.query();
        int from = query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*cursor=", "")) : 0;
        ArrayNode page = JSON.createArrayNode();
        files.entrySet().stream().skip(from).limit(pageSize).forEach(file -> {
            byte[] content = file.getValue();
            ObjectNode node = page.addObject()
                    .put("type", "file")
                    .put("path", file.getKey())
                    .put("size", content.length)
                    .put("oid", gitId(content));
            if (isLarge(file.getKey())) {
                node.putObject("lfs")
                        .put("oid", hash("SHA-256", content))
                        .put("size", content.length)
                        .put("pointerSize", 134);
            }
        });
        if (from + pageSize < files.size()) {
            String next = endpoint() + exchange.path() + "?recursive=true&cursor=" + (from + pageSize);
            exchange.setHeader("Link", "<" + next + ">; rel=\"next\"");
        }
        sendJson(exchange, JSON.writeValueAsBytes(page));
    }

    private void resolve(Exchange exchange, String repository, String revision, String path) throws IOException {
        Optional<String> commit = commit(repository, revision);
        byte[] content =
                commit.isEmpty() ? null : files(repository, commit.get()).get(path);
        if (commit.isEmpty() || content == null) {
            Fault.status(404, "X-Error-Code", "EntryNotFound").answer(exchange, new byte[0]);
            return;
        }
        exchange.setHeader("X-Repo-Commit", commit.get());
        if (isLarge(path)) {
            String sha256 = hash("SHA-256", content);
            exchange.setHeader("X-Linked-Etag", "\"" + sha256 + "\"");
            exchange.setHeader("X-Linked-Size", String.valueOf(content.length));
            Fault.status(
                            302,
                            "Location",
                            "http://localhost:" + server.getAddress().getPort() + "/cdn/" + sha256)
                    .answer(exchange, content);
        } else {
            exchange.setHeader("ETag", "W/\"" + gitId(content) + "\"");
            send(exchange, path, content);
        }
    }

    private void send(Exchange exchange, String name, byte[] content) throws IOException {
        boolean head = exchange.isHead();
        Optional<Fault> fault = head ? Optional.empty() : fault(name);
        if (fault.isPresent()) {
            fault.get().answer(exchange, content);
            return;
        }
        exchange.sendHead(content);
        if (!head) {
            exchange.write(content, exchange.start(), content.length - exchange.start());
        }
    }

    private static String header(HttpExchange exchange, String name) {
        @Nullable String value = exchange.getRequestHeaders().getFirst(name);
        return value == null ? "" : value;
    }

    private static void sendJson(Exchange exchange, byte[] json) throws IOException {
        exchange.setHeader("Content-Type", "application/json");
        exchange.begin(200, json.length);
        exchange.write(json, 0, json.length);
    }

    private Optional<Fault> fault(String path) {
        return faults.entrySet().stream()
                .filter(entry -> path.contains(entry.getKey()))
                .flatMap(entry -> Stream.ofNullable(entry.getValue().poll()))
                .findFirst();
    }

    private Optional<String> commit(String repository, String revision) {
        return commits.containsKey(repository + "@" + revision)
                ? Optional.of(revision)
                : Optional.ofNullable(revisions.get(repository + "@" + revision));
    }

    private NavigableMap<String, byte[]> files(String repository, String commit) {
        return Objects.requireNonNull(commits.get(repository + "@" + commit));
    }

    private String nameOf(String sha256) {
        return commits.values().stream()
                .flatMap(files -> files.entrySet().stream())
                .filter(file -> hash("SHA-256", file.getValue()).equals(sha256))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static boolean isLarge(String path) {
        return LARGE.stream().anyMatch(path::endsWith);
    }

    /** The SHA-1 that git has of a file. */
    public static String gitId(byte[] content) {
        byte[] head = ("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] all = Arrays.copyOf(head, head.length + content.length);
        System.arraycopy(content, 0, all, head.length, content.length);
        return hash("SHA-1", all);
    }

    /** A hash in hexadecimal digits. */
    public static String hash(String algorithm, byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
