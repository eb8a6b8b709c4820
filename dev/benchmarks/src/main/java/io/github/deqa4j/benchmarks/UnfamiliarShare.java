package io.github.deqa4j.benchmarks;

import io.github.deqa4j.image.EncodedImage;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Reliability;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.torch.ModelSource;
import io.github.deqa4j.torch.Scorers;
import io.github.deqa4j.train.distortion.DistortionKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many images a model calls unfamiliar: {@code UnfamiliarShare MODEL COUNT FOLDER…}. Prints in Markdown a row for each folder of images,
 * for each kind of distortion at half and at full strength of the first folder's COUNT first images, and for COUNT images of each synthetic
 * kind. The columns are the flagged images, all images, and the least, middle and greatest unfamiliarity; beyond 1 an image is flagged.
 */
public final class UnfamiliarShare {
    private static final long SEED = 18;
    private static final double[] STRENGTHS = {0.5, 1};

    private UnfamiliarShare() {}

    public static void main(String[] args) throws IOException {
        int count = Integer.parseInt(args[1]);
        List<Path> folders = Arrays.stream(args).skip(2).map(Path::of).toList();
        try (Scorer scorer = Scorers.open(ModelSource.directory(Path.of(args[0])))) {
            System.out.println("| images | flagged | of | least | middle | greatest |");
            System.out.println("|---|---|---|---|---|---|");
            for (Path folder : folders) {
                printRow(folder.getFileName().toString(), scorer, images(folder, scorer));
            }
            if (!folders.isEmpty()) {
                printDistortions(
                        scorer, images(folders.get(0), scorer).limit(count).toList());
            }
            for (SyntheticKind kind : SyntheticKind.values()) {
                printRow(name(kind), scorer, IntStream.range(0, count).mapToObj(i -> kind.image(SEED + i)));
            }
        }
    }

    private static Stream<RgbImage> images(Path folder, Scorer scorer) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files
                    .filter(file -> file.toString().toLowerCase(Locale.ROOT).matches(".*\\.(png|jpe?g|webp|bmp)"))
                    .sorted()
                    .toList()
                    .stream()
                    .map(file -> scorer.decode(EncodedImage.of(file)));
        }
    }

    private static void printDistortions(Scorer scorer, List<RgbImage> images) {
        for (DistortionKind kind : DistortionKind.values()) {
            for (double strength : STRENGTHS) {
                printRow(
                        name(kind) + " " + strength,
                        scorer,
                        images.stream().map(image -> kind.apply(image, strength, SEED)));
            }
        }
    }

    private static void printRow(String name, Scorer scorer, Stream<RgbImage> images) {
        double[] values = images.mapToDouble(image -> unfamiliarity(image, scorer))
                .sorted()
                .toArray();
        System.out.printf(
                Locale.ROOT,
                "| %s | %d | %d | %.2f | %.2f | %.2f |%n",
                name,
                Arrays.stream(values).filter(value -> value > 1).count(),
                values.length,
                values[0],
                values[values.length / 2],
                values[values.length - 1]);
    }

    private static double unfamiliarity(RgbImage image, Scorer scorer) {
        return scorer.score(image)
                .reliability()
                .map(Reliability::unfamiliarity)
                .orElseThrow(() -> new IllegalStateException("the model has no reliability.safetensors"));
    }

    private static String name(Enum<?> kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
