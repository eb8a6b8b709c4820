package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.reliability.FaultFile;
import io.github.deqa4j.score.FaultKind;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.DistortionSequence;
import io.github.deqa4j.train.distortion.DistortionSequence.Step;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Linear functions from the logarithms of statistics to the strengths of faults. Good images tell above which value a fault is named. The functions would be
 * too sure of the images that they were made of. Limit and scales therefore come from images that are left out, a fifth at a time.
 */
final class FaultFit {
    private static final int PARTS = 5;
    private static final int KINDS = FaultKind.ALL.size();

    /** By pristine images that were left out: 0.1 ranks kinds as well and has the greater error, 1 ranks them worse. */
    private static final double PENALTY = 0.3;

    /** The share of good images of which no fault is named when they are left out. */
    private static final double WITHOUT = 0.9;

    /**
     * How much higher the limit is, because photographs of other sources differ more. By those that nothing was learned from: without it 19 % of
     * 181 photographs of food and 15 % of 27 of animals got a fault named, with it 3 % and 4 %.
     */
    private static final float MARGIN = 1.25f;

    private FaultFit() {}

    /**
     * An image that was made worse, or a good one as it is.
     *
     * @param image number of the good image; all that was made of it is left out together
     * @param logarithms of the statistics that the network's head reads
     * @param distortions what was done to it; nothing to a good image
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Example(int image, double[] logarithms, DistortionSequence distortions) {
        /** The strength of each kind of fault. */
        double[] strengths() {
            double[] strengths = new double[KINDS];
            for (Step step : distortions.steps()) {
                int kind = FaultKind.ALL.indexOf(fault(step.kind()));
                strengths[kind] = Math.max(strengths[kind], step.strength());
            }
            return strengths;
        }

        boolean isGood() {
            return distortions.steps().isEmpty();
        }
    }

    /** @throws DeqaException if there are too few examples of a kind, or good images */
    static FaultFile of(List<Example> examples) {
        List<double[]> answers = leftOut(examples);
        RidgeRegression all = regression(examples);
        return new FaultFile(
                Floats.of(all.weights()), Floats.of(all.biases()), scales(examples, answers), limit(examples, answers));
    }

    /** The kinds of distortion that people can tell apart. */
    static FaultKind fault(DistortionKind kind) {
        return switch (kind) {
            case GAUSSIAN_BLUR, MOTION_BLUR, LENS_BLUR, RESAMPLING -> FaultKind.BLUR;
            case PIXELATION -> FaultKind.PIXELATION;
            case WHITE_NOISE, COLOR_NOISE, IMPULSE_NOISE, SPECKLE_NOISE -> FaultKind.NOISE;
            case OVER_SHARPENING -> FaultKind.OVER_SHARPENING;
            case JPEG, JPEG_TWICE -> FaultKind.JPEG;
            case WAVELET -> FaultKind.JPEG_2000;
            case BANDING -> FaultKind.BANDING;
            case BLOCK_SHIFT, BLOCK_LOSS -> FaultKind.BLOCK_LOSS;
            case HAZE, CONTRAST_DOWN -> FaultKind.LOW_CONTRAST;
            case CONTRAST_UP -> FaultKind.HIGH_CONTRAST;
            case OVER_EXPOSURE -> FaultKind.OVER_EXPOSURE;
            case UNDER_EXPOSURE -> FaultKind.UNDER_EXPOSURE;
            case VIGNETTE -> FaultKind.VIGNETTE;
            case SATURATION_DOWN -> FaultKind.UNDERSATURATION;
            case SATURATION_UP -> FaultKind.OVERSATURATION;
            case COLOR_CAST -> FaultKind.COLOR_CAST;
        };
    }

    /** What functions that were made without an image say of it. */
    private static List<double[]> leftOut(List<Example> examples) {
        double[][] answers = new double[examples.size()][];
        for (int part = 0; part < PARTS; part++) {
            int left = part;
            List<Example> rest =
                    examples.stream().filter(one -> one.image() % PARTS != left).toList();
            RidgeRegression regression = regression(rest);
            for (int i = 0; i < answers.length; i++) {
                if (examples.get(i).image() % PARTS == part) {
                    answers[i] = regression.at(examples.get(i).logarithms());
                }
            }
        }
        return List.of(answers);
    }

    private static RidgeRegression regression(List<Example> examples) {
        return RidgeRegression.of(
                examples.stream().map(Example::logarithms).toList(),
                examples.stream().map(Example::strengths).toList(),
                PENALTY);
    }

    private static float limit(List<Example> examples, List<double[]> answers) {
        double[] highest = IntStream.range(0, answers.size())
                .filter(i -> examples.get(i).isGood())
                .mapToDouble(i -> Arrays.stream(answers.get(i)).max().orElseThrow())
                .sorted()
                .toArray();
        return MARGIN * (float) highest[(int) Math.ceil(WITHOUT * highest.length) - 1];
    }

    /** For each kind the factor that brings the values closest to the strengths, where there is a fault of the kind. */
    private static float[] scales(List<Example> examples, List<double[]> answers) {
        float[] scales = new float[KINDS];
        for (int kind = 0; kind < KINDS; kind++) {
            double products = 0;
            double squares = 0;
            for (int i = 0; i < answers.size(); i++) {
                double strength = examples.get(i).strengths()[kind];
                if (strength > 0) {
                    products += strength * answers.get(i)[kind];
                    squares += answers.get(i)[kind] * answers.get(i)[kind];
                }
            }
            if (!(products > 0)) {
                throw new DeqaException(
                        "the examples do not show what " + FaultKind.ALL.get(kind) + " looks like; give more images");
            }
            scales[kind] = (float) (products / squares);
        }
        return scales;
    }
}
