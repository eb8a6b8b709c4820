package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.InvalidDataException;
import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * PIPAL: 200 images distorted and restored in many ways, compared pair by pair. The opinion is an Elo rating, more is
 * better; pairs give no standard deviation.
 */
public final class PipalImporter implements DatasetImporter {
    private static final PublishedFacts FACTS =
            PublishedFacts.of(23_200, 0, 3000).withReferences(200);
    private static final String LABELS = "Train_Label";

    @Override
    public String name() {
        return "pipal";
    }

    @Override
    public String layout() {
        return LABELS + "/*.txt, one file for each reference: image,Elo rating in a line";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("Train_Dist", "Train_Distortion", "Distortion");
    }

    @Override
    public ImportedDataset read(Path directory) {
        List<ImportedImage> images = new ArrayList<>();
        for (Path file : labelFiles(directory.resolve(LABELS))) {
            for (Lines.Line line :
                    Lines.read(file, Lines.COMMA, 2, "an image and its rating, such as A0001_00_00.bmp,1434.2")) {
                images.add(image(line));
            }
        }
        return new ImportedDataset(name(), FACTS, images, List.of());
    }

    private static ImportedImage image(Lines.Line line) {
        String image = line.image(0);
        double elo = line.number(1, "Elo");
        return ImportedImage.of(new Opinion(
                        image, elo, OptionalDouble.empty(), line.values().get(1)))
                .withReference(ImageName.before(image, '_'));
    }

    private static List<Path> labelFiles(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InvalidDataException(folder, "there is no such folder; PIPAL's ratings stand in it");
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> labels = files.filter(file -> file.toString().endsWith(".txt") && Files.isRegularFile(file))
                    .sorted()
                    .toList();
            if (labels.isEmpty()) {
                throw new InvalidDataException(folder, "the folder holds no .txt file");
            }
            return labels;
        } catch (IOException e) {
            throw new InvalidDataException(folder, "the folder cannot be read; check its permissions");
        }
    }
}
