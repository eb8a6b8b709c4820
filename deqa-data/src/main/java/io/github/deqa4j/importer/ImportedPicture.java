package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rated picture.
 *
 * @param opinion what raters said; more is better
 * @param reference name of the picture that this one was made from
 * @param part its part in the official split
 * @param damage another sign of poor quality in the layout, more is worse: the strength of the distortion, or another
 *     score with its sign changed; shows whether the opinions stand the right way round
 */
public record ImportedPicture(Opinion opinion, Optional<String> reference, Part part, OptionalDouble damage) {
    static ImportedPicture of(Opinion opinion) {
        return new ImportedPicture(opinion, Optional.empty(), Part.OPEN, OptionalDouble.empty());
    }

    ImportedPicture withReference(String name) {
        return new ImportedPicture(opinion, Optional.of(name), part, damage);
    }

    ImportedPicture withPart(Part official) {
        return new ImportedPicture(opinion, reference, official, damage);
    }

    ImportedPicture withDamage(OptionalDouble worse) {
        return new ImportedPicture(opinion, reference, part, worse);
    }

    ImportedPicture withStd(OptionalDouble std) {
        return new ImportedPicture(
                new Opinion(opinion.image(), opinion.mos(), std, opinion.mosText()), reference, part, damage);
    }

    ImportedPicture withImage(String image) {
        return image.equals(opinion.image())
                ? this
                : new ImportedPicture(
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
