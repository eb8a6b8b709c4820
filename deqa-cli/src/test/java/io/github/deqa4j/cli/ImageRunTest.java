package io.github.deqa4j.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.image.RgbImage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ImageRunTest {
    private final List<String> outcomes = new ArrayList<>();
    private int limit = Integer.MAX_VALUE;

    @Test
    void outcomesKeepTheOrderWhateverTheBatch() {
        for (int batch = 1; batch <= 6; batch++) {
            outcomes.clear();
            run(batch, List.of(1, 2, 3, 4, 5));
            assertThat(outcomes).as("batch %d", batch).containsExactly("1=1", "2=2", "3=3", "4=4", "5=5");
        }
    }

    @Test
    void aImageThatCannotBeReadFailsAlone() {
        run(3, List.of(1, -2, 3));
        assertThat(outcomes).containsExactly("1=1", "-2: no image -2", "3=3");
    }

    @Test
    void aImageThatTheNetworkRefusesFailsAloneAndIsNamed() {
        run(3, List.of(1, 13, 3, 13));
        assertThat(outcomes).containsExactly("1=1", "13: p13: too wide", "3=3", "13: p13: too wide");
    }

    @Test
    void aModelThatCannotBeUsedEndsTheRun() {
        ImageRun<Integer, Integer> run = new ImageRun<>(
                2,
                item -> "p" + item,
                ImageRunTest::image,
                images -> {
                    throw new UnusableModelException("no numbers");
                },
                () -> false);
        assertThatThrownBy(() -> run.run(List.of(1, 2), outcome -> outcomes.add("" + outcome.item())))
                .isInstanceOf(UnusableModelException.class)
                .hasMessage("no numbers");
        assertThat(outcomes).isEmpty();
    }

    @Test
    void theNetworkIsNotAskedAboutNothing() {
        run(2, List.of(-1, -2));
        assertThat(outcomes).containsExactly("-1: no image -1", "-2: no image -2");
    }

    @Test
    void aRunThatIsAskedToStopEndsWithItsBatch() {
        limit = 1;
        run(2, List.of(1, 2, 3, 4, 5));
        assertThat(outcomes).containsExactly("1=1", "2=2");
    }

    @Test
    void theNextBatchIsReadWhileTheNetworkWorks() {
        CountDownLatch second = new CountDownLatch(1);
        ImageRun<Integer, Integer> run = new ImageRun<>(
                1,
                item -> "p" + item,
                item -> {
                    if (item == 2) {
                        second.countDown();
                    }
                    return image(item);
                },
                images -> {
                    await(second);
                    return widths(images);
                },
                () -> false);
        run.run(List.of(1, 2), outcome -> outcomes.add(outcome.item() + "=" + outcome.get()));
        assertThat(outcomes).containsExactly("1=1", "2=2");
    }

    private void run(int batch, List<Integer> items) {
        new ImageRun<Integer, Integer>(
                        batch,
                        item -> "p" + item,
                        ImageRunTest::image,
                        ImageRunTest::widths,
                        () -> outcomes.size() >= limit)
                .run(
                        items,
                        outcome -> outcomes.add(
                                outcome.failed()
                                        ? outcome.item() + ": " + outcome.problem()
                                        : outcome.item() + "=" + outcome.get()));
    }

    private static RgbImage image(int width) {
        if (width < 0) {
            throw new DeqaException("no image " + width);
        }
        return new RgbImage(width, 1, new byte[3 * width]);
    }

    private static List<Integer> widths(List<RgbImage> images) {
        assertThat(images).isNotEmpty();
        if (images.stream().anyMatch(image -> image.width() == 13)) {
            throw new DeqaException("too wide");
        }
        return images.stream().map(RgbImage::width).toList();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS))
                    .as("the second image was read ahead")
                    .isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
