package io.github.deqa4j.train.data;

import io.github.deqa4j.image.RgbImage;
import java.util.List;

/**
 * The picture itself.
 *
 * @param pixels how many the network's input has
 */
public record WholePicture(long pixels) implements Treatment {
    @Override
    public List<Sight> of(RgbImage seen, long seed) {
        return List.of(new Sight(seen, 0));
    }

    @Override
    public boolean random() {
        return false;
    }
}
