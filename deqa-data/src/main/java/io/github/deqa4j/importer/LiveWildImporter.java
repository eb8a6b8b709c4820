package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Pattern;

/**
 * LIVE In the Wild Image Quality Challenge: photographs rated from 0 to 100, in three MATLAB files. The seven images that
 * trained the raters, t1 to t7, are left out.
 */
public final class LiveWildImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(1162, 0, 100);
    private static final String NAMES = "AllImages_release";
    private static final String MEANS = "AllMOS_release";
    private static final String SPREADS = "AllStdDev_release";
    private static final Pattern RATER_TRAINING = Pattern.compile("t[1-7]\\.[A-Za-z]+");

    @Override
    public String name() {
        return "livewild";
    }

    @Override
    public String layout() {
        return "Data/AllImages_release.mat, AllMOS_release.mat and AllStdDev_release.mat: a variable named like its file";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("Images", "images");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Path names = file(directory, NAMES);
        List<String> files = MatFileReader.texts(names, NAMES);
        double[] means = MatFileReader.numbers(file(directory, MEANS), MEANS);
        double[] spreads = MatFileReader.numbers(file(directory, SPREADS), SPREADS);
        if (means.length != files.size() || spreads.length != files.size()) {
            throw new InvalidDataException(
                    names,
                    "there are " + files.size() + " images, but " + means.length + " means and " + spreads.length
                            + " standard deviations; the three files must be of one release");
        }
        List<ImportedImage> images = new ArrayList<>();
        for (int i = 0; i < files.size(); i++) {
            if (!RATER_TRAINING.matcher(files.get(i)).matches()) {
                images.add(image(new Location(names, "entry " + (i + 1)), files.get(i), means[i], spreads[i]));
            }
        }
        int left = files.size() - images.size();
        return new ImportedDataset(
                name(), FACTS, images, List.of(left + " images that trained the raters are left out"));
    }

    private static Path file(Path directory, String variable) {
        return LayoutFiles.require(directory, "Data/" + variable + ".mat", variable + ".mat");
    }

    private static ImportedImage image(Location place, String name, double mean, double spread) {
        String file = ImageName.check(place, name);
        if (!Double.isFinite(mean) || !(spread >= 0 && spread < Double.POSITIVE_INFINITY)) {
            throw place.error(Excerpt.quoted(name) + " has the mean " + mean + " and the standard deviation " + spread
                    + "; both must be finite and the second not negative");
        }
        return ImportedImage.of(Opinion.of(file, mean, OptionalDouble.of(spread)));
    }
}
