package io.github.deqa4j.benchmarks;

import io.github.deqa4j.dataset.LevelValues;
import io.github.deqa4j.label.MosScale;
import io.github.deqa4j.label.SoftLabel;
import io.github.deqa4j.label.SoftLabelBuilder;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/**
 * Labels of one way of making them, side by side with what the raters said.
 *
 * @param labels a label for each image
 */
record LabelErrors(List<Labeled> labels) {
    /** Share of the uniform distribution that is mixed in, so that a level without mass costs much and not everything. */
    static final double UNIFORM_SHARE = 0.001;

    private static final Set<SoftLabel.Kind> NOT_FEASIBLE =
            EnumSet.of(SoftLabel.Kind.STD_TOO_SMALL, SoftLabel.Kind.STD_TOO_LARGE);

    /**
     * An image's label.
     *
     * @param made how it came about
     * @param p its values
     * @param histogram the real shares of the raters
     */
    record Labeled(SoftLabel made, LevelValues p, LevelValues histogram) {
        double meanError() {
            return Math.abs(p.mean() - made.mean());
        }

        double stdError() {
            return Math.abs(p.std() - made.std().orElseThrow());
        }

        double wasserstein() {
            return Math.hypot(meanError(), stdError());
        }

        /** KL(histogram ‖ label), the label divided by its mass and mixed with the uniform distribution. */
        double kl() {
            double[] truth = histogram.toArray();
            double[] label = p.toArray();
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                double q = (1 - UNIFORM_SHARE) * label[i] / p.mass() + UNIFORM_SHARE / truth.length;
                sum += truth[i] > 0 ? truth[i] * Math.log(truth[i] / q) : 0;
            }
            return sum;
        }

        /** Earth mover's distance to the histogram, in levels. */
        double emd() {
            double[] truth = histogram.toArray();
            double[] label = p.toArray();
            double moved = 0;
            double sum = 0;
            for (int i = 0; i < truth.length; i++) {
                moved += truth[i] - label[i] / p.mass();
                sum += Math.abs(moved);
            }
            return sum;
        }

        /** Whether raters chose a level that the label says is impossible. */
        boolean excludesTruth() {
            double[] truth = histogram.toArray();
            double[] label = p.toArray();
            boolean excludes = false;
            for (int i = 0; i < truth.length; i++) {
                excludes |= truth[i] > 0 && label[i] == 0;
            }
            return excludes;
        }

        boolean feasible() {
            return !NOT_FEASIBLE.contains(made.kind());
        }
    }

    static LabelErrors of(Collection<RatedImage> images, MosScale scale, LabelCandidate candidate) {
        SoftLabelBuilder builder = new SoftLabelBuilder(candidate.settings(), scale);
        return new LabelErrors(images.stream()
                .map(image -> {
                    SoftLabel made = builder.build(image.opinion());
                    return new Labeled(made, candidate.label().apply(made), image.histogram());
                })
                .toList());
    }

    double average(ToDoubleFunction<Labeled> figure) {
        return labels.stream().mapToDouble(figure).average().orElseThrow();
    }

    /** The greatest error among the labels that can be exact. */
    double worst(ToDoubleFunction<Labeled> figure) {
        return labels.stream()
                .filter(Labeled::feasible)
                .mapToDouble(figure)
                .max()
                .orElseThrow();
    }

    long count(SoftLabel.Kind kind) {
        return labels.stream().filter(label -> label.made().kind() == kind).count();
    }
}
