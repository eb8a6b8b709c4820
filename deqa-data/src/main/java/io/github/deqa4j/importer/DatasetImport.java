package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.dataset.References;
import io.github.deqa4j.dataset.SplitFile;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.file.OutputFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.DoubleSummaryStatistics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An import: reads a data set, splits it, checks it, and writes {@code mos.json}, {@code split.json} and, where there are references,
 * {@code references.json}.
 */
public final class DatasetImport {
    /** The note of a report when no folder of images is known. */
    public static final String IMAGES_NOT_CHECKED = "the images were not looked for; give their folder";

    private static final String MOS = "mos.json";
    private static final String SPLIT = "split.json";
    private static final String REFERENCES = "references.json";

    private final Path source;
    private final ImportedDataset dataset;
    private final Split split;
    private final ImportReport report;

    private DatasetImport(Path source, ImportedDataset dataset, Split split, ImportReport report) {
        this.source = source;
        this.dataset = dataset;
        this.split = split;
        this.report = report;
    }

    /**
     * Reads a data set, splits and checks it.
     *
     * @param directory the folder of the data set, or the file of one's own table
     * @throws DeqaException if a file is missing or cannot be read, or the data set cannot be split as asked. The report
     *     holds what could be read but looks wrong
     */
    public static DatasetImport run(DatasetImporter importer, Path directory, ImportSettings settings) {
        ImportedDataset read = importer.read(directory);
        if (read.images().isEmpty()) {
            throw new InvalidDataException(directory, "the data set " + importer.name() + " has no images");
        }
        Optional<ImageFolder> folder =
                settings.images().map(ImageFolder::open).or(() -> ImageFolder.find(importer, directory));
        ImportedDataset dataset = folder.map(files -> read.withImages(files.renamed(read.images())))
                .orElse(read);
        Split split = split(directory, dataset, settings.split());
        ImportReport.Builder report = new ImportReport.Builder();
        new DatasetChecks(dataset, report).run(split);
        folder.ifPresentOrElse(
                files -> new ImageChecks(files, report).run(dataset.images(), settings.checkContent()),
                () -> report.note(IMAGES_NOT_CHECKED));
        dataset.notes().forEach(report::note);
        return new DatasetImport(directory, dataset, split, report.build(summary(dataset, split)));
    }

    /** The summary and the diagnostics. */
    public ImportReport report() {
        return report;
    }

    /**
     * The opinions.
     *
     * @throws DeqaException if the report has errors
     */
    public MosFile mos() {
        requireUsable();
        return new MosFile(dataset.images().stream().map(ImportedImage::opinion).toList());
    }

    /**
     * The split.
     *
     * @throws DeqaException if the report has errors
     */
    public SplitFile split() {
        requireUsable();
        return new SplitFile(basenames(split.train()), basenames(split.test()));
    }

    /**
     * Which image each was made from; empty where there are no references.
     *
     * @throws DeqaException if the report has errors
     */
    public Optional<References> references() {
        requireUsable();
        Map<String, String> byImage = new LinkedHashMap<>();
        dataset.images().forEach(image -> image.reference().ifPresent(name -> byImage.put(image.path(), name)));
        return byImage.isEmpty() ? Optional.empty() : Optional.of(new References(byImage));
    }

    /**
     * Writes {@code mos.json}, {@code split.json} and, where there are references, {@code references.json} into a folder,
     * which is made if it does not exist.
     *
     * @throws DeqaException if the report has errors, the folder cannot be written to, or it holds references of another
     *     data set
     */
    public void write(Path directory) {
        MosFile mos = mos();
        SplitFile parts = split();
        Optional<References> references = references();
        Path referenceFile = directory.resolve(REFERENCES);
        if (references.isEmpty() && Files.exists(referenceFile)) {
            throw new InvalidDataException(
                    referenceFile,
                    "this file is of another data set, because this one has no references; delete it or"
                            + " choose another folder to write to");
        }
        OutputFolder.make(directory);
        AtomicFile.requirePossible(directory.resolve(MOS));
        AtomicFile.requirePossible(directory.resolve(SPLIT));
        AtomicFile.requirePossible(referenceFile);
        mos.write(directory.resolve(MOS));
        parts.write(directory.resolve(SPLIT));
        references.ifPresent(found -> found.write(referenceFile));
    }

    private void requireUsable() {
        if (report.hasErrors()) {
            throw new InvalidDataException(
                    source,
                    "the data set " + dataset.name() + " has errors, so nothing is written; the report names them");
        }
    }

    private static Split split(Path source, ImportedDataset dataset, SplitSettings settings) {
        try {
            return Split.of(dataset, settings);
        } catch (DeqaException e) {
            throw new InvalidDataException(source, e);
        }
    }

    private static List<String> basenames(List<ImportedImage> images) {
        return images.stream().map(ImportedImage::basename).toList();
    }

    private static List<String> summary(ImportedDataset dataset, Split split) {
        DoubleSummaryStatistics mos =
                dataset.images().stream().mapToDouble(ImportedImage::mos).summaryStatistics();
        DoubleSummaryStatistics std = dataset.images().stream()
                .flatMapToDouble(image -> image.opinion().std().stream())
                .summaryStatistics();
        int images = dataset.images().size();
        int parted = split.train().size() + split.test().size();
        String spread = std.getCount() == 0
                ? "no std"
                : String.format(Locale.ROOT, "std %.4g to %.4g", std.getMin(), std.getMax());
        return List.of(
                String.format(
                        Locale.ROOT,
                        "%s: %,d images, mos %.4g to %.4g, %s",
                        dataset.name(),
                        images,
                        mos.getMin(),
                        mos.getMax(),
                        spread),
                String.format(
                        Locale.ROOT,
                        "split (%s): %,d for training, %,d for the test, %,d in neither",
                        split.origin(),
                        split.train().size(),
                        split.test().size(),
                        images - parted));
    }
}
