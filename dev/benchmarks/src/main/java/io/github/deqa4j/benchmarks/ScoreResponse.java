package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.image.prepare.BicubicResize;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.train.distortion.DistortionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * How scores answer to what is done to images: {@code ScoreResponse MODEL DIR LIST [KIND…]}, with a list of pristine
 * images that the model was not trained on, one name a line. Prints in Markdown, for each kind of distortion, or those
 * named, the mean score at rising strengths and for how many images every step lowered it; then how scores change where quality hardly does.
 */
public final class ScoreResponse {
    private static final int ARGUMENTS = 3;
    private static final int STEPS = 5;
    private static final long SEED = 7;

    private ScoreResponse() {}

    public static void main(String[] args) throws IOException {
        try (Scorer scorer = Scorers.open(ModelSource.directory(Path.of(args[0])))) {
            List<RgbImage> images = new ArrayList<>();
            for (String name : Files.readAllLines(Path.of(args[2]))) {
                images.add(scorer.decode(EncodedImage.of(Path.of(args[1]).resolve(name))));
            }
            double[] pristine = images.stream()
                    .mapToDouble(image -> scorer.score(image).score())
                    .toArray();
            System.out.printf(
                    Locale.ROOT,
                    "%d images, mean score %.3f%n%n",
                    pristine.length,
                    Arrays.stream(pristine).average().orElseThrow());
            System.out.println(
                    "| distortion | 0 | .2 | .4 | .6 | .8 | 1 | mean falls | images that fall at each step |");
            System.out.println("|---|---|---|---|---|---|---|---|---|");
            for (DistortionKind kind : kinds(args)) {
                printResponse(kind, scorer, images, pristine);
            }
            System.out.println();
            System.out.println("| change | mean difference | mean absolute | greatest |");
            System.out.println("|---|---|---|---|");
            printChange("mirrored", ScoreResponse::mirrored, scorer, images, pristine);
            printChange("half the size", image -> scaled(image, 0.5), scorer, images, pristine);
            printChange("twice the size", image -> scaled(image, 2), scorer, images, pristine);
        }
    }

    private static List<DistortionKind> kinds(String[] args) {
        List<String> names = Arrays.asList(args).subList(ARGUMENTS, args.length);
        return names.isEmpty()
                ? List.of(DistortionKind.values())
                : names.stream().map(DistortionKind::valueOf).toList();
    }

    private static void printResponse(DistortionKind kind, Scorer scorer, List<RgbImage> images, double[] pristine) {
        double[][] scores = new double[STEPS + 1][];
        scores[0] = pristine;
        for (int step = 1; step <= STEPS; step++) {
            double strength = (double) step / STEPS;
            scores[step] = images.stream()
                    .mapToDouble(image ->
                            scorer.score(kind.apply(image, strength, SEED)).score())
                    .toArray();
        }
        StringBuilder line = new StringBuilder(
                "| " + kind.toString().toLowerCase(Locale.ROOT).replace('_', ' ') + " |");
        boolean falls = true;
        double last = Double.POSITIVE_INFINITY;
        for (double[] row : scores) {
            double mean = Arrays.stream(row).average().orElseThrow();
            line.append(String.format(Locale.ROOT, " %.2f |", mean));
            falls &= mean < last;
            last = mean;
        }
        StringBuilder shares = new StringBuilder();
        for (int step = 1; step <= STEPS; step++) {
            double[] before = scores[step - 1];
            double[] after = scores[step];
            long fell = IntStream.range(0, before.length)
                    .filter(i -> after[i] < before[i])
                    .count();
            shares.append(String.format(Locale.ROOT, " %.0f%%", 100.0 * fell / before.length));
        }
        System.out.println(line + (falls ? " yes |" : " **no** |") + shares + " |");
    }

    private static void printChange(
            String name, UnaryOperator<RgbImage> change, Scorer scorer, List<RgbImage> images, double[] before) {
        double[] differences = IntStream.range(0, before.length)
                .mapToDouble(i -> scorer.score(change.apply(images.get(i))).score() - before[i])
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "| %s | %+.3f | %.3f | %.3f |%n",
                name,
                Arrays.stream(differences).average().orElseThrow(),
                Arrays.stream(differences).map(Math::abs).average().orElseThrow(),
                Arrays.stream(differences).map(Math::abs).max().orElseThrow());
    }

    private static RgbImage mirrored(RgbImage image) {
        byte[] samples = new byte[image.samples().length];
        for (int i = 0; i < samples.length; i++) {
            int pixel = i / RgbImage.CHANNELS;
            int x = pixel % image.width();
            int from = pixel - x + image.width() - 1 - x;
            samples[i] = image.samples()[from * RgbImage.CHANNELS + i % RgbImage.CHANNELS];
        }
        return new RgbImage(image.width(), image.height(), samples);
    }

    private static RgbImage scaled(RgbImage image, double factor) {
        return BicubicResize.to(
                image, (int) Math.round(image.width() * factor), (int) Math.round(image.height() * factor));
    }
}
