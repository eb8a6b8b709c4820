package io.github.deqa4j.importer;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.importer.ImportedImage.Subset;
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
 * Which images are for training and which for the test.
 *
 * @param origin how the split came about, for the report
 * @param train in the order of the data set
 * @param test in the order of the data set
 */
record Split(String origin, List<ImportedImage> train, List<ImportedImage> test) {
    private static final int NAMES_SHOWN = 3;

    /**
     * Parts a data set. A drawn split never parts the images of one reference.
     *
     * @throws DeqaException if there is nothing to part, or the list of test images does not fit the data set
     */
    static Split of(ImportedDataset dataset, SplitSettings settings) {
        if (settings.test().isPresent()) {
            return listed(dataset.images(), settings.test().get());
        }
        return settings.official() && dataset.hasOfficialSplit()
                ? new Split("official", part(dataset, Subset.TRAIN), part(dataset, Subset.TEST))
                : drawn(dataset.images(), settings);
    }

    private static List<ImportedImage> part(ImportedDataset dataset, Subset part) {
        return dataset.images().stream().filter(image -> image.subset() == part).toList();
    }

    private static Split listed(List<ImportedImage> images, Set<String> names) {
        Set<String> missing = new TreeSet<>(names);
        images.forEach(image -> missing.removeAll(List.of(image.path(), image.basename())));
        if (!missing.isEmpty()) {
            throw new DeqaException("the list of test images names " + missing.size()
                    + " that the data set does not have: "
                    + missing.stream().limit(NAMES_SHOWN).map(Excerpt::quoted).collect(Collectors.joining(", ")));
        }
        return parted(
                "by the list of test images",
                images,
                image -> names.contains(image.path()) || names.contains(image.basename()));
    }

    private static Split drawn(List<ImportedImage> images, SplitSettings settings) {
        List<String> groups =
                new ArrayList<>(images.stream().map(Split::group).collect(Collectors.toCollection(LinkedHashSet::new)));
        if (groups.size() < 2) {
            throw new DeqaException(
                    "a split needs at least two images (or references), and there are " + groups.size());
        }
        Collections.shuffle(groups, new Random(settings.seed()));
        int training = (int) Math.round(settings.ratio() * groups.size());
        Set<String> tested =
                new HashSet<>(groups.subList(Math.min(groups.size() - 1, Math.max(1, training)), groups.size()));
        boolean references = images.stream().anyMatch(image -> image.reference().isPresent());
        String origin = "drawn " + (references ? "by reference " : "") + "with the ratio " + settings.ratio()
                + " and the seed " + settings.seed();
        return parted(origin, images, image -> tested.contains(group(image)));
    }

    private static Split parted(String origin, List<ImportedImage> images, Predicate<ImportedImage> isTest) {
        Map<Boolean, List<ImportedImage>> parts = images.stream().collect(Collectors.partitioningBy(isTest));
        return new Split(origin, parts.getOrDefault(false, List.of()), parts.getOrDefault(true, List.of()));
    }

    /** Images of one group stay together: those of one reference, or an image by itself. */
    private static String group(ImportedImage image) {
        return image.reference().map(name -> "reference " + name).orElse("image " + image.path());
    }

    /** References that have images in both parts. */
    List<String> crossing() {
        Set<String> training = references(train);
        return references(test).stream().filter(training::contains).sorted().toList();
    }

    private static Set<String> references(List<ImportedImage> images) {
        return images.stream().flatMap(image -> image.reference().stream()).collect(Collectors.toSet());
    }
}
