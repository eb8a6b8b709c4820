package io.github.deqa4j.train.config;

import java.util.List;

/**
 * The rated images to train on.
 *
 * @param sets the data sets; at least one
 * @param pairs whether a batch holds pairs of images of one data set, or single images
 * @param crop side in pixels of a piece that is shown instead of the whole image, cut anywhere, which a network needs that
 *     sees images at their own scale; 0 for the whole image
 * @param flip whether half of the pieces are mirrored
 * @param ladders pristine images that are compared with worse states of themselves
 * @param labels what is done with soft labels whose sum is not one
 * @param missingPictures what is done when an image cannot be read during the run
 * @param groupByLength whether conversations of similar length share a batch, which spares padding
 * @param threads threads that read images ahead
 * @param memoryMib memory for images that are read ahead, in MiB; one batch is always read whole
 * @param exif whether images are turned as their EXIF orientation asks, which the authors do not do
 */
public record DataSettings(
        List<DataSet> sets,
        boolean pairs,
        int crop,
        boolean flip,
        LadderPlan ladders,
        LabelRule labels,
        MissingImages missingPictures,
        boolean groupByLength,
        int threads,
        int memoryMib,
        boolean exif) {
    /** Checks the ranges. */
    public DataSettings {
        sets = List.copyOf(sets);
        TrainingConfig.requireNotNegative(crop, "data.crop");
        TrainingConfig.requirePositive(threads, "data.threads");
        TrainingConfig.requirePositive(memoryMib, "data.memory_mib");
    }

    /**
     * A data set.
     *
     * @param meta training file in the layout of Data-DeQA-Score
     * @param images folder below which its images are
     * @param weight how often each image comes in an epoch; 1 or more
     */
    public record DataSet(String meta, String images, int weight) {
        /** Checks the weight. */
        public DataSet {
            TrainingConfig.require(!meta.isBlank(), "data.sets.meta", "is empty; name a training file");
            TrainingConfig.requirePositive(weight, "data.sets.weight");
        }

        static DataSet template() {
            return new DataSet("train.json", "", 1);
        }
    }

    /** What is done with soft labels whose sum is not one. The authors' own sum up to 1.07. */
    public enum LabelRule {
        /** They are used as they are, as the authors do. */
        AS_IS,
        /** They are divided by their sum. */
        RENORMALIZE,
        /** They are refused. */
        STRICT
    }

    /** What is done when an image cannot be read during the run. */
    public enum MissingImages {
        /** A checkpoint is saved and the run ends. */
        ABORT,
        /** Its pair is left out. */
        SKIP
    }

    static DataSettings released(boolean pairs) {
        return of(pairs, 0, false);
    }

    /** Pieces that fit into photographs as wide as 2:1, which the network sees shrunk to 262,144 pixels. */
    static DataSettings compact() {
        return of(false, 352, true);
    }

    private static DataSettings of(boolean pairs, int crop, boolean flip) {
        return new DataSettings(
                List.of(),
                pairs,
                crop,
                flip,
                LadderPlan.defaults(),
                LabelRule.AS_IS,
                MissingImages.ABORT,
                false,
                2,
                512,
                false);
    }
}
