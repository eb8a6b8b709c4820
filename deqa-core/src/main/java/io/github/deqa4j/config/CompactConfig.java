package io.github.deqa4j.config;

import io.github.deqa4j.file.JsonFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The shapes of the small network, as its {@code config.json} gives them: a residual trunk, and a head that reads statistics
 * of every stage.
 *
 * @param stem features after the first convolution
 * @param stages the trunk's stages, from the image on
 * @param hidden features of the head's hidden layer
 * @param dropout share of the head's inputs and hidden features set to zero in training
 * @param images how large images are when the network sees them
 * @param colors how their samples are normalized
 */
public record CompactConfig(
        int stem, List<Stage> stages, int hidden, double dropout, ImageLimits images, ColorNormalization colors) {
    private static final String TRUNK = "trunk";
    private static final String STEM = "stem_width";
    private static final String STAGES = "stages";
    private static final String HEAD = "head";
    private static final String HIDDEN = "hidden_size";
    private static final String DROPOUT = "dropout";
    private static final String IMAGES = "pictures";
    private static final int FIRST_CELL = 4;

    /** Keeps the pixels of a cell an int; no image has as many. */
    private static final int MAX_STAGES = 24;

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
        private static final String WIDTH = "width";
        private static final String BLOCKS = "blocks";
        private static final int EXPANSION = 4;

        /** Keeps the number of features an int. */
        private static final int MAX_WIDTH = 1 << 16;

        /** Features that the stage gives. */
        public int features() {
            return EXPANSION * width;
        }

        private static Stage read(ConfigNode node) {
            int width = node.positiveInt(WIDTH);
            node.require(width <= MAX_WIDTH, WIDTH, "is " + width + "; it must be at most " + MAX_WIDTH);
            int blocks = node.layers(BLOCKS);
            node.refuseOthers(HarmlessKeys::contain);
            return new Stage(width, blocks);
        }

        private Map<String, Object> tree() {
            return ordered(WIDTH, width, BLOCKS, blocks);
        }
    }

    /**
     * Reads {@code config.json}.
     *
     * @throws InvalidConfigException if a key is missing or impossible, or the file describes another kind of network
     */
    public static CompactConfig read(Path file) {
        return read(ConfigNode.read(file));
    }

    /**
     * Reads {@code config.json}, of which the JSON was read already.
     *
     * @throws InvalidConfigException as for {@link #read(Path)}
     */
    public static CompactConfig read(ConfigNode node) {
        node.requireText(ModelType.KEY, ModelType.DEQA_COMPACT.word());
        ConfigNode trunk = node.object(TRUNK);
        ConfigNode head = node.object(HEAD);
        List<ConfigNode> stages = trunk.objects(STAGES);
        trunk.require(
                stages.size() <= MAX_STAGES,
                STAGES,
                "has " + stages.size() + " stages; it must have at most " + MAX_STAGES);
        CompactConfig config = new CompactConfig(
                trunk.positiveInt(STEM),
                stages.stream().map(Stage::read).toList(),
                head.positiveInt(HIDDEN),
                head.share(DROPOUT),
                ImageLimits.read(node.object(IMAGES)),
                ColorNormalization.read(node));
        List.of(trunk, head, node).forEach(part -> part.refuseOthers(HarmlessKeys::contain));
        return config;
    }

    /**
     * Writes {@code config.json}, from which {@link #read} makes an equal one.
     *
     * @throws io.github.deqa4j.DeqaException if the file cannot be written
     */
    public void write(Path file) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(ModelType.KEY, ModelType.DEQA_COMPACT.word());
        tree.put(
                TRUNK,
                ordered(STEM, stem, STAGES, stages.stream().map(Stage::tree).toList()));
        tree.put(HEAD, ordered(HIDDEN, hidden, DROPOUT, dropout));
        tree.put(IMAGES, images.tree());
        tree.putAll(colors.tree());
        JsonFile.write(file, tree);
    }

    /** Statistics that the head reads: a mean and a standard deviation of every feature of every stage. */
    public int statistics() {
        return stages.stream().mapToInt(stage -> 2 * stage.features()).sum();
    }

    /** Pixels along a side of a cell of the last stage's features: each stage but the first halves what comes in. */
    public int cell() {
        return FIRST_CELL << (stages.size() - 1);
    }

    private static Map<String, Object> ordered(String first, Object value, String second, Object other) {
        Map<String, Object> tree = new LinkedHashMap<>();
        tree.put(first, value);
        tree.put(second, other);
        return tree;
    }
}
