package io.github.deqa4j.torch.nn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RandomStreamTest {
    /** The first outputs of the reference implementation by Vigna for this seed. */
    @Test
    void itIsSplitMix64() {
        assertThat(draw(new RandomStream(1234567), 5))
                .containsExactly(
                        6457827717110365317L,
                        3203168211198807973L,
                        Long.parseUnsignedLong("9817491932198370423"),
                        4593380528125082431L,
                        Long.parseUnsignedLong("16408922859458223821"));
        assertThat(draw(new RandomStream(-9), 3))
                .isEqualTo(Stream.generate(new SplittableRandom(-9)::nextLong)
                        .limit(3)
                        .toList());
    }

    @Test
    void aPlaceInItGivesTheSameSeedsAgain() {
        RandomStream stream = new RandomStream(131);
        List<Long> seeds = draw(stream, 5);
        assertThat(stream.position()).isEqualTo(5);
        stream.moveTo(2);
        assertThat(draw(stream, 3)).isEqualTo(seeds.subList(2, 5));
    }

    @Test
    void everySubstreamHasSeedsOfItsOwnAtTheSamePositions() {
        assertThat(IntStream.range(0, 4)
                        .mapToObj(substream -> {
                            RandomStream stream = new RandomStream(131);
                            stream.enter(substream);
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
