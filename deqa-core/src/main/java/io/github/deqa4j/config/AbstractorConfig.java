package io.github.deqa4j.config;

/**
 * The visual abstractor, which distils the image's tokens into a few queries.
 *
 * @param width features of a token, the same as the vision transformer's
 * @param mlpWidth features inside a block's perceptron
 * @param layers number of blocks
 * @param heads attention heads; they divide the width
 * @param queries number of learned queries
 * @param eps ε of the LayerNorm inside the perceptron
 */
public record AbstractorConfig(int width, int mlpWidth, int layers, int heads, int queries, double eps) {

    static AbstractorConfig read(ConfigNode node, VisionConfig vision) {
        node.requireFlag("use_cls_token", true);
        node.requireFlag("add_v2t_pos_emb", false);
        AbstractorConfig config = new AbstractorConfig(
                node.positiveInt("hidden_size"),
                node.positiveInt("intermediate_size"),
                node.layers("num_hidden_layers"),
                node.positiveInt("num_attention_heads"),
                node.positiveInt("num_learnable_queries"),
                node.positive("layer_norm_eps"));
        node.require(
                config.width % config.heads == 0,
                "num_attention_heads",
                "is " + config.heads + ", which does not divide \"hidden_size\" " + config.width);
        node.require(
                config.width % 4 == 0,
                "hidden_size",
                "is " + config.width + "; a multiple of 4 is needed for its two-dimensional positions");
        node.require(
                config.width == vision.width(),
                "hidden_size",
                "is " + config.width + " but the vision model's is " + vision.width() + "; they must be equal");
        int encoderWidth = node.positiveInt("encoder_hidden_size", vision.width());
        node.require(
                encoderWidth == vision.width(),
                "encoder_hidden_size",
                "is " + encoderWidth + " but the vision model's width is " + vision.width() + "; they must be equal");
        int grid = node.positiveInt("grid_size", vision.grid());
        node.require(
                grid == vision.grid(),
                "grid_size",
                "is " + grid + " but the vision model has " + vision.grid() + " patches along a side");
        node.refuseOthers(HarmlessKeys::containForPart);
        return config;
    }
}
