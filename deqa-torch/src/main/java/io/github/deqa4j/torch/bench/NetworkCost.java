package io.github.deqa4j.torch.bench;

import io.github.deqa4j.config.AbstractorConfig;
import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.DecoderConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.config.VisionConfig;
import io.github.deqa4j.image.RgbImage;
import io.github.deqa4j.score.Level;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The matrix products and convolutions that one image needs, as they follow from the shapes of a network. What is the same for every
 * image does not count, nor does what no logit depends on: of the decoder the positions before the image, in its last layer every
 * position but the last one after the attention, and of the head every row but those of the five levels. Norms, activations and other
 * work that grows with the features alone do not count either.
 *
 * @param products all of them, in the order of computation
 */
public record NetworkCost(List<Product> products) {
    private static final double SECOND_MS = 1000;

    private static final int STEM_SIDE = 7;
    private static final int BOTTLENECK_SIDE = 3;

    /** Copies the list. */
    public NetworkCost {
        products = List.copyOf(products);
    }

    /**
     * A matrix product or a convolution.
     *
     * @param stage the part of the network that it belongs to
     * @param format in which it is computed
     * @param flops floating-point operations for one image: two for each multiplication with addition
     * @param weightBytes size of the weights, which are read once however many images go together; 0 where two inputs are multiplied
     */
    public record Product(Stage stage, Precision format, double flops, double weightBytes) {
        /**
         * The least time that the product takes for one image, in seconds.
         *
         * @param batch images that go together
         */
        double seconds(MachineSpeed speed, int batch) {
            double arithmetic = flops / speed.flopsPerSecond(format);
            double reading = weightBytes / speed.readBytesPerSecond() / batch;
            return Math.max(arithmetic, reading);
        }
    }

    /**
     * The least time that each stage takes for one image, in milliseconds: the sum over its products of the longer of computing and of
     * reading the weights.
     *
     * @param batch images that go together
     */
    public Map<Stage, Double> floorMs(MachineSpeed speed, int batch) {
        Map<Stage, Double> floors = new EnumMap<>(Stage.class);
        products.forEach(
                product -> floors.merge(product.stage(), SECOND_MS * product.seconds(speed, batch), Double::sum));
        return floors;
    }

    /**
     * The cost of mPLUG-Owl2.
     *
     * @param before tokens of the prompt before the image
     * @param after tokens of the prompt after it
     * @param formats the number format of a layer's weight, by the dotted name of the layer
     */
    public static NetworkCost of(ModelConfig config, int before, int after, Function<String, Precision> formats) {
        return new NetworkCost(new Prompted(config, before, after, formats).count());
    }

    /**
     * The format in which a network's layers compute their products, by the dotted name of the layer: that in which the weight is kept.
     *
     * @param network may lack its weights; a layer that it does not have, such as a head that shares a weight, is in bf16 unless all are
     *     in float32
     */
    public static Function<String, Precision> formats(Block network, Precision precision) {
        Precision others = precision == Precision.FLOAT32 ? Precision.FLOAT32 : Precision.BF16;
        Map<String, Parameter> parameters = network.namedParameters();
        return layer -> Optional.ofNullable(parameters.get(layer + ".weight"))
                .map(weight -> ofBytes(weight.bytes(precision)))
                .orElse(others);
    }

    private static Precision ofBytes(int bytes) {
        return Arrays.stream(Precision.values())
                .filter(format -> format.bytes() == bytes)
                .findFirst()
                .orElseThrow();
    }

    /**
     * The cost of the small network.
     *
     * @param height rows of the prepared image
     * @param width its columns
     * @param format in which convolutions are computed; the head computes in float32
     */
    public static NetworkCost of(CompactConfig config, int height, int width, Precision format) {
        List<Product> products = new ArrayList<>();
        int rows = half(height);
        int columns = half(width);
        products.add(convolution(format, rows, columns, RgbImage.CHANNELS, config.stem(), STEM_SIDE));
        int in = config.stem();
        for (CompactConfig.Stage stage : config.stages()) { // the pooling halves what the first stage gets
            rows = half(rows);
            columns = half(columns);
            for (int i = 0; i < stage.blocks(); i++) {
                products.add(convolution(format, rows, columns, in, stage.width(), 1));
                products.add(convolution(format, rows, columns, stage.width(), stage.width(), BOTTLENECK_SIDE));
                products.add(convolution(format, rows, columns, stage.width(), stage.features(), 1));
                if (in != stage.features()) {
                    products.add(convolution(format, rows, columns, in, stage.features(), 1));
                }
                in = stage.features();
            }
        }
        products.add(linear(Stage.HEAD, Precision.FLOAT32, 1, config.statistics(), config.hidden()));
        products.add(linear(Stage.HEAD, Precision.FLOAT32, 1, config.hidden(), Level.ALL.size()));
        return new NetworkCost(products);
    }

    private static int half(int side) {
        return (side + 1) / 2;
    }

    private static Product convolution(Precision format, long rows, long columns, long in, long out, long side) {
        return linear(Stage.TRUNK, format, rows * columns, in * side * side, out);
    }

    private static Product linear(Stage stage, Precision format, long rows, long in, long out) {
        double weights = (double) in * out;
        return new Product(stage, format, 2 * rows * weights, weights * format.bytes());
    }

