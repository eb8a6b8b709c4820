package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/** AVA: aesthetics of photographs as votes for the grades 1 to 10; mean and standard deviation are the histogram's. */
public final class AvaImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(255_530, 1, 10);
    private static final int FIRST_VOTE = 2;
    private static final int GRADES = 10;
    private static final int VALUES = 15;

    @Override
    public String name() {
        return "ava";
    }

    @Override
    public String layout() {
        return "AVA.txt: index, id, votes for 1 to 10, two tags and a challenge in a line; images are named ID.jpg";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("images", "image");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Path file = LayoutFiles.require(directory, "AVA.txt");
        String expected = VALUES + " numbers: index, id, ten votes, two tags, challenge";
        List<ImportedImage> images = new ArrayList<>();
        Lines.read(file, Lines.BLANKS, VALUES, expected).forEach(line -> images.add(image(line)));
        return new ImportedDataset(name(), FACTS, images, List.of());
    }

    private static ImportedImage image(Lines.Line line) {
        List<Double> counts = new ArrayList<>();
        for (int grade = 1; grade <= GRADES; grade++) {
            counts.add(line.notNegative(FIRST_VOTE + grade - 1, "votes for " + grade));
        }
        RatingHistogram votes = RatingHistogram.check(line.place(), counts);
        String image = line.image(1) + ".jpg";
        return ImportedImage.of(Opinion.of(image, votes.mean(), OptionalDouble.of(votes.std())));
    }
}
