package io.github.deqa4j.train.data;

import io.github.deqa4j.text.TrainingPrompt;
import java.nio.file.Path;

/** An image that a network is trained on, with what is known of it. */
public sealed interface Sample {
    /** The id of its row, after the name of its file. */
    String id();

    /** The image's file. */
    Path image();

    /** How the image is changed before the network sees it. */
    Augmentation augmentation();

    /** Number of tokens of its text; 0 without one. */
    default int tokens() {
        return 0;
    }

    /** A sample with a question and the answer that the network is trained to give. */
    sealed interface WithText extends Sample {
        /** The question and the answer. */
        TrainingPrompt prompt();

        @Override
        default int tokens() {
            return prompt().ids().joined().length;
        }
    }

    /** A rated image, for a network that reads no text. */
    record RatedImage(String id, Path image, Augmentation augmentation, Rating rating) implements Sample {}

    /** A rated image, for a network that names its level in words. */
    record RatedAnswer(String id, Path image, Augmentation augmentation, Rating rating, TrainingPrompt prompt)
            implements WithText {}

    /** An image with a free text as the answer, and without a rating. */
    record DescribedImage(String id, Path image, Augmentation augmentation, TrainingPrompt prompt)
            implements WithText {}

    /** An image without a rating, which is compared with distorted versions of itself. */
    record PristineImage(String id, Path image, Augmentation augmentation) implements Sample {}
}
