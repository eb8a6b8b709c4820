package io.github.deqa4j.cli;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.OutputFolder;
import io.github.deqa4j.importer.DatasetImport;
import io.github.deqa4j.importer.DatasetImporter;
import io.github.deqa4j.importer.ImportSettings;
import io.github.deqa4j.importer.SplitSettings;
import io.github.deqa4j.importer.TableFormatException;
import io.github.deqa4j.importer.TableImporter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code deqa import}: a rated data set in its own layout in, mos.json, split.json and references.json out. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description =
                "Reads a rated data set in its own layout, checks it, and writes mos.json, split.json and, where images were"
                        + " made from references, references.json.",
        footer = "%nExit status: 0 written, 1 the data set has errors or cannot be read, 2 wrong usage.")
final class ImportCommand implements Callable<Integer> {
    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "NAME", arity = "0..1", description = "name of the layout; --list names all")
    private @Nullable String name;

    @Parameters(
            index = "1",
            paramLabel = "DIR",
            arity = "0..1",
            description = "folder of the data set; for csv and json the file")
    private @Nullable Path directory;

    @Option(names = "--list", description = "name the layouts and what they look like")
    private boolean list;

    @Option(names = "--output", paramLabel = "DIR", description = "folder for the files; made if need be")
    private @Nullable Path output;

    @Option(names = "--images", paramLabel = "DIR", description = "folder of the images, if not the layout's own")
    private @Nullable Path images;

    @Option(names = "--check-pictures", description = "read every image, to find damaged ones and copies")
    private boolean checkImages;

    @Option(
            names = "--split-ratio",
            paramLabel = "R",
            description = "draw a split with this share for training (0.8), even where there is an official one")
    private @Nullable Double ratio;

    @Option(names = "--seed", paramLabel = "N", description = "draw a split with this seed (131), likewise")
    private @Nullable Long seed;

    @Option(
            names = "--test-list",
            paramLabel = "FILE",
            description = "names of the test images, one a line; all others are for training")
    private @Nullable Path testList;

    @Mixin
    private TableOptions table = new TableOptions();

    ImportCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (list) {
            layouts().forEach(importer -> terminal.out().printf("%-9s %s%n", importer.name(), importer.layout()));
            return ExitCode.OK;
        }
        if (name == null || directory == null || output == null) {
            throw CommandException.usage(
                    "name a layout, a folder and where to write: deqa import NAME DIR --output DIR");
        }
        return run(importer(name), directory, output);
    }

    private int run(DatasetImporter importer, Path from, Path to) {
        CommandException.requireUsage(() -> OutputFolder.requirePossible(to));
        DatasetImport done = read(importer, from);
        String unchecked = DatasetImport.IMAGES_NOT_CHECKED;
        terminal.out().print(done.report().text().replace(unchecked, unchecked + " (--images)"));
        done.write(to);
        return ExitCode.OK;
    }

    private DatasetImport read(DatasetImporter importer, Path from) {
        try {
            return DatasetImport.run(importer, from, settings());
        } catch (TableFormatException e) {
            throw new DeqaException(e.getMessage() + " (" + TableOptions.options(e) + ")", e);
        }
    }

    private DatasetImporter importer(String layout) {
        Optional<DatasetImporter> own = Arrays.stream(TableImporter.Format.values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(layout))
                .findFirst()
                .map(table::importer);
        if (own.isEmpty() && table.given()) {
            throw CommandException.usage(
                    "options of columns are for csv and json; " + layout + " has columns of its own");
        }
        return own.or(() -> DatasetImporter.find(layout))
                .orElseThrow(() -> CommandException.usage("\"" + layout + "\" is no layout; there are "
                        + layouts().map(DatasetImporter::name).collect(Collectors.joining(", "))));
    }

    private Stream<DatasetImporter> layouts() {
        return Stream.concat(
                DatasetImporter.published().stream(),
                Arrays.stream(TableImporter.Format.values()).map(table::importer));
    }

    private ImportSettings settings() {
        ImportSettings settings = ImportSettings.standard().withSplit(split()).withCheckContent(checkImages);
        return images == null ? settings : settings.withImages(images);
    }

    private SplitSettings split() {
        if (testList != null && (ratio != null || seed != null)) {
            throw CommandException.usage("--test-list settles the split, so leave out --split-ratio and --seed");
        }
        if (testList != null) {
            return SplitSettings.standard().withTestList(testList);
        }
        if (ratio == null && seed == null) {
            return SplitSettings.standard();
        }
        try {
            return SplitSettings.drawn(
                    ratio == null ? SplitSettings.STANDARD_RATIO : ratio,
                    seed == null ? SplitSettings.STANDARD_SEED : seed);
        } catch (IllegalArgumentException e) {
            throw CommandException.usage(String.valueOf(e.getMessage()));
        }
    }
}
