package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rated image.
 *
 * @param opinion what raters said; more is better
 * @param reference name of the image that this one was made from
 * @param part its part in the official split
 * @param damage another sign of poor quality in the layout, more is worse: the strength of the distortion, or another
 *     score with its sign changed; shows whether the opinions stand the right way round
 */
public record ImportedImage(Opinion opinion, Optional<String> reference, Part part, OptionalDouble damage) {
    static ImportedImage of(Opinion opinion) {
        return new ImportedImage(opinion, Optional.empty(), Part.OPEN, OptionalDouble.empty());
    }

    ImportedImage withReference(String name) {
        return new ImportedImage(opinion, Optional.of(name), part, damage);
    }

    ImportedImage withPart(Part official) {
        return new ImportedImage(opinion, reference, official, damage);
    }

    ImportedImage withDamage(OptionalDouble worse) {
        return new ImportedImage(opinion, reference, part, worse);
    }

    ImportedImage withStd(OptionalDouble std) {
        return new ImportedImage(
                new Opinion(opinion.image(), opinion.mos(), std, opinion.mosText()), reference, part, damage);
    }

    ImportedImage withImage(String image) {
        return image.equals(opinion.image())
                ? this
                : new ImportedImage(
                        new Opinion(image, opinion.mos(), opinion.std(), opinion.mosText()), reference, part, damage);
    }

    String image() {
        return opinion.image();
    }

    String basename() {
        return opinion.basename();
    }

    double mos() {
        return opinion.mos();
    }
}
