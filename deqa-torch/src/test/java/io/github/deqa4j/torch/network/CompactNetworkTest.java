package io.github.deqa4j.torch.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.prepare.ViewAxis;
import io.github.deqa4j.torch.network.CompactNetwork.WindowAxis;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CompactNetworkTest {
    @Test
    void windowsMoveByACellAndTheLastEndsWithTheImage() {
        WindowAxis axis = WindowAxis.of(new ViewAxis(150, 150, 150), 16, 128);

        assertThat(axis.cells()).isEqualTo(8);
        assertThat(axis.spans()).containsExactly(new Span(0, 128), new Span(16, 144), new Span(32, 150));
    }

    @Test
    void windowsAreOfTheImagesOwnPixels() {
        WindowAxis axis = WindowAxis.of(new ViewAxis(600, 150, 150), 16, 128);

        assertThat(axis.spans()).containsExactly(new Span(0, 512), new Span(64, 576), new Span(128, 600));
    }

    @ParameterizedTest
    @CsvSource({
        "128, 128, 128, 8",
        "90, 90, 90, 6",
        "1, 1, 1, 1",
        "20, 20, 32, 2",
        "300, 300, 500, 32",
        "400, 40, 500, 32"
    })
    void aSideThatIsShortOrContinuedHasOneWindow(int image, int shrunk, int seen, int cells) {
        assertThat(WindowAxis.of(new ViewAxis(image, shrunk, seen), 16, 128))
                .isEqualTo(new WindowAxis(cells, List.of(new Span(0, image))));
    }

    @Test
    void aWindowIsAtLeastACell() {
        assertThat(WindowAxis.of(new ViewAxis(500, 500, 500), 256, 128).spans())
                .containsExactly(new Span(0, 256), new Span(256, 500));
    }
}