    /** Counts mPLUG-Owl2. The names are those of its layers. */
    private static final class Prompted {
        private static final String VISION = "model.vision_model.";
        private static final String ABSTRACTOR = "model.visual_abstractor.";

        private final ModelConfig config;
        private final int before;
        private final int after;
        private final Function<String, Precision> formats;
        private final List<Product> products = new ArrayList<>();

        Prompted(ModelConfig config, int before, int after, Function<String, Precision> formats) {
            this.config = config;
            this.before = before;
            this.after = after;
            this.formats = formats;
        }

        List<Product> count() {
            vision(config.vision());
            abstractor(config.abstractor(), config.vision().tokens());
            for (int i = 0; i < config.decoder().layers(); i++) {
                decoder(
                        config.decoder(),
                        "model.layers." + i,
                        i == config.decoder().layers() - 1);
            }
            add(Stage.HEAD, "lm_head", 1, config.decoder().width(), Level.ALL.size());
            return products;
        }

        private void vision(VisionConfig vision) {
            int width = vision.width();
            int tokens = vision.tokens();
            int patch = vision.channels() * vision.patchSize() * vision.patchSize();
            add(Stage.VISION, VISION + "embeddings.patch_embed", tokens - 1, patch, width);
            for (int i = 0; i < vision.layers(); i++) {
                String layer = VISION + "encoder.layers." + i;
                add(Stage.VISION, layer + ".self_attn.query_key_value", tokens, width, 3L * width);
                attention(Stage.VISION, layer + ".self_attn.dense", (double) tokens * tokens, width);
                add(Stage.VISION, layer + ".self_attn.dense", tokens, width, width);
                add(Stage.VISION, layer + ".mlp.fc1", tokens, width, vision.mlpWidth());
                add(Stage.VISION, layer + ".mlp.fc2", tokens, vision.mlpWidth(), width);
            }
        }

        private void abstractor(AbstractorConfig abstractor, int imageTokens) {
            int width = abstractor.width();
            int mlpWidth = abstractor.mlpWidth();
            int queries = abstractor.queries();
            int keys = queries + imageTokens;
            for (int i = 0; i < abstractor.layers(); i++) {
                String layer = ABSTRACTOR + "encoder.layers." + i + ".crossattention";
                add(Stage.ABSTRACTOR, layer + ".attention.query", queries, width, width);
                add(Stage.ABSTRACTOR, layer + ".attention.key", keys, width, width);
                add(Stage.ABSTRACTOR, layer + ".attention.value", keys, width, width);
                attention(Stage.ABSTRACTOR, layer + ".attention.query", (double) queries * keys, width);
                add(Stage.ABSTRACTOR, layer + ".output.out_proj", queries, width, width);
                add(Stage.ABSTRACTOR, layer + ".output.mlp.w1", queries, width, mlpWidth);
                add(Stage.ABSTRACTOR, layer + ".output.mlp.w3", queries, width, mlpWidth);
                add(Stage.ABSTRACTOR, layer + ".output.mlp.w2", queries, mlpWidth, width);
            }
            int words = config.decoder().width();
            add(Stage.ABSTRACTOR, ABSTRACTOR + "visual_fc", queries, width, words);
        }

        /** A layer of the decoder; after the keys and values of the last one, only the last position goes on. */
        private void decoder(DecoderConfig decoder, String layer, boolean last) {
            int width = decoder.width();
            int mlpWidth = decoder.mlpWidth();
            long keyValueWidth = (long) decoder.keyValueHeads() * decoder.headWidth();
            int visual = config.imageTokens();
            int length = visual + after; // what comes before the image is the same for every image
            int rows = last ? 1 : length;
            add(Stage.DECODER, layer + ".self_attn.q_proj", rows, width, width);
            for (String projection : List.of(".self_attn.k_proj", ".self_attn.v_proj")) {
                add(Stage.DECODER, layer + projection + ".multiway.0", after, width, keyValueWidth);
                add(Stage.DECODER, layer + projection + ".multiway.1", visual, width, keyValueWidth);
            }
            double pairs = last ? before + length : (double) length * before + length * (length + 1) / 2.0; // causal
            attention(Stage.DECODER, layer + ".self_attn.o_proj", pairs, width);
            add(Stage.DECODER, layer + ".self_attn.o_proj", rows, width, width);
            add(Stage.DECODER, layer + ".mlp.gate_proj", rows, width, mlpWidth);
            add(Stage.DECODER, layer + ".mlp.up_proj", rows, width, mlpWidth);
            add(Stage.DECODER, layer + ".mlp.down_proj", rows, mlpWidth, width);
        }

        private void add(Stage stage, String layer, long rows, long in, long out) {
            if (rows > 0) { // a prompt may end with the image
                products.add(linear(stage, formats.apply(layer), rows, in, out));
            }
        }

        /**
         * q·kᵀ and the product with v, of all heads together. They are computed in float32 or bf16, whichever the layer beside them has,
         * and bf16 beside 8-bit integers.
         *
         * @param pairs of a query and a key that it sees
         */
        private void attention(Stage stage, String beside, double pairs, long width) {
            Precision format = formats.apply(beside) == Precision.FLOAT32 ? Precision.FLOAT32 : Precision.BF16;
            products.add(new Product(stage, format, 2 * 2 * pairs * width, 0));
        }
    }
}
