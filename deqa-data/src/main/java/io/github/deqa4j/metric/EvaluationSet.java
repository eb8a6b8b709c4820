package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.Quoted;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The predicted and true scores of a data set.
 *
 * @param name what tables call it
 * @param pictures at least two; either all have a true std or none
 * @param references which reference picture each was made from, in the same order; empty where they have none or it is not
 *     known
 */
public record EvaluationSet(String name, List<EvaluatedPicture> pictures, List<String> references) {
    private static final int LEAST_PICTURES = 2;

    /**
     * A data set on which correlations are defined.
     *
     * @throws DeqaException if there are fewer than two pictures, all predictions or all truths are equal, or only some
     *     pictures have a true std
     */
    public EvaluationSet {
        pictures = List.copyOf(pictures);
        references = List.copyOf(references);
        if (!references.isEmpty() && references.size() != pictures.size()) {
            throw new IllegalArgumentException(references.size() + " references of " + pictures.size() + " pictures");
        }
        if (pictures.size() < LEAST_PICTURES) {
            throw new DeqaException(
                    name + ": there " + (pictures.size() == 1 ? "is 1 picture" : "are " + pictures.size() + " pictures")
                            + " to evaluate; a correlation needs at least 2");
        }
        requireSpread(name, "predicted", pictures, EvaluatedPicture::predicted);
        requireSpread(name, "true", pictures, EvaluatedPicture::truth);
        requireAllOrNoStd(name, pictures);
    }

    /** A data set whose pictures have no references, or none that are known. */
    public EvaluationSet(String name, List<EvaluatedPicture> pictures) {
        this(name, pictures, List.of());
    }

    /**
     * The same with the references that are known; none where no picture has one.
     *
     * @throws DeqaException if only some pictures have a reference
     */
    public EvaluationSet withReferences(ReferenceNames names) {
        List<String> found = pictures.stream()
                .flatMap(picture -> names.of(picture.image()).stream())
                .toList();
        if (!found.isEmpty() && found.size() < pictures.size()) {
            String without = pictures.stream()
                    .map(EvaluatedPicture::image)
                    .filter(image -> names.of(image).isEmpty())
                    .findFirst()
                    .orElseThrow();
            throw new DeqaException(name + ": " + (pictures.size() - found.size()) + " of " + pictures.size()
                    + " pictures have no reference, such as " + Quoted.of(without)
                    + "; name one for all pictures or for none");
        }
        return new EvaluationSet(name, pictures, found);
    }

    /** How many references there are; empty where they are not known. */
    public OptionalInt referenceCount() {
        return references.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) references.stream().distinct().count());
    }

    /** Those pictures that meet a condition, with their references. */
    public EvaluationSet only(Predicate<EvaluatedPicture> condition) {
        List<Integer> kept = IntStream.range(0, size())
                .filter(i -> condition.test(pictures.get(i)))
                .boxed()
                .toList();
        return new EvaluationSet(
                name,
                kept.stream().map(pictures::get).toList(),
                references.isEmpty()
                        ? references
                        : kept.stream().map(references::get).toList());
    }

    /** Whether people's spread is known, so that distributions can be compared. */
    public boolean hasTruthStd() {
        return pictures.get(0).hasTruthStd();
    }

    public int size() {
        return pictures.size();
    }

    /** One number of each picture, in order. */
    public double[] values(ToDoubleFunction<EvaluatedPicture> number) {
        return pictures.stream().mapToDouble(number).toArray();
    }

    private static void requireSpread(
            String name, String what, List<EvaluatedPicture> pictures, ToDoubleFunction<EvaluatedPicture> score) {
        double first = score.applyAsDouble(pictures.get(0));
        if (pictures.stream().allMatch(picture -> score.applyAsDouble(picture) == first)) {
            throw new DeqaException(name + ": all " + pictures.size() + " " + what + " scores are "
                    + String.format(Locale.ROOT, "%.4f", first)
                    + ", and SRCC, PLCC and KRCC are undefined for a constant; check the file for a failed run");
        }
    }

    private static void requireAllOrNoStd(String name, List<EvaluatedPicture> pictures) {
        List<EvaluatedPicture> without =
                pictures.stream().filter(picture -> !picture.hasTruthStd()).toList();
        if (!without.isEmpty() && without.size() < pictures.size()) {
            throw new DeqaException(
                    name + ": " + without.size() + " of " + pictures.size() + " pictures have no true std, such as "
                            + Quoted.of(without.get(0).id()) + "; give a std for all pictures or for none");
        }
    }
}
