package io.github.deqa4j.config;

/**
 * The vision transformer (CLIP ViT-L/14 in the released network).
 *
 * @param width features of a token
 * @param mlpWidth features inside a block's perceptron
 * @param layers number of blocks
 * @param heads attention heads; they divide the width
 * @param imageSize side of the square image in pixels; patches divide it
 * @param patchSize side of a patch in pixels
 * @param channels colors of a pixel
 * @param eps ε of every LayerNorm
 */
public record VisionConfig(
        int width, int mlpWidth, int layers, int heads, int imageSize, int patchSize, int channels, double eps) {
    /** Keeps the number of tokens an int. */
    private static final int MAX_GRID = 4096;

    static VisionConfig read(ConfigNode node) {
        node.requireText("hidden_act", "quick_gelu");
        node.requireFlag("use_post_layernorm", true);
        node.requireFlag("use_cls_token", true);
        VisionConfig config = new VisionConfig(
                node.positiveInt("hidden_size"),
                node.positiveInt("intermediate_size"),
                node.layers("num_hidden_layers"),
                node.positiveInt("num_attention_heads"),
                node.positiveInt("image_size"),
                node.positiveInt("patch_size"),
                node.positiveInt("num_channels", 3),
                node.positive("layer_norm_eps"));
        node.require(
                config.width % config.heads == 0,
                "num_attention_heads",
                "is " + config.heads + ", which does not divide \"hidden_size\" " + config.width);
        node.require(
                config.imageSize % config.patchSize == 0,
                "patch_size",
                "is " + config.patchSize + ", which does not divide \"image_size\" " + config.imageSize);
        node.require(
                config.grid() <= MAX_GRID,
                "patch_size",
                "is " + config.patchSize + ", which makes " + config.grid() + " patches along a side of \"image_size\" "
                        + config.imageSize + "; at most " + MAX_GRID + " are supported");
        node.require(config.channels == 3, "num_channels", "is " + config.channels + "; images have 3");
        node.refuseOthers(HarmlessKeys::containForPart);
        return config;
    }

    /** Patches along a side. */
    public int grid() {
        return imageSize / patchSize;
    }

    /** Tokens of an image: the class token and one for each patch. */
    public int tokens() {
        return 1 + grid() * grid();
    }
}
