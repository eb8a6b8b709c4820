package io.github.deqa4j.torch.distributed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.nn.NativeScope;
import io.github.deqa4j.torch.nn.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** The contract of a process group, for one process and for several ranks, which are threads here. */
class ProcessGroupTest {
    private static final List<Integer> SIZES = List.of(1, 2, 3);

    @Test
    void numbersAreAddedUp() {
        for (int size : SIZES) {
            assertThat(run(size, group -> group.sum(new double[] {group.rank() + 1, 0.1})[0]))
                    .containsOnly(size * (size + 1) / 2.0)
                    .hasSize(size);
            assertThat(run(size, group -> group.max(-group.rank()))).containsOnly(0.0);
            assertThat(run(size, group -> group.sum(new double[0]).length)).containsOnly(0);
        }
    }

    @Test
    void oneRanksWordsReachAll() {
        for (int size : SIZES) {
            int last = size - 1;
            assertThat(run(size, group -> group.broadcast("größer ↗ " + group.rank(), last)))
                    .containsOnly("größer ↗ " + last);
            assertThat(run(size, group -> group.broadcast("", 0))).containsOnly("");
        }
    }

    @Test
    void theFirstRanksTensorReachesAll() {
        assertThat(run(3, group -> {
                    try (NativeScope scope = NativeScope.update()) {
                        Tensor x = Tensors.of(new float[] {group.rank() + 7, 2}, 2);
                        group.broadcast(x);
                        return Tensors.toFloats(x)[0];
                    }
                }))
                .containsExactly(7f, 7f, 7f);
    }

    @Test
    void sharesAreTheWholeInOrderAndTheFirstIsNeverTheSmaller() {
        for (int size : SIZES) {
            List<List<List<Integer>>> byRank = run(
                    size,
                    group -> IntStream.range(0, 8)
                            .mapToObj(length -> List.copyOf(group.share(numbers(length))))
                            .toList());
            for (int length = 0; length < 8; length++) {
                int own = length;
                List<List<Integer>> shares =
                        byRank.stream().map(lengths -> lengths.get(own)).toList();
                assertThat(shares.stream().flatMap(List::stream).toList()).isEqualTo(numbers(length));
                int largest = shares.get(0).size();
                assertThat(shares).allMatch(share -> largest - share.size() <= 1 && share.size() <= largest);
            }
        }
    }

    @Test
    void whatFailsOnOneRankFailsOnAll() {
        List<String> messages = failures(
                3,
                group -> group.together(() -> {
                    if (group.rank() > 0) {
                        throw new DeqaException("no image here");
                    }
                    return 1;
                }));
        assertThat(messages).containsExactly("rank 1: no image here", "no image here", "no image here");
        assertThatThrownBy(() -> ProcessGroup.alone().together(() -> {
                    throw new DeqaException("no image");
                }))
                .hasMessage("no image");
        assertThat(run(2, group -> group.together(() -> group.rank()))).containsExactly(0, 1);
    }

    @Test
    void aRankThatLeavesSaysWhy() {
        List<String> messages = failures(2, group -> {
            if (group.rank() == 1) {
                IllegalStateException fault = new IllegalStateException("broken");
                group.fail(fault);
                throw fault;
            }
            return group.sum(new double[] {1});
        });
        assertThat(messages).containsExactly("rank 1: java.lang.IllegalStateException: broken", "broken");
    }

    @Test
    void whoSawARankEndIsAsked() {
        AtomicReference<String> seen = new AtomicReference<>();
        assertThat(failures(2, () -> Optional.ofNullable(seen.get()), group -> {
                    group.sum(new double[] {1});
                    if (group.rank() == 1) {
                        group.fail(new IllegalStateException());
                        seen.set("rank 1 was killed");
                    }
                    return group.rank() == 1 ? 1 : group.sum(new double[] {1});
                }))
                .containsExactly("rank 1 was killed", "1");
    }

    @Test
    void twoOfOneNumberAreRefused() {
        try (Rendezvous point = Rendezvous.keep(0)) {
            RankInfo info = RankInfo.onThisMachine(1, 2, point.port());
            List<CompletableFuture<Integer>> both = Stream.of(info, info, RankInfo.onThisMachine(0, 2, point.port()))
                    .map(one -> CompletableFuture.supplyAsync(
                            () -> {
                                try (ProcessGroup group = new C10dProcessGroup(one, Device.CPU, RankMonitor.NONE)) {
                                    return group.rank();
                                }
                            },
                            task -> new Thread(task).start()))
                    .toList();
            assertThat(both.stream().map(ProcessGroupTest::ending).toList())
                    .contains("two processes have rank 1 of 2; give each its own RANK, or another MASTER_PORT"
                            + " if an earlier run is still there");
        }
    }

    private static List<Integer> numbers(int length) {
        return IntStream.range(0, length).boxed().toList();
    }

    private static <T> List<T> run(int size, Function<ProcessGroup, T> work) {
        return futures(size, RankMonitor.NONE, work).stream()
                .map(CompletableFuture::join)
                .toList();
    }

    private static List<String> failures(int size, Function<ProcessGroup, Object> work) {
        return failures(size, RankMonitor.NONE, work);
    }

    private static List<String> failures(int size, RankMonitor monitor, Function<ProcessGroup, Object> work) {
        return futures(size, monitor, work).stream()
                .map(ProcessGroupTest::ending)
                .toList();
    }

    private static String ending(CompletableFuture<?> future) {
        try {
            return String.valueOf(future.join());
        } catch (CompletionException e) {
            return String.valueOf(e.getCause() == null ? "" : e.getCause().getMessage());
        }
    }

    private static <T> List<CompletableFuture<T>> futures(
            int size, RankMonitor monitor, Function<ProcessGroup, T> work) {
        if (size == 1) {
            return List.of(CompletableFuture.completedFuture(work.apply(ProcessGroup.alone())));
        }
        try (Rendezvous point = Rendezvous.keep(0)) {
            List<CompletableFuture<T>> futures = new ArrayList<>();
            for (int rank = 0; rank < size; rank++) {
                RankInfo info = RankInfo.onThisMachine(rank, size, point.port());
                futures.add(CompletableFuture.supplyAsync(
                        () -> {
                            try (ProcessGroup group = new C10dProcessGroup(info, Device.CPU, monitor)) {
                                return work.apply(group);
                            }
                        },
                        task -> new Thread(task).start()));
            }
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new))
                    .exceptionally(e -> null)
                    .join();
            return futures;
        }
    }
}
