package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A rated image.
 *
 * @param opinion what raters said; more is better
 * @param reference name of the image that this one was made from
 * @param subset its subset in the official split
 * @param degradation another sign of poor quality in the layout, more is worse: the strength of the distortion, or another
 *     score with its sign changed; shows whether the opinions are reversed
 */
public record ImportedImage(Opinion opinion, Optional<String> reference, Subset subset, OptionalDouble degradation) {
    static ImportedImage of(Opinion opinion) {
        return new ImportedImage(opinion, Optional.empty(), Subset.UNASSIGNED, OptionalDouble.empty());
    }

    ImportedImage withReference(String name) {
        return new ImportedImage(opinion, Optional.of(name), subset, degradation);
    }

    ImportedImage withSubset(Subset official) {
        return new ImportedImage(opinion, reference, official, degradation);
    }

    ImportedImage withDegradation(OptionalDouble worse) {
        return new ImportedImage(opinion, reference, subset, worse);
    }

    ImportedImage withStd(OptionalDouble std) {
        return new ImportedImage(
                new Opinion(opinion.path(), opinion.mos(), std, opinion.mosText()), reference, subset, degradation);
    }

    ImportedImage withPath(String path) {
        return path.equals(opinion.path())
                ? this
                : new ImportedImage(
                        new Opinion(path, opinion.mos(), opinion.std(), opinion.mosText()),
                        reference,
                        subset,
                        degradation);
    }

    String path() {
        return opinion.path();
    }

    String basename() {
        return opinion.basename();
    }

    double mos() {
        return opinion.mos();
    }

    /** The subset of the official split that an image belongs to. */
    public enum Subset {
        TRAIN,
        TEST,
        /** Neither training nor test, such as a validation image. */
        NEITHER,
        /** The layout gives no split. */
        UNASSIGNED
    }
}
