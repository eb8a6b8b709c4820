package io.github.deqa4j.train.distortion;

import io.github.deqa4j.image.RgbImage;
import java.util.List;

/**
 * A place on a ladder: what is done to the pristine image there.
 *
 * @param doses in the order in which they are applied; none for the pristine image itself
 */
public record Rung(List<Dose> doses) {
    public Rung {
        doses = List.copyOf(doses);
    }

    /** How strong its distortions are together: √Σ strength², 0 for the pristine image. */
    public double strength() {
        return Math.sqrt(doses.stream()
                .mapToDouble(dose -> dose.strength() * dose.strength())
                .sum());
    }

    /** The image of this rung, of the pristine one's size. */
    public RgbImage apply(RgbImage pristine) {
        RgbImage result = pristine;
        for (Dose dose : doses) {
            result = dose.apply(result);
        }
        return result;
    }
}
