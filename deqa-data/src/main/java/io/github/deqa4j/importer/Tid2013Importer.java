package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * TID2013: 25 images, each with 24 distortions in 5 strengths, rated from 0 to 9. Names on disk do not always have the
 * letters' case of the list; the images' folder settles that.
 */
public final class Tid2013Importer implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(3000, 0, 9).withReferences(25);

    @Override
    public String name() {
        return "tid2013";
    }

    @Override
    public String layout() {
        return "mos_with_names.txt: a mean and a name in a line; mos_std.txt: the standard deviations in the same order";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("distorted_images");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Path means = LayoutFiles.require(directory, "mos_with_names.txt");
        Path spreads = LayoutFiles.require(directory, "mos_std.txt");
        List<Lines.Line> meanLines = Lines.read(means, Lines.BLANKS, 2, "a mean and a name");
        List<Lines.Line> spreadLines = Lines.read(spreads, Lines.BLANKS, 1, "one standard deviation");
        if (meanLines.size() != spreadLines.size()) {
            throw new InvalidDataException(
                    spreads,
                    "there are " + spreadLines.size() + " standard deviations for " + meanLines.size()
                            + " means; the two files must be of one release");
        }
        List<ImportedImage> images = new ArrayList<>();
        for (int i = 0; i < meanLines.size(); i++) {
            images.add(image(meanLines.get(i), spreadLines.get(i).notNegative(0, "std")));
        }
        return new ImportedDataset(name(), FACTS, images, List.of());
    }

    private static ImportedImage image(Lines.Line line, double std) {
        double mean = line.number(0, "mos");
        String image = line.image(1);
        return ImportedImage.of(new Opinion(
                        image, mean, OptionalDouble.of(std), line.values().get(0)))
                .withReference(ImageName.before(image, '_').toUpperCase(Locale.ROOT))
                .withDegradation(ImageName.lastNumber(image));
    }
}
