package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The predicted and true scores of a data set.
 *
 * @param name what tables call it
 * @param images at least two; either all have a true std or none
 * @param references which reference image each was made from, in the same order; empty where they have none or it is not
 *     known
 * @param model the identity of the model that gave the predictions, as its results name it; empty where they do not
 */
public record EvaluationSet(String name, List<EvaluatedImage> images, List<String> references, Optional<String> model) {
    private static final int LEAST_IMAGES = 2;

    /**
     * A data set on which correlations are defined.
     *
     * @throws DeqaException if there are fewer than two images, all predictions or all truths are equal, or only some
     *     images have a true std
     */
    public EvaluationSet {
        images = List.copyOf(images);
        references = List.copyOf(references);
        if (!references.isEmpty() && references.size() != images.size()) {
            throw new IllegalArgumentException(references.size() + " references of " + images.size() + " images");
        }
        if (images.size() < LEAST_IMAGES) {
            throw new DeqaException(
                    name + ": there " + (images.size() == 1 ? "is 1 image" : "are " + images.size() + " images")
                            + " to evaluate; a correlation needs at least 2");
        }
        requireSpread(name, "predicted", images, EvaluatedImage::predicted);
        requireSpread(name, "true", images, EvaluatedImage::truth);
        requireAllOrNoStd(name, images);
    }

    /** A data set whose images have no references, or none that are known. */
    public EvaluationSet(String name, List<EvaluatedImage> images) {
        this(name, images, List.of(), Optional.empty());
    }

    /**
     * The same set with the references that are known. It has no references where no image has one.
     *
     * @throws DeqaException if only some images have a reference
     */
    public EvaluationSet withReferences(ReferenceLookup names) {
        List<String> found = images.stream()
                .flatMap(image -> names.find(image.path()).stream())
                .toList();
        if (!found.isEmpty() && found.size() < images.size()) {
            String without = images.stream()
                    .map(EvaluatedImage::path)
                    .filter(name -> names.find(name).isEmpty())
                    .findFirst()
                    .orElseThrow();
            throw new DeqaException(name + ": " + (images.size() - found.size()) + " of " + images.size()
                    + " images have no reference, such as " + Excerpt.quoted(without)
                    + "; name one for all images or for none");
        }
        return new EvaluationSet(name, images, found, model);
    }

    /** The same set, with the identity of the model that gave the predictions. */
    public EvaluationSet withModel(Optional<String> identity) {
        return new EvaluationSet(name, images, references, identity);
    }

    /** How many references there are; empty where they are not known. */
    public OptionalInt referenceCount() {
        return references.isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of((int) references.stream().distinct().count());
    }

    /** Those images that meet a condition, with their references. */
    public EvaluationSet only(Predicate<EvaluatedImage> condition) {
        List<Integer> kept = IntStream.range(0, size())
                .filter(i -> condition.test(images.get(i)))
                .boxed()
                .toList();
        return new EvaluationSet(
                name,
                kept.stream().map(images::get).toList(),
                references.isEmpty()
                        ? references
                        : kept.stream().map(references::get).toList(),
                model);
    }

    /** Whether the standard deviation of the ratings is known, so that distributions can be compared. */
    public boolean hasTruthStd() {
        return images.get(0).hasTruthStd();
    }

    public int size() {
        return images.size();
    }

    /** One number of each image, in order. */
    public double[] values(ToDoubleFunction<EvaluatedImage> number) {
        return images.stream().mapToDouble(number).toArray();
    }

    private static void requireSpread(
            String name, String what, List<EvaluatedImage> images, ToDoubleFunction<EvaluatedImage> score) {
        double first = score.applyAsDouble(images.get(0));
        if (images.stream().allMatch(image -> score.applyAsDouble(image) == first)) {
            throw new DeqaException(name + ": all " + images.size() + " " + what + " scores are "
                    + String.format(Locale.ROOT, "%.4f", first)
                    + ", and SRCC, PLCC and KRCC are undefined for a constant; check the file for a failed run");
        }
    }

    private static void requireAllOrNoStd(String name, List<EvaluatedImage> images) {
        List<EvaluatedImage> without =
                images.stream().filter(image -> !image.hasTruthStd()).toList();
        if (!without.isEmpty() && without.size() < images.size()) {
            throw new DeqaException(
                    name + ": " + without.size() + " of " + images.size() + " images have no true std, such as "
                            + Excerpt.quoted(without.get(0).id()) + "; give a std for all images or for none");
        }
    }
}
