package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.dataset.ResultFile;
import io.github.deqa4j.dataset.ResultRow;
import io.github.deqa4j.dataset.TextLines;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.label.MosScale;
import io.github.deqa4j.reliability.Familiarity;
import io.github.deqa4j.reliability.NetworkMark;
import io.github.deqa4j.reliability.PixelUnfamiliarity;
import io.github.deqa4j.reliability.ReliabilityFile;
import io.github.deqa4j.score.LevelLogits;
import io.github.deqa4j.score.QualityScore;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.ConformalIntervals.Residual;
import io.github.deqa4j.train.compact.FamiliarityFit.LearnedImage;
import io.github.deqa4j.train.distortion.Ladder;
import io.github.deqa4j.train.distortion.LadderSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Makes the file that says how far the scores of a small network can be relied on. The same material gives the same bytes. */
public final class CompactReliability {
    /** Ladders of each pristine image. */
    private static final int LADDERS = 2;

    /** Levels that an opinion may be rounded by in results. */
    private static final double SAME_OPINION = 0.01;

    /** Between the seeds of two images, so that no two ladders have the same one. */
    private static final long SEED_STEP = 100;

    private CompactReliability() {}

    /**
     * What the file is made of.
     *
     * @param mos opinions on the images that the network learned from; their range is the scale of the results' opinions, too
     * @param images the folder of these images
     * @param pristine the pristine images that it learned from, if there are any
     * @param residuals results of networks on images that these did not learn from; no image is in two of them
     * @param coverage the share of opinions that are inside their intervals, above 0 and below 1
     */
    public record Material(
            Path mos, Path images, Optional<NamedImages> pristine, List<Path> residuals, double coverage) {
        /** Copies the list. */
        public Material {
            residuals = List.copyOf(residuals);
        }
    }

    /**
     * Images in a folder.
     *
     * @param list a text file of their names below the folder, one a line
     */
    public record NamedImages(Path folder, Path list) {
        /** The images, in the order of the list; blank lines name none. */
        List<Path> files() {
            return TextLines.read(list).stream()
                    .filter(name -> !name.isBlank())
                    .map(name -> image(list, folder, name))
                    .toList();
        }
    }

    /**
     * The images that the network learned from, in the order of their lists.
     *
     * @throws DeqaException if a list is missing or malformed, or an image is not there
     */
    public static List<Path> images(Material material) {
        List<Path> images = new ArrayList<>(rated(material));
        material.pristine().ifPresent(pristine -> images.addAll(pristine.files()));
        return images;
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param files the small network as it ships
     * @param step told after each of the {@link #images}
     * @param output the file to write; an older one is replaced
     * @throws DeqaException if a file is missing or malformed, an image cannot be read, the network is of another kind, or there is too little
     *     material
     */
    public static void write(ModelFiles files, Material material, Runnable step, Path output) {
        AtomicFile.requirePossible(output);
        List<Opinion> opinions = MosFile.read(material.mos()).opinions();
        ConformalIntervals intervals = new ConformalIntervals(residuals(material, opinions), material.coverage());
        List<PixelUnfamiliarity> pixels = new ArrayList<>();
        FamiliarityFit fit = FamiliarityFit.of(learned(files, images(material), opinions.size(), pixels, step));
        Map<String, Double> unfamiliarity = new HashMap<>();
        for (int i = 0; i < opinions.size(); i++) {
            unfamiliarity.put(opinions.get(i).path(), pixels.get(i).with(fit.distances()[i]));
        }
        new ReliabilityFile(intervals.table(unfamiliarity::get), fit.familiarity())
                .write(output, NetworkMark.of(files.title(), files.checkpoint()));
    }

    /**
     * The rated images, the pristine ones, and of each of these four distorted versions: light and strong ones of two ladders.
     *
     * @param images the rated ones, then the pristine ones
     * @param rated how many of them are rated
     * @param pixels where what the pixels of the images tell is put, without the distorted versions
     */
    private static List<LearnedImage> learned(
            ModelFiles files, List<Path> images, int rated, List<PixelUnfamiliarity> pixels, Runnable step) {
        List<LearnedImage> learned = new ArrayList<>();
        try (NetworkStatistics network = new NetworkStatistics(files)) {
            for (int i = 0; i < images.size(); i++) {
                RgbImage image = network.read(images.get(i));
                learned.add(new LearnedImage(Familiarity.logarithms(network.of(image)), i, false));
                pixels.add(PixelUnfamiliarity.of(image, network.share(image)));
                if (i >= rated) {
                    for (RgbImage version : distorted(image, images.get(i), i - rated)) {
                        learned.add(new LearnedImage(Familiarity.logarithms(network.of(version)), i, true));
                    }
                }
                step.run();
            }
        }
        return learned;
    }

    private static List<RgbImage> distorted(RgbImage pristine, Path file, int number) {
        Ladder ladder = new Ladder(LadderSettings.standard());
        try {
            return IntStream.range(0, LADDERS)
                    .mapToObj(i -> ladder.states(pristine, (long) number * SEED_STEP + i))
                    .flatMap(states -> states.stream().skip(1))
                    .map(Ladder.State::image)
                    .toList();
        } catch (DeqaException e) {
            throw new DeqaException(file + ": " + e.getMessage(), e);
        }
    }

    private static List<Path> rated(Material material) {
        return MosFile.read(material.mos()).opinions().stream()
                .map(opinion -> image(material.mos(), material.images(), opinion.path()))
                .toList();
    }

    /** An image that a file names. */
    static Path image(Path list, Path folder, String name) {
        Path image = folder.resolve(name);
        if (!Files.exists(image)) {
            throw new InvalidDataException(
                    list,
                    "it names an image that is not there: " + Excerpt.of(image) + "; name the folder of the images");
        }
        return image;
    }

    private static List<Residual> residuals(Material material, List<Opinion> opinions) {
        MosScale scale = MosScale.of(opinions);
        Map<String, Opinion> rated = opinions.stream().collect(Collectors.toMap(Opinion::path, opinion -> opinion));
        Map<String, Path> seen = new HashMap<>();
        List<Residual> residuals = new ArrayList<>();
        for (Path file : material.residuals()) {
            for (ResultRow row : ResultFile.read(file).rows()) {
                Opinion opinion = rated.get(row.image());
                if (opinion == null) {
                    throw new InvalidDataException(
                            file,
                            "the image " + Excerpt.quoted(row.image()) + " is not in " + material.mos()
                                    + "; give results of images that the network learned from");
                }
                Path other = seen.put(row.image(), file);
                if (other != null) {
                    throw new InvalidDataException(
                            file,
                            "the image " + Excerpt.quoted(row.image()) + " is in " + other
                                    + ", too; each image must have been left out once");
                }
                residuals.add(residual(file, row, opinion, scale));
            }
        }
        return residuals;
    }

    private static Residual residual(Path file, ResultRow row, Opinion opinion, MosScale scale) {
        double told = row.gtScore()
                .orElseThrow(() -> new InvalidDataException(
                        file, "the row " + Excerpt.quoted(row.id()) + " has no gt_score, so its error is not known"));
        if (Math.abs(scale.mean(told) - scale.mean(opinion.mos())) > SAME_OPINION) {
            throw new InvalidDataException(
                    file,
                    "the row " + Excerpt.quoted(row.id()) + " has gt_score " + told
                            + " where the opinion on its image is " + opinion.mos()
                            + "; give results whose gt_score is on the scale of these opinions");
        }
        LevelLogits logits = LevelLogits.of(row.logits().toArray());
        return new Residual(row.image(), new QualityScore(logits).score(), scale.mean(opinion.mos()));
    }
}
