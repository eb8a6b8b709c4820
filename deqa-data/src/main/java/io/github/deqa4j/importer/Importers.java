package io.github.deqa4j.importer;

import java.util.List;
import java.util.Optional;

/** The layouts of published data sets. */
public final class Importers {
    private static final List<DatasetImporter> ALL = List.of(
            new KonIqImporter(),
            new SpaqImporter(),
            new KadidImporter(),
            new PipalImporter(),
            new LiveWildImporter(),
            new Agiqa3kImporter(),
            new Tid2013Importer(),
            new CsiqImporter(),
            new AvaImporter());

    private Importers() {}

    public static List<DatasetImporter> all() {
        return ALL;
    }

    /** The importer of a layout. */
    public static Optional<DatasetImporter> find(String name) {
        return ALL.stream().filter(importer -> importer.name().equals(name)).findFirst();
    }
}
