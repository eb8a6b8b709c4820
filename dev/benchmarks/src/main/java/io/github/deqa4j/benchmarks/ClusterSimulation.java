package io.github.deqa4j.benchmarks;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How long a cluster takes for many images when executors are slow or lost: {@code ClusterSimulation IMAGES RATE EXECUTORS CORES
 * IMAGES_OF_A_TASK…}, where {@code RATE} is what a core scores in a second. Prints in Markdown, by the number of images in a task, how much longer
 * the job takes than the images alone would: with healthy executors, with slow and lost ones, and with these and speculation. The
 * median of 21 runs, and in parentheses the longest.
 *
 * <p>Tasks are scheduled as Spark does: a free core takes the next task; a task whose executor is lost starts anew; with speculation, when nine
 * tenths of the tasks are done, one that has run for 1.5 times the median gets a copy on a free core, and the first to end counts.
 */
public final class ClusterSimulation {
    private static final int RUNS = 21;
    private static final double HOUR = 3600;
    private static final double PERCENT = 100;
    private static final int TASK_SIZES = 4; // the first argument that is one

    /** Starting a task and committing its file, in seconds. */
    private static final double TASK_SECONDS = 0.5;

    /** The standard deviation of an image's time, divided by its mean. */
    private static final double IMAGE_SPREAD = 0.7;

    private static final double SLOW_SHARE = 0.03;
    private static final double SLOWNESS = 3;

    /** An executor is lost once in a hundred hours, as on machines that can be taken away. */
    private static final double LOST_AFTER = 100 * HOUR;

    /** Until another executor is there and has opened its model. */
    private static final double REPLACED_AFTER = 180;

    private static final double SPECULATION_QUANTILE = 0.9; // spark.speculation.quantile
    private static final double SPECULATION_MULTIPLIER =
            1.5; // spark.speculation.multiplier; Spark's own 3 would miss these
    private static final double SPECULATION_INTERVAL = 1;

