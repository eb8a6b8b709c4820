package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.Span;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A network that gives the logits of the five levels for windows of an image, too. */
public interface WindowNetwork {
    /**
     * The logits of an image and of the windows that slide over it, from one pass through the network.
     *
     * @param image the image
     * @param pixels (B, 3, H, W), the image as {@link LevelNetwork#view} prepares it, or several of its size
     */
    WindowLogits logits(RgbImage image, Tensor pixels);

    /**
     * Logits of the five levels, excellent to bad. There is a window for each row and each column.
     *
     * @param whole of the images, to the last bit {@link LevelNetwork#answer}
     * @param windows (B, rows, columns, 5), of the windows
     * @param rows the vertical extent of the windows in pixels of the image, from the top
     * @param columns the horizontal extent of the windows in pixels of the image, from the left
     */
    record WindowLogits(LevelNetwork.LevelAnswer whole, Tensor windows, List<Span> rows, List<Span> columns) {
        /** Copies the lists. */
        public WindowLogits {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
        }
    }
}
