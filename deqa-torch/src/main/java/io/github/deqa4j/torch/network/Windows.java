package io.github.deqa4j.torch.network;

import io.github.deqa4j.image.Span;
import io.github.deqa4j.image.prepare.ViewAxis;
import java.util.List;
import java.util.stream.IntStream;

/** Where windows lie that slide over an image: every one of the rows crossed with every one of the columns. */
public record Windows(Side rows, Side columns) {
    /**
     * The windows along a side.
     *
     * @param cells length of a window in cells of the network's coarsest features
     * @param spans what each shows, in the image's pixels
     */
    public record Side(int cells, List<Span> spans) {
        /** Copies the spans. */
        public Side {
            spans = List.copyOf(spans);
        }

        /**
         * Windows that move by one cell. Along a side that is shorter than a window, and along one that is continued outward
         * by mirror images, there is one, over all that is seen: so it speaks of the image and not of one of its images.
         *
         * @param cell pixels along a side of a cell, as seen
         * @param window pixels along a side of a window, as seen
         */
        static Side of(ViewAxis side, int cell, int window) {
            int all = (side.seen() + cell - 1) / cell;
            int cells = side.continued() ? all : Math.min(all, Math.max(1, window / cell));
            List<Span> spans = IntStream.rangeClosed(0, all - cells)
                    .mapToObj(first -> side.span(first * cell, (first + cells) * cell))
                    .toList();
            return new Side(cells, spans);
        }
    }
}
