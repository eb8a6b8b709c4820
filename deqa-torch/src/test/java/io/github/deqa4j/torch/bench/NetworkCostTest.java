package io.github.deqa4j.torch.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.deqa4j.config.CompactConfig;
import io.github.deqa4j.config.ModelConfig;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.testkit.Golden;
import io.github.deqa4j.torch.bench.NetworkCost.Product;
import io.github.deqa4j.torch.model.DeqaModel;
import io.github.deqa4j.torch.nn.Stage;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NetworkCostTest {
    private static final ModelConfig MINI =
            ModelConfig.read(Golden.mini().resolve("model").resolve("config.json"));
    private static final CompactConfig COMPACT =
            CompactConfig.read(Golden.mini().resolve("compact").resolve("config.json"));

    /** 17 tokens of 32 features, of patches of 588 numbers; two layers with a perceptron of 64. */
    @Test
    void theVisionTransformerMultipliesEveryToken() {
        int layer = 2 * 17 * 32 * 96 + 4 * 17 * 17 * 32 + 2 * 17 * 32 * 32 + 2 * 2 * 17 * 32 * 64;
        assertThat(flops(mini(), Stage.VISION)).isEqualTo(2 * 16 * 588 * 32 + 2 * layer);
        assertThat(bytes(mini(), Stage.VISION)).isEqualTo(4 * (588 * 32 + 2 * (32 * 96 + 32 * 32 + 2 * 32 * 64)));
    }

    /** 8 queries see themselves and 17 tokens; two layers with a perceptron of 48. */
    @Test
    void theAbstractorProjectsQueriesAndTokens() {
        int layer = 2 * 8 * 32 * 32 + 2 * 2 * 25 * 32 * 32 + 4 * 8 * 25 * 32 + 2 * 8 * 32 * 32 + 3 * 2 * 8 * 32 * 48;
        assertThat(flops(mini(), Stage.ABSTRACTOR)).isEqualTo(2 * layer + 2 * 8 * 32 * 32);
        assertThat(bytes(mini(), Stage.ABSTRACTOR)).isEqualTo(4 * (2 * (4 * 32 * 32 + 3 * 32 * 48) + 32 * 32));
    }

    /**
     * 9 visual tokens and 12 of text after them see 15 before them and each those before itself; in the last of three layers only
     * the last token sees them all.
     */
    @Test
    void theDecoderLeavesOutThePrefixAndInTheLastLayerAllButTheLastPosition() {
        int keysAndValues = 2 * (2 * 12 * 32 * 32 + 2 * 9 * 32 * 32);
        int pairs = 21 * 15 + 21 * 22 / 2;
        int layer = 2 * 2 * 21 * 32 * 32 + keysAndValues + 4 * pairs * 32 + 3 * 2 * 21 * 32 * 48;
        int last = 2 * 2 * 32 * 32 + keysAndValues + 4 * 36 * 32 + 3 * 2 * 32 * 48;
        assertThat(flops(mini(), Stage.DECODER)).isEqualTo(2 * layer + last).isEqualTo(974_848);
        assertThat(bytes(mini(), Stage.DECODER)).isEqualTo(4 * 3 * (6 * 32 * 32 + 3 * 32 * 48));
        assertThat(flops(mini(), Stage.HEAD)).isEqualTo(2 * 32 * 5);
    }

    @Test
    void aPromptThatEndsWithTheImageNeedsNoKeysOfTextAfterIt() {
        NetworkCost cost = NetworkCost.of(MINI, 15, 0, name -> Precision.FLOAT32);
        assertThat(bytes(cost, Stage.DECODER)).isEqualTo(4 * 3 * (4 * 32 * 32 + 3 * 32 * 48));
    }

    @Test
    void theFormatOfEachLayerIsAskedForByItsName() {
        Set<String> names = new HashSet<>();
        Function<String, Precision> formats = name -> {
            names.add(name);
            return name.contains(".mlp.") ? Precision.INT8 : Precision.BF16;
        };
        NetworkCost cost = NetworkCost.of(MINI, 15, 12, formats);
        assertThat(names)
                .contains(
                        "model.vision_model.embeddings.patch_embed",
                        "model.vision_model.encoder.layers.1.self_attn.query_key_value",
                        "model.visual_abstractor.encoder.layers.0.crossattention.output.mlp.w2",
                        "model.visual_abstractor.visual_fc",
                        "model.layers.2.self_attn.k_proj.multiway.1",
                        "lm_head");
        assertThat(bytes(cost, Stage.DECODER)).isEqualTo(3 * (2 * 6 * 32 * 32 + 3 * 32 * 48));
        assertThat(cost.products().stream().filter(product -> product.weightBytes() == 0))
                .hasSize(2 + 2 + 3)
                .allMatch(attention -> attention.format() == Precision.BF16);
    }

    /** In int8 the patches, which no matrix product takes, are in float32, and layers that were not quantized in bf16. */
    @Test
    void aLayerComputesInTheFormatOfItsWeight() {
        DeqaModel model = new DeqaModel(MINI);
        model.quantize(name -> name.contains(".mlp."));
        Function<String, Precision> formats = NetworkCost.formats(model, Precision.INT8);

        assertThat(formats.apply("model.vision_model.embeddings.patch_embed")).isEqualTo(Precision.FLOAT32);
        assertThat(formats.apply("model.layers.0.mlp.up_proj")).isEqualTo(Precision.INT8);
        assertThat(formats.apply("model.layers.0.self_attn.q_proj")).isEqualTo(Precision.BF16);
        assertThat(formats.apply("lm_head")).isEqualTo(Precision.BF16);
        assertThat(NetworkCost.formats(new DeqaModel(MINI), Precision.BF16)
                        .apply("model.vision_model.embeddings.patch_embed"))
                .isEqualTo(Precision.BF16);
    }

    /** 31 × 47 pixels become 16 × 24, 8 × 12 and 4 × 6. */
    @Test
    void theSmallNetworkMultipliesAtEveryPosition() {
        NetworkCost cost = NetworkCost.of(COMPACT, 31, 47, Precision.BF16);
        int stem = 2 * 384 * 3 * 49 * 4;
        int first = 2 * 96 * (4 * 2 + 9 * 2 * 2 + 2 * 8 + 4 * 8);
        int second = 2 * 96 * (8 * 2 + 9 * 2 * 2 + 2 * 8);
        int third = 2 * 24 * (8 * 3 + 9 * 3 * 3 + 3 * 12 + 8 * 12);
        assertThat(flops(cost, Stage.TRUNK))
                .isEqualTo(stem + first + second + third)
                .isEqualTo(493_680);
        assertThat(bytes(cost, Stage.TRUNK)).isEqualTo(2 * (147 * 4 + 92 + 68 + 237));
        assertThat(flops(cost, Stage.HEAD)).isEqualTo(2 * 40 * 256 + 2 * 256 * 5);
        assertThat(bytes(cost, Stage.HEAD)).isEqualTo(4 * (40 * 256 + 256 * 5));
    }

    @Test
    void aFloorIsTheLongerOfComputingAndReadingWeightsThatABatchShares() {
        MachineSpeed speed = new MachineSpeed(Map.of(Precision.FLOAT32, 1000.0, Precision.BF16, 2000.0), 10);
        NetworkCost cost = new NetworkCost(List.of(
                new Product(Stage.TRUNK, Precision.FLOAT32, 4000, 100), // 4 s to compute, 10 s to read
                new Product(Stage.TRUNK, Precision.BF16, 4000, 0), // 2 s
                new Product(Stage.HEAD, Precision.BF16, 3000, 0)));
        assertThat(cost.floorMs(speed, 1)).isEqualTo(Map.of(Stage.TRUNK, 12_000.0, Stage.HEAD, 1500.0));
        assertThat(cost.floorMs(speed, 2)).isEqualTo(Map.of(Stage.TRUNK, 7000.0, Stage.HEAD, 1500.0));
        assertThat(cost.floorMs(speed, 5)).isEqualTo(Map.of(Stage.TRUNK, 6000.0, Stage.HEAD, 1500.0));
    }

    private static NetworkCost mini() {
        return NetworkCost.of(MINI, 15, 12, name -> Precision.FLOAT32);
    }

    private static double flops(NetworkCost cost, Stage stage) {
        return cost.products().stream()
                .filter(product -> product.stage() == stage)
                .mapToDouble(Product::flops)
                .sum();
    }

    private static double bytes(NetworkCost cost, Stage stage) {
        return cost.products().stream()
                .filter(product -> product.stage() == stage)
                .mapToDouble(Product::weightBytes)
                .sum();
    }
}
