package io.github.deqa4j.image.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.deqa4j.image.ImageFiles;
import io.github.deqa4j.image.RgbImage;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Of squares, {@link SquareViewTest} compares many. */
class BicubicResizeTest {
    static List<JsonNode> resizes() {
        return StreamSupport.stream(ImageFiles.json("resizes.json").spliterator(), false)
                .toList();
    }

    @ParameterizedTest
    @MethodSource("resizes")
    void imagesOfAnyShapeAreThoseOfPillow(JsonNode expected) {
        RgbImage image = ImageFiles.pattern(
                expected.get("width").intValue(), expected.get("height").intValue());
        int width = expected.get("to_width").intValue();
        int height = expected.get("to_height").intValue();

        RgbImage resized = BicubicResize.to(image, width, height);

        assertThat(resized.width()).isEqualTo(width);
        assertThat(resized.height()).isEqualTo(height);
        assertThat(ImageFiles.sha256(resized)).isEqualTo(expected.get("sha256").textValue());
    }
}
