package io.github.deqa4j.config;

import java.nio.file.Path;
import java.util.List;

/**
 * The shapes of the small network, as its {@code config.json} gives them: a residual trunk, and a head that reads statistics
 * of every stage.
 *
 * @param stem features after the first convolution
 * @param stages the trunk's stages, from the picture on
 * @param hidden features of the head's hidden layer
 * @param dropout share of the head's inputs and hidden features set to zero in training
 */
public record CompactConfig(int stem, List<Stage> stages, int hidden, double dropout) {
    /** The value of {@code model_type} that this network goes by. */
    public static final String MODEL_TYPE = "deqa_compact";

    /** Copies the stages. */
    public CompactConfig {
        stages = List.copyOf(stages);
    }

    /**
     * A stage of the trunk.
     *
     * @param width features inside a block; it gives four times as many
     * @param blocks number of blocks
     */
    public record Stage(int width, int blocks) {
        private static final int EXPANSION = 4;

        /** Features that the stage gives. */
        public int features() {
            return EXPANSION * width;
        }

        private static Stage read(ConfigNode node) {
            return new Stage(node.positiveInt("width"), node.layers("blocks"));
        }
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws InvalidConfigException if a key is missing or impossible, or the file describes another kind of network
     */
    public static CompactConfig read(Path file) {
        ConfigNode node = ConfigNode.read(file);
        node.requireText("model_type", MODEL_TYPE);
        ConfigNode trunk = node.object("trunk");
        ConfigNode head = node.object("head");
        return new CompactConfig(
                trunk.positiveInt("stem_width"),
                trunk.objects("stages").stream().map(Stage::read).toList(),
                head.positiveInt("hidden_size"),
                head.share("dropout"));
    }

    /** Statistics that the head reads: a mean and a standard deviation of every feature of every stage. */
    public int statistics() {
        return stages.stream().mapToInt(stage -> 2 * stage.features()).sum();
    }
}