    private final Job job;
    private final SplittableRandom random;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingDouble(Event::time));
    private final Deque<Integer> idle = new ArrayDeque<>(); // the executors of free cores
    private final Deque<Integer> lost = new ArrayDeque<>(); // tasks that have to start anew
    private final Map<Integer, List<Attempt>> running = new HashMap<>(); // by task
    private final double[] slowness;
    private final double[] durations; // of the tasks that are done
    private double median = Double.NaN; // of the durations, once speculation may begin
    private int next;
    private int done;

    /** What happens to executors. */
    private enum Trouble {
        NONE,
        SLOW_AND_LOST,
        WITH_SPECULATION
    }

    /** A job on a cluster, whose cores score {@code rate} images a second each. */
    private record Job(long images, double rate, int executors, int cores, int imagesOfTask, Trouble trouble) {
        int tasks() {
            return Math.toIntExact((images + imagesOfTask - 1) / imagesOfTask);
        }

        double leastSeconds() {
            return images / (rate * executors * cores);
        }
    }

    /** A task that runs on a core of an executor since a time. */
    private record Attempt(int task, int executor, double start) {}

    /** Something at a time, in seconds. */
    private record Event(
            double time, Kind kind, int executor, @Nullable Attempt attempt) {
        enum Kind {
            ATTEMPT_ENDS,
            EXECUTOR_IS_LOST,
            EXECUTOR_IS_THERE,
            SPECULATION
        }
    }

    private ClusterSimulation(Job job, long seed) {
        this.job = job;
        random = new SplittableRandom(seed);
        slowness = new double[job.executors()];
        durations = new double[job.tasks()];
    }

    public static void main(String[] args) {
        System.out.println("| images in a task | tasks | least | healthy | slow and lost | with speculation |");
        System.out.println("|---|---|---|---|---|---|");
        for (String size : Arrays.asList(args).subList(TASK_SIZES, args.length)) {
            StringBuilder line = new StringBuilder();
            for (Trouble trouble : Trouble.values()) {
                Job job = new Job(
                        (long) Double.parseDouble(args[0]),
                        Double.parseDouble(args[1]),
                        Integer.parseInt(args[2]),
                        Integer.parseInt(args[3]),
                        Integer.parseInt(size),
                        trouble);
                if (line.isEmpty()) {
                    line.append(String.format(
                            Locale.ROOT, "| %s | %,d | %.2f h |", size, job.tasks(), job.leastSeconds() / HOUR));
                }
                double[] more = IntStream.range(0, RUNS)
                        .mapToDouble(seed -> new ClusterSimulation(job, seed).seconds() / job.leastSeconds() - 1)
                        .sorted()
                        .toArray();
                line.append(String.format(
                        Locale.ROOT, " +%.1f %% (+%.1f %%) |", PERCENT * more[RUNS / 2], PERCENT * more[RUNS - 1]));
            }
            System.out.println(line);
        }
    }

    /** Runs the job to its end. */
    private double seconds() {
        for (int executor = 0; executor < job.executors(); executor++) {
            add(0, Event.Kind.EXECUTOR_IS_THERE, executor);
        }
        double now = 0;
        while (done < job.tasks()) {
            Event event = events.remove();
            now = event.time();
            switch (event.kind()) {
                case EXECUTOR_IS_THERE -> arrive(event.executor(), now);
                case EXECUTOR_IS_LOST -> lose(event.executor(), now);
                case ATTEMPT_ENDS -> end(event.attempt(), now);
                case SPECULATION -> speculate(now);
            }
            startWaiting(now);
        }
        return now;
    }

    private void add(double time, Event.Kind kind, int executor) {
        events.add(new Event(time, kind, executor, null));
    }

    private void arrive(int executor, double now) {
        boolean healthy = job.trouble() == Trouble.NONE;
        slowness[executor] = !healthy && random.nextDouble() < SLOW_SHARE ? SLOWNESS : 1;
        if (!healthy) {
            add(now - LOST_AFTER * Math.log1p(-random.nextDouble()), Event.Kind.EXECUTOR_IS_LOST, executor);
        }
        for (int core = 0; core < job.cores(); core++) {
            idle.add(executor);
        }
    }

    private void lose(int executor, double now) {
        idle.removeIf(other -> other == executor);
        running.entrySet().removeIf(task -> {
            task.getValue().removeIf(attempt -> attempt.executor() == executor);
            if (task.getValue().isEmpty()) {
                lost.add(task.getKey());
                return true;
            }
            return false;
        });
        add(now + REPLACED_AFTER, Event.Kind.EXECUTOR_IS_THERE, executor);
    }

    /** Ends an attempt, and the other one of the same task. */
    private void end(@Nullable Attempt attempt, double now) {
        if (attempt == null || !running.getOrDefault(attempt.task(), List.of()).contains(attempt)) {
            return; // its executor was lost, or a copy was faster
        }
        for (Attempt each : Objects.requireNonNull(running.remove(attempt.task()))) {
            idle.add(each.executor());
        }
        durations[done++] = now - attempt.start();
        boolean speculates = job.trouble() == Trouble.WITH_SPECULATION;
        if (speculates && Double.isNaN(median) && done >= SPECULATION_QUANTILE * job.tasks()) {
            median = Arrays.stream(durations, 0, done).sorted().toArray()[done / 2];
            add(now, Event.Kind.SPECULATION, 0);
        }
    }

    private void startWaiting(double now) {
        while (!idle.isEmpty() && (next < job.tasks() || !lost.isEmpty())) {
            start(lost.isEmpty() ? next++ : lost.remove(), idle.remove(), now);
        }
    }

    private void start(int task, int executor, double now) {
        Attempt attempt = new Attempt(task, executor, now);
        running.computeIfAbsent(task, key -> new ArrayList<>()).add(attempt);
        double seconds = TASK_SECONDS + slowness[executor] * secondsOfImages();
        events.add(new Event(now + seconds, Event.Kind.ATTEMPT_ENDS, executor, attempt));
    }

    /** Log-normal, with the mean and the spread of the sum of the images' times. */
    private double secondsOfImages() {
        double variance = Math.log1p(IMAGE_SPREAD * IMAGE_SPREAD / job.imagesOfTask());
        double log = random.nextGaussian() * Math.sqrt(variance) - variance / 2;
        return job.imagesOfTask() / job.rate() * Math.exp(log);
    }

    private void speculate(double now) {
        for (List<Attempt> attempts : new ArrayList<>(running.values())) {
            Attempt first = attempts.get(0);
            if (!idle.isEmpty() && attempts.size() == 1 && now - first.start() > SPECULATION_MULTIPLIER * median) {
                start(first.task(), idle.remove(), now);
            }
        }
        add(now + SPECULATION_INTERVAL, Event.Kind.SPECULATION, 0);
    }
}
