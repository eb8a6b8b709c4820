package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    @Test
    void aPlaceInItGivesTheSameSeedsAgain() {
        RandomStream stream = new RandomStream(131);
        List<Long> seeds = draw(stream, 5);
        assertThat(stream.position()).isEqualTo(5);
        stream.moveTo(2);
        assertThat(draw(stream, 3)).isEqualTo(seeds.subList(2, 5));
    }

    @Test
    void everyStretchHasSeedsOfItsOwnAtTheSamePositions() {
        assertThat(IntStream.range(0, 4)
                        .mapToObj(stretch -> {
                            RandomStream stream = new RandomStream(131);
                            stream.enter(stretch);
                            return draw(stream, 100);
                        })
                        .flatMap(List::stream))
                .doesNotHaveDuplicates()
                .startsWith(new RandomStream(131).next());
    }

    private static List<Long> draw(RandomStream stream, int count) {
        return Stream.generate(stream::next).limit(count).toList();
    }
}
