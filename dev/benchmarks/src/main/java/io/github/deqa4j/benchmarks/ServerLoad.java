package io.github.deqa4j.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * Throughput and latency of a running server by the number of clients: {@code ServerLoad URL IMAGE SECONDS CLIENTS…}. Each client has a
 * connection of its own and sends one image after the other to {@code /v1/score}. After an answer that says {@code Retry-After} it
 * waits for that long.
 */
public final class ServerLoad {
    private static final double NANOS = 1e9;
    private static final double MILLIS = 1e6;
    private static final int OK = 200;
    private static final int STACK = 256 << 10; // a thousand threads need little

    private final HttpRequest request;
    private final long end;
    private final List<Long> times = new ArrayList<>();
    private final Map<String, Integer> outcomes = new TreeMap<>();

    private ServerLoad(HttpRequest request, double seconds) {
        this.request = request;
        this.end = System.nanoTime() + (long) (seconds * NANOS);
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(args[0]).resolve("/v1/score"))
                .POST(BodyPublishers.ofFile(Path.of(args[1])))
                .build();
        double seconds = Double.parseDouble(args[2]);
        System.out.println("clients  scores/s   p50 ms   p99 ms  answers");
        for (String clients : Arrays.asList(args).subList(3, args.length)) {
            new ServerLoad(request, seconds).run(Integer.parseInt(clients), seconds);
        }
    }

    private void run(int clients, double seconds) throws InterruptedException {
        long start = System.nanoTime();
        List<Thread> threads = IntStream.range(0, clients)
                .mapToObj(i -> new Thread(null, this::client, "client-" + i, STACK))
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        double took = Math.max(seconds, (System.nanoTime() - start) / NANOS);
        long[] sorted = times.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
                Locale.ROOT,
                "%7d  %8.2f %8.0f %8.0f  %s%n",
                clients,
                sorted.length / took,
                percentile(sorted, 50),
                percentile(sorted, 99),
                outcomes);
    }

    private void client() {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            while (System.nanoTime() < end) {
                long start = System.nanoTime();
                HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
                count(
                        Integer.toString(answer.statusCode()),
                        answer.statusCode() == OK ? System.nanoTime() - start : -1);
                Thread.sleep(
                        1000L * answer.headers().firstValueAsLong("Retry-After").orElse(0));
            }
        } catch (IOException e) {
            count(e.toString(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void count(String outcome, long nanos) {
        outcomes.merge(outcome, 1, Integer::sum);
        if (nanos >= 0) {
            times.add(nanos);
        }
    }

    private static double percentile(long[] sorted, int percent) {
        return sorted.length == 0 ? Double.NaN : sorted[(sorted.length - 1) * percent / 100] / MILLIS;
    }
}
