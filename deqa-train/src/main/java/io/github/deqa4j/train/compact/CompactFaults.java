package io.github.deqa4j.train.compact;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.dataset.MosFile;
import io.github.deqa4j.file.AtomicFile;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.label.MosScale;
import io.github.deqa4j.reliability.Familiarity;
import io.github.deqa4j.torch.load.ModelFiles;
import io.github.deqa4j.train.compact.CompactReliability.NamedImages;
import io.github.deqa4j.train.compact.FaultFit.Example;
import io.github.deqa4j.train.data.Crop;
import io.github.deqa4j.train.distortion.DistortionKind;
import io.github.deqa4j.train.distortion.DistortionSequence;
import io.github.deqa4j.train.distortion.Ladder;
import io.github.deqa4j.train.distortion.LadderSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Makes the file that says what faults a small network sees in images. */
public final class CompactFaults {
    /** Photographs with an opinion from this level on are good. */
    private static final double GOOD = 3.6;

    /** Parts of images, which are as telling as the whole and take less time. */
    private static final int SIDE = 352;

    private static final int VERSIONS = 5;
    private static final Ladder DISTORTIONS =
            new Ladder(new LadderSettings(Arrays.asList(DistortionKind.values()), 1, 0.1, 1, 0.1, 0.25));

    private CompactFaults() {}

    /**
     * What the file is made of: good images, which are made worse in all ways.
     *
     * @param mos opinions of photographs, of which the good ones are taken
     * @param images the folder of these photographs
     * @param pristine more good images
     */
    public record Material(Path mos, Path images, NamedImages pristine) {}

    /**
     * The good images.
     *
     * @throws DeqaException if a list is missing or malformed, or an image is not there
     */
    public static List<Path> images(Material material) {
        MosFile mos = MosFile.read(material.mos());
        MosScale scale = MosScale.of(mos.opinions());
        Stream<Path> photographs = mos.opinions().stream()
                .filter(opinion -> scale.mean(opinion.mos()) >= GOOD)
                .map(opinion -> CompactReliability.image(material.mos(), material.images(), opinion.path()));
        return Stream.concat(photographs, material.pristine().files().stream()).toList();
    }

    /**
     * Writes the file, whole or not at all.
     *
     * @param files the small network as it ships
     * @param step told after each of the {@link #images}
     * @param output the file to write; an older one is replaced
     * @throws DeqaException if a file is missing or malformed, an image cannot be read, the network is of another kind, or there are too few
     *     images
     */
    public static void write(ModelFiles files, Material material, Runnable step, Path output) {
        AtomicFile.requirePossible(output);
        List<Example> examples = new ArrayList<>();
        List<Path> images = images(material);
        try (NetworkStatistics network = new NetworkStatistics(files)) {
            for (int i = 0; i < images.size(); i++) {
                examples.addAll(examples(i, network.read(images.get(i)), network));
                step.run();
            }
        }
        FaultFit.of(examples).write(output);
    }

    /** The image as it is, and versions that are worse; another part of it each time. */
    private static List<Example> examples(int number, RgbImage image, NetworkStatistics network) {
        SplittableRandom random = new SplittableRandom(number);
        Crop crop = new Crop(Math.min(SIDE, Math.min(image.width(), image.height())), false);
        List<Example> examples = new ArrayList<>();
        for (int version = 0; version <= VERSIONS; version++) {
            RgbImage part = crop.apply(image, random.nextLong()).get(0).image();
            DistortionSequence distortions = version == 0
                    ? new DistortionSequence(List.of())
                    : DISTORTIONS.sequences(random.nextLong()).get(1);
            examples.add(new Example(number, Familiarity.logarithms(network.of(distortions.apply(part))), distortions));
        }
        return examples;
    }
}
