package io.github.deqa4j.cli;

import io.github.deqa4j.score.DetailSettings;
import io.github.deqa4j.score.Scorer;
import io.github.deqa4j.score.View;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say how large images are when they are judged. */
final class ViewOptions {
    @Option(
            names = "--view",
            paramLabel = "VIEW",
            description =
                    "whole: each image as a whole, shrunk to the size that the network takes; detail: tiles of it at its own scale;"
                            + " both: both, and the score is that of the whole (default: both in a table, else whole)")
    private @Nullable String view;

    @Option(
            names = "--tiles",
            paramLabel = "N",
            description = "tiles of an image that are scored at its own scale, at most, from 1 to 4096 (default: 8)")
    private @Nullable Integer tiles;

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "seed of the choice of tiles, where an image has more (default: 0)")
    private @Nullable Long seed;

    /**
     * The view asked for; empty if none is.
     *
     * @throws CommandException with the status of wrong usage
     */
    Optional<View> view() {
        return Optional.ofNullable(view).map(name -> CommandException.orUsage(() -> View.parse(name)));
    }

    /**
     * Which tiles are asked for.
     *
     * @param used the view
     * @throws CommandException with the status of wrong usage, also if tiles are asked for and the view has none
     */
    DetailSettings detail(View used) {
        if (!used.hasDetail() && (tiles != null || seed != null)) {
            throw CommandException.usage("--tiles and --seed choose the tiles of --view detail and --view both;"
                    + " add one of these or leave them out");
        }
        return CommandException.orUsage(() -> {
            DetailSettings settings = DetailSettings.defaults();
            DetailSettings counted = tiles == null ? settings : settings.withTiles(tiles);
            return seed == null ? counted : counted.withSeed(seed);
        });
    }

    /** @throws CommandException with the status of wrong usage, if a scorer cannot score the tiles of a view */
    static void requireSupported(View used, Scorer scorer) {
        if (used.hasDetail() && !scorer.supportsDetail()) {
            throw CommandException.usage(
                    "this model resizes every image to one size and cannot see it at its own scale; name a"
                            + " small network with --model, or use --view whole");
        }
    }
}
