package io.github.deqa4j.metric;

import io.github.deqa4j.DeqaException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * The predicted and true scores of a data set.
 *
 * @param name what tables call it
 * @param pictures at least two; either all have a true std or none
 */
public record EvaluationSet(String name, List<EvaluatedPicture> pictures) {
    private static final int LEAST_PICTURES = 2;

    /**
     * A data set on which correlations are defined.
     *
     * @throws DeqaException if there are fewer than two pictures, all predictions or all truths are equal, or only some
     *     pictures have a true std
     */
    public EvaluationSet {
        pictures = List.copyOf(pictures);
        if (pictures.size() < LEAST_PICTURES) {
            throw new DeqaException(
                    name + ": there are " + pictures.size() + " pictures to evaluate; a correlation needs at least 2");
        }
        requireSpread(name, "predicted", pictures, EvaluatedPicture::predicted);
        requireSpread(name, "true", pictures, EvaluatedPicture::truth);
        requireAllOrNoStd(name, pictures);
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
            throw new DeqaException(name + ": " + without.size() + " of " + pictures.size()
                    + " pictures have no true std, such as \"" + without.get(0).id()
                    + "\"; give a std for all pictures or for none");
        }
    }
}
