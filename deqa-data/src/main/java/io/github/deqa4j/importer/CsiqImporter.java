package io.github.deqa4j.importer;

import io.github.deqa4j.dataset.Opinion;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.ImportedDataset.PublishedFacts;
import io.github.deqa4j.importer.Table.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * CSIQ: 30 images with six distortions. A DMOS runs from 0 (no difference to be seen) to 1, so LOWER is better; the
 * opinion taken is 1 − DMOS.
 */
public final class CsiqImporter implements DatasetImporter {
    private static final PublishedFacts FACTS = PublishedFacts.of(866, 0, 1).withReferences(30);
    private static final RatingScale SCALE = new RatingScale(0, 1);
    private static final String[] COLUMNS = {"image", "dst_type", "dst_lev", "dmos_std", "dmos"};

    /** The folder and the middle of the file name for each distortion that the table names. */
    private static final Map<String, String> PATHS = Map.of(
            "noise", "awgn/%s.AWGN.%s.png",
            "awgn", "awgn/%s.AWGN.%s.png",
            "blur", "blur/%s.BLUR.%s.png",
            "contrast", "contrast/%s.contrast.%s.png",
            "fnoise", "fnoise/%s.fnoise.%s.png",
            "jpeg", "jpeg/%s.JPEG.%s.png",
            "jpeg 2000", "jpeg2000/%s.jpeg2000.%s.png",
            "jpeg2000", "jpeg2000/%s.jpeg2000.%s.png");

    @Override
    public String name() {
        return "csiq";
    }

    @Override
    public String layout() {
        return "csiq.DMOS.xlsx (sheet all_by_image) or csiq_dmos.csv: image, dst_type, dst_lev, dmos_std, dmos;"
                + " or csiq_label.txt: name and DMOS in a line";
    }

    @Override
    public List<String> imageFolders() {
        return List.of("dst_imgs", "dst_imgs_all");
    }

    @Override
    public ImportedDataset read(Path directory) {
        Path file = LayoutFiles.require(directory, "csiq.DMOS.xlsx", "csiq_dmos.csv", "csiq_label.txt");
        Optional<Table> table = table(file);
        List<ImportedImage> images = new ArrayList<>();
        if (table.isPresent()) {
            table.get().forEach(row -> images.add(image(row)));
        } else {
            Lines.read(file, Lines.BLANKS, 2, "a name and a DMOS").forEach(line -> images.add(image(line)));
        }
        List<String> notes = List.of("lower was better: the opinion is 1 - DMOS");
        return new ImportedDataset(name(), FACTS, images, notes);
    }

    private static Optional<Table> table(Path file) {
        return switch (String.valueOf(file.getFileName())) {
            case "csiq.DMOS.xlsx" -> Optional.of(XlsxTable.read(file, COLUMNS));
            case "csiq_dmos.csv" -> {
                Table table = CsvTable.read(file, CsvSettings.standard());
                table.require(COLUMNS);
                yield Optional.of(table);
            }
            default -> Optional.empty();
        };
    }

    private static ImportedImage image(Row row) {
        String distortion = row.text("dst_type");
        String path = PATHS.get(distortion);
        if (path == null) {
            throw row.place()
                    .error("\"dst_type\" is " + Excerpt.quoted(distortion) + ", which is no distortion of CSIQ");
        }
        String reference = row.image("image");
        double level = row.notNegative("dst_lev");
        String image = String.format(path, reference, Math.round(level));
        return image(image, reference, row.number("dmos"), OptionalDouble.of(row.notNegative("dmos_std")), level);
    }

    private static ImportedImage image(Lines.Line line) {
        String image = line.image(0);
        double level = ImageName.lastNumber(image).orElse(0);
        return image(image, ImageName.before(image, '.'), line.number(1, "dmos"), OptionalDouble.empty(), level);
    }

    private static ImportedImage image(String image, String reference, double dmos, OptionalDouble std, double level) {
        return ImportedImage.of(Opinion.of(image, SCALE.flip(dmos), std))
                .withReference(reference)
                .withDegradation(OptionalDouble.of(level));
    }
}
