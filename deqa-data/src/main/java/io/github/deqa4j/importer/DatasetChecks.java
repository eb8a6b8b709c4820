package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import java.util.ArrayList;
import java.util.DoubleSummaryStatistics;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;

/** Checks of the numbers and names of a data set, without its images. */
final class DatasetChecks {
    /** A correlation below this may be noise in a small file. */
    private static final double CLEAR_CORRELATION = 0.2;

    private static final double ROUNDING = 1e-6;

    /** A mean so many interquartile ranges from the median is probably on another scale. */
    private static final int FAR = 5;

    /** Raters who use a scale at all differ by more than this share of it. */
    private static final double NARROW = 0.02;

    private final ImportedDataset dataset;
    private final ImportReport.Builder report;

    DatasetChecks(ImportedDataset dataset, ImportReport.Builder report) {
        this.dataset = dataset;
        this.report = report;
    }

    void run(Split split) {
        counts();
        names();
        ranges();
        outliers();
        direction();
        spreads();
        parts(split);
    }

    private void counts() {
        int found = dataset.images().size();
        dataset.facts().images().ifPresent(known -> {
            if (found != known) {
                report.warn(
                        String.format(Locale.ROOT, "there are %,d images; the published set has %,d", found, known));
            }
        });
        long references = dataset.images().stream()
                .flatMap(image -> image.reference().stream())
                .distinct()
                .count();
        dataset.facts().references().ifPresent(known -> {
            if (references != known) {
                report.warn("there are " + references + " references; the published set has " + known);
            }
        });
    }

    private void names() {
        List<String> names = dataset.images().stream().map(ImportedImage::path).toList();
        List<String> repeated = repeated(names.stream());
        if (!repeated.isEmpty()) {
            report.error(repeated.size() + " images stand in more than one row; keep one row of each: "
                    + ImportReport.Builder.some(repeated));
        }
        List<String> shared = repeated(names.stream().distinct().map(Opinion::basename));
        if (!shared.isEmpty()) {
            report.error(shared.size()
                    + " names stand for more than one image, and a split goes by names without folders: "
                    + ImportReport.Builder.some(shared));
        }
    }

    private static List<String> repeated(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        return names.filter(name -> !seen.add(name)).distinct().toList();
    }

    private void ranges() {
        dataset.facts().scale().ifPresent(scale -> {
            List<String> outside = images(
                    image -> image.mos() < scale.least() - ROUNDING || image.mos() > scale.greatest() + ROUNDING);
            if (!outside.isEmpty()) {
                report.error(outside.size() + " means lie outside " + scale.least() + " to " + scale.greatest() + ": "
                        + ImportReport.Builder.some(outside));
            }
        });
        if (dataset.images().stream().mapToDouble(ImportedImage::mos).distinct().count() < 2) {
            report.error("all images have one mean; a scale needs at least two");
        }
    }

    private void outliers() {
        DescriptiveStatistics means = new DescriptiveStatistics(
                dataset.images().stream().mapToDouble(ImportedImage::mos).toArray());
        double median = means.getPercentile(50);
        double far = FAR * (means.getPercentile(75) - means.getPercentile(25));
        List<String> outliers = images(image -> far > 0 && Math.abs(image.mos() - median) > far);
        if (!outliers.isEmpty()) {
            report.warn(String.format(
                    Locale.ROOT,
                    "%d means lie more than %d interquartile ranges from the median %.4g; are they on another scale than"
                            + " the rest? %s",
                    outliers.size(),
                    FAR,
                    median,
                    ImportReport.Builder.some(outliers)));
        }
    }

    private void direction() {
        List<ImportedImage> signs = dataset.images().stream()
                .filter(image -> image.degradation().isPresent())
                .toList();
        if (signs.size() < 3) {
            return;
        }
        double correlation = new PearsonsCorrelation()
                .correlation(
                        signs.stream().mapToDouble(ImportedImage::mos).toArray(),
                        signs.stream()
                                .mapToDouble(image -> image.degradation().orElseThrow())
                                .toArray());
        if (correlation > CLEAR_CORRELATION) {
            report.error(String.format(
                    Locale.ROOT,
                    "the means grow with what should lower them (correlation %.2f); they seem to stand the wrong way round",
                    correlation));
        }
    }

    private void spreads() {
        List<String> zero = images(image -> image.opinion().std().orElse(1) == 0);
        if (!zero.isEmpty()) {
            report.warn(zero.size() + " standard deviations are 0: " + ImportReport.Builder.some(zero));
        }
        List<String> absent = images(image -> image.opinion().std().isEmpty());
        if (absent.size() == dataset.images().size()) {
            report.warn("no image has a standard deviation; labels will need a pseudo-std or two levels");
        } else if (!absent.isEmpty()) {
            report.warn(absent.size() + " images have no standard deviation: " + ImportReport.Builder.some(absent));
        }
        dataset.facts().scale().ifPresentOrElse(this::spreads, this::spreadsOfMeans);
    }

    private void spreads(RatingScale scale) {
        List<String> wide = images(image -> image.opinion().std().orElse(0) > scale.greatestStd() * 1.1);
        if (!wide.isEmpty()) {
            report.warn(wide.size() + " standard deviations are larger than the scale allows; are they variances? "
                    + ImportReport.Builder.some(wide));
        }
        narrow(scale);
    }

    /** Where the scale is not known, the means tell how far it reaches at least. */
    private void spreadsOfMeans() {
        DoubleSummaryStatistics means =
                dataset.images().stream().mapToDouble(ImportedImage::mos).summaryStatistics();
        if (!(means.getMin() < means.getMax())) {
            return;
        }
        RatingScale range = new RatingScale(means.getMin(), means.getMax());
        List<String> wide = images(image -> image.opinion().std().orElse(0) > range.greatestStd());
        if (!wide.isEmpty()) {
            report.warn(String.format(
                    Locale.ROOT,
                    "%d standard deviations are larger than half the range of the means, %.4g to %.4g, so no ratings between"
                            + " these ends have them; are they variances or on another scale? %s",
                    wide.size(),
                    range.least(),
                    range.greatest(),
                    ImportReport.Builder.some(wide)));
        }
        narrow(range);
    }

    private void narrow(RatingScale range) {
        double[] stds = dataset.images().stream()
                .flatMapToDouble(image -> image.opinion().std().stream())
                .toArray();
        double median = new DescriptiveStatistics(stds).getPercentile(50);
        if (median < NARROW * (range.greatest() - range.least())) {
            report.warn(String.format(
                    Locale.ROOT,
                    "the median of the standard deviations is %.4g, below 2 %% of the range %.4g to %.4g; are they on another"
                            + " scale than the means, or errors of the mean instead?",
                    median,
                    range.least(),
                    range.greatest()));
        }
    }

    private void parts(Split split) {
        if (split.train().isEmpty() && split.test().isEmpty()) {
            report.error("the split has no image, neither for training nor for the test; say which are for what");
        } else if (split.train().isEmpty() || split.test().isEmpty()) {
            report.warn("the split has no image for " + (split.train().isEmpty() ? "training" : "the test"));
        }
        List<String> crossing = split.crossing();
        if (!crossing.isEmpty()) {
            report.warn(crossing.size()
                    + " references have images in training and in the test, so the test is not independent: "
                    + ImportReport.Builder.some(crossing));
        }
    }

    private List<String> images(Predicate<ImportedImage> condition) {
        List<String> names = new ArrayList<>();
        for (ImportedImage image : dataset.images()) {
            if (condition.test(image)) {
                names.add(image.path());
            }
        }
        return names;
    }
}
