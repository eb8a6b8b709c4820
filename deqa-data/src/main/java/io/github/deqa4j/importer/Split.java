package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which pictures are for training and which for the test.
 *
 * @param origin how the split came about, for the report
 * @param train in the order of the data set
 * @param test in the order of the data set
 */
record Split(String origin, List<ImportedPicture> train, List<ImportedPicture> test) {
    private static final int NAMES_SHOWN = 3;

    /**
     * Parts a data set. A drawn split never parts the pictures of one reference.
     *
     * @throws DeqaException if there is nothing to part, or the list of test pictures does not fit the data set
     */
    static Split of(ImportedDataset dataset, SplitSettings settings) {
        if (settings.test().isPresent()) {
            return listed(dataset.pictures(), settings.test().get());
        }
        return settings.official() && dataset.hasOfficialSplit()
                ? new Split("official", part(dataset, Part.TRAIN), part(dataset, Part.TEST))
                : drawn(dataset.pictures(), settings);
    }

    private static List<ImportedPicture> part(ImportedDataset dataset, Part part) {
        return dataset.pictures().stream()
                .filter(picture -> picture.part() == part)
                .toList();
    }

    private static Split listed(List<ImportedPicture> pictures, Set<String> names) {
        Set<String> missing = new TreeSet<>(names);
        pictures.forEach(picture -> missing.removeAll(List.of(picture.image(), picture.basename())));
        if (!missing.isEmpty()) {
            throw new DeqaException("the list of test pictures names " + missing.size()
                    + " that the data set does not have: "
                    + missing.stream().limit(NAMES_SHOWN).map(Place::quote).collect(Collectors.joining(", ")));
        }
        return parted(
                "by the list of test pictures",
                pictures,
                picture -> names.contains(picture.image()) || names.contains(picture.basename()));
    }

    private static Split drawn(List<ImportedPicture> pictures, SplitSettings settings) {
        List<String> groups = new ArrayList<>(
                pictures.stream().map(Split::group).collect(Collectors.toCollection(LinkedHashSet::new)));
        if (groups.size() < 2) {
            throw new DeqaException(
                    "a split needs at least two pictures (or references), and there are " + groups.size());
        }
        Collections.shuffle(groups, new Random(settings.seed()));
        int training = (int) Math.round(settings.ratio() * groups.size());
        Set<String> tested =
                new HashSet<>(groups.subList(Math.min(groups.size() - 1, Math.max(1, training)), groups.size()));
        boolean references =
                pictures.stream().anyMatch(picture -> picture.reference().isPresent());
        String origin = "drawn " + (references ? "by reference " : "") + "with the ratio " + settings.ratio()
                + " and the seed " + settings.seed();
        return parted(origin, pictures, picture -> tested.contains(group(picture)));
    }

    private static Split parted(String origin, List<ImportedPicture> pictures, Predicate<ImportedPicture> isTest) {
        Map<Boolean, List<ImportedPicture>> parts = pictures.stream().collect(Collectors.partitioningBy(isTest));
        return new Split(origin, parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of()));
    }

    /** Pictures of one group stay together: those of one reference, or a picture by itself. */
    private static String group(ImportedPicture picture) {
        return picture.reference().map(name -> "reference " + name).orElse("picture " + picture.image());
    }

    /** References that have pictures in both parts. */
    List<String> crossing() {
        Set<String> training = references(train);
        return references(test).stream().filter(training::contains).sorted().toList();
    }

    private static Set<String> references(List<ImportedPicture> pictures) {
        return pictures.stream()
                .flatMap(picture -> picture.reference().stream())
                .collect(Collectors.toSet());
    }
}
