package io.github.deqa4j.metric;

import io.github.deqa4j.dataset.Opinion;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Tells from an image's path which reference image it was made from. */
@FunctionalInterface
public interface ReferenceLookup {
    /** The reference; empty for an image that has none. */
    Optional<String> find(String image);

    /**
     * Names from a list. An image is looked for by its path and then by its name without folders, where only one
     * reference goes with that.
     *
     * @param byImage references by path or name
     */
    static ReferenceLookup listed(Map<String, String> byImage) {
        Map<String, Optional<String>> byBasename = new HashMap<>();
        byImage.forEach((image, reference) -> byBasename.merge(
                Opinion.basename(image), Optional.of(reference), (a, b) -> a.equals(b) ? a : Optional.<String>empty()));
        return image -> Optional.ofNullable(byImage.get(image))
                .or(() -> byBasename.getOrDefault(Opinion.basename(image), Optional.empty()));
    }

    /**
     * References by the names of the images.
     *
     * @param pattern looked for in an image's name without folders; its first group is the reference
     */
    static ReferenceLookup matching(Pattern pattern) {
        return image -> {
            Matcher matcher = pattern.matcher(Opinion.basename(image));
            return matcher.find() ? Optional.ofNullable(matcher.group(1)) : Optional.empty();
        };
    }

    /** Names as KADID-10k, TID2008, TID2013, PIPAL and CSIQ have them; the letters' case does not matter. */
    static ReferenceLookup published() {
        List<ReferenceLookup> sets = List.of(
                matching(Pattern.compile("^(I\\d\\d)_\\d\\d_\\d\\d?\\.", Pattern.CASE_INSENSITIVE)),
                matching(Pattern.compile("^(A\\d{4})_\\d\\d_\\d\\d\\.", Pattern.CASE_INSENSITIVE)),
                matching(Pattern.compile(
                        "^([^.]+)\\.(?:AWGN|BLUR|contrast|fnoise|JPEG|jpeg2000)\\.\\d\\.", Pattern.CASE_INSENSITIVE)));
        return image -> sets.stream()
                .flatMap(names -> names.find(image).stream())
                .findFirst()
                .map(name -> name.toUpperCase(Locale.ROOT));
    }
}
