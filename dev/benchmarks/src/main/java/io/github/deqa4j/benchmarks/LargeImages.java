package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.DetailScore;
import io.github.deqa4j.score.DetailSettings;
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
import java.util.stream.IntStream;

/**
 * What the views see of distortions in large images: {@code LargeImages DIR LIST COUNT MEGAPIXELS STRENGTHS KIND…}. The first {@code
 * COUNT} pristine images of the list are each repeated side by side to an image of shape 3:2, and then distorted at its full size, with strengths such
 * as {@code .25,.5,.75,1}. Prints in Markdown the mean scores of the whole, of detail, and of the worst tile by strength, and for how many images
 * each step lowered them.
 */
public final class LargeImages {
    private static final int KINDS = 5;
    private static final double MEGA = 1e6;
    private static final double SHAPE = 1.5;
    private static final long SEED = 7;

    private LargeImages() {}

    public static void main(String[] args) throws IOException {
        Path folder = Path.of(args[0]);
        List<String> names = Files.readAllLines(Path.of(args[1])).subList(0, Integer.parseInt(args[2]));
        double pixels = MEGA * Double.parseDouble(args[3]);
        double[] strengths = Arrays.stream(args[4].split(","))
                .mapToDouble(Double::parseDouble)
                .toArray();
        try (Scorer scorer = Scorers.open(ModelSource.bundled())) {
            System.out.println("| distortion | view | 0 | " + String.join(" | ", args[4].split(","))
                    + " | images that fall at each step |");
            System.out.println("|---|---|---|" + "---|".repeat(strengths.length) + "---|");
            List<Views> pristine = new ArrayList<>();
            for (String name : names) {
                pristine.add(Views.of(scorer, repeated(scorer, folder.resolve(name), pixels)));
            }
            for (String name : Arrays.asList(args).subList(KINDS, args.length)) {
                DistortionKind kind = DistortionKind.valueOf(name);
                List<List<Views>> steps = new ArrayList<>(List.of(pristine));
                for (double strength : strengths) {
                    List<Views> step = new ArrayList<>();
                    for (String image : names) {
                        RgbImage large = repeated(scorer, folder.resolve(image), pixels);
                        step.add(Views.of(scorer, kind.apply(large, strength, SEED)));
                    }
                    steps.add(step);
                }
                print(kind, steps);
            }
        }
    }

    /** The scores of an image: as a whole, the mean of its tiles, and the worst tile. */
    private record Views(double whole, double detail, double worst) {
        static Views of(Scorer scorer, RgbImage image) {
            DetailScore detail = scorer.scoreDetail(image, DetailSettings.defaults());
            return new Views(
                    scorer.score(image).score(),
                    detail.quality().score(),
                    detail.worst().quality().score());
        }

        double get(String view) {
            return switch (view) {
                case "whole" -> whole;
                case "detail" -> detail;
                default -> worst;
            };
        }
    }

    private static void print(DistortionKind kind, List<List<Views>> steps) {
        for (String view : List.of("whole", "detail", "worst tile")) {
            StringBuilder line = new StringBuilder(
                    "| " + kind.toString().toLowerCase(Locale.ROOT).replace('_', ' ') + " | " + view + " |");
            StringBuilder fallen = new StringBuilder();
            for (int i = 0; i < steps.size(); i++) {
                List<Views> step = steps.get(i);
                double mean = step.stream()
                        .mapToDouble(one -> one.get(view))
                        .average()
                        .orElseThrow();
                line.append(String.format(Locale.ROOT, " %.2f |", mean));
                if (i > 0) {
                    List<Views> before = steps.get(i - 1);
                    long fell = IntStream.range(0, step.size())
                            .filter(j -> step.get(j).get(view) < before.get(j).get(view))
                            .count();
                    fallen.append(String.format(Locale.ROOT, " %.0f%%", 100.0 * fell / step.size()));
                }
            }
            System.out.println(line.append(fallen).append(" |"));
        }
    }

    /** An image side by side with copies of itself, cut to a number of pixels. */
    private static RgbImage repeated(Scorer scorer, Path file, double pixels) {
        RgbImage image = scorer.decode(EncodedImage.of(file));
        int height = (int) Math.round(Math.sqrt(pixels / SHAPE));
        int width = (int) Math.round(SHAPE * height);
        byte[] samples = new byte[width * height * RgbImage.CHANNELS];
        int row = image.width() * RgbImage.CHANNELS;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x += image.width()) {
                int length = Math.min(image.width(), width - x) * RgbImage.CHANNELS;
                System.arraycopy(
                        image.samples(),
                        y % image.height() * row,
                        samples,
                        (y * width + x) * RgbImage.CHANNELS,
                        length);
            }
        }
        return new RgbImage(width, height, samples);
    }
}
