package io.github.deqa4j.torch.lora;

import io.github.deqa4j.config.ConfigNode;
import io.github.deqa4j.file.Excerpt;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The settings of a low-rank adapter that matter for merging it, from {@code adapter_config.json} in the layout of PEFT.
 *
 * @see <a href="https://github.com/huggingface/peft/blob/main/src/peft/tuners/lora/config.py">what each key means</a>
 */
public final class LoraConfig {
    private static final String INITIALIZATION = "init_lora_weights";

    /** Ways to start that leave the base as it is; the others store a difference from a base that they have changed. */
    private static final Set<String> PLAIN_STARTS = Set.of("gaussian", "eva", "orthogonal", "mica");

    /** What makes of A and B something else than a product that is added to the weights. */
    private static final List<String> UNSUPPORTED = List.of(
            "use_dora",
            "lora_bias",
            "trainable_token_indices",
            "layer_replication",
            "target_parameters",
            "megatron_config",
            "use_qalora",
            "velora_config",
            "kasa_config",
            "monteclora_config",
            "arrow_config",
            "alora_invocation_tokens",
            "use_bdlora",
            "ensure_weight_tying");

    /** What matters in training alone, or says where the adapter comes from. */
    private static final Set<String> HARMLESS = Set.of(
            "auto_mapping",
            "base_model_class",
            "base_model_name_or_path",
            "corda_config",
            "eva_config",
            "inference_mode",
            "loftq_config",
            "lora_dropout",
            "lora_ga_config",
            "megatron_core",
            "parent_library",
            "peft_version",
            "qalora_group_size",
            "revision",
            "runtime_config",
            "task_type",
            "unsloth_fixed");

    private final int rank;
    private final double alpha;
    private final boolean rankStabilized;
    private final LayerValues<Integer> ranks;
    private final LayerValues<Double> alphas;
    private final List<String> savedInFull;
    private final LoraTargets targets;

    private LoraConfig(ConfigNode node) {
        rank = node.positiveInt("r");
        alpha = node.positive("lora_alpha");
        rankStabilized = node.flag("use_rslora", false);
        ranks = LayerValues.read(node, "rank_pattern", rank, ConfigNode::positiveInt);
        alphas = LayerValues.read(node, "alpha_pattern", alpha, ConfigNode::positive);
        savedInFull = node.texts("modules_to_save");
        targets = LoraTargets.read(node, savedInFull);
    }

    /**
     * Reads {@code adapter_config.json}.
     *
     * @throws io.github.deqa4j.config.InvalidConfigException if a key is missing or impossible, is not known, or asks for a
     *     variant that is not plain LoRA
     */
    public static LoraConfig read(Path file) {
        ConfigNode node = ConfigNode.read(file);
        node.requireText("peft_type", "LORA");
        node.requireText("bias", "none");
        node.requireFlag("fan_in_fan_out", false);
        UNSUPPORTED.forEach(node::requireNothing);
        requirePlainStart(node);
        LoraConfig config = new LoraConfig(node);
        node.refuseOthers(key -> HARMLESS.contains(key) || key.startsWith("_"));
        return config;
    }

    private static void requirePlainStart(ConfigNode node) {
        if (!node.isText(INITIALIZATION)) {
            node.flag(INITIALIZATION, true);
            return;
        }
        String start = node.text(INITIALIZATION);
        node.require(
                PLAIN_STARTS.contains(start.toLowerCase(Locale.ROOT)),
                INITIALIZATION,
                "is " + Excerpt.quoted(start)
                        + "; such an adapter fits a base whose weights were changed when it was made. Save it as a plain"
                        + " adapter: PEFT's save_pretrained does so with path_initial_model_for_weight_conversion");
    }

    /** r, the inner dimension of the update of most layers. */
    public int rank() {
        return rank;
    }

    /** The inner dimension of a layer's update. */
    public int rank(String layer) {
        return ranks.of(layer);
    }

    /** The factor of B·A in most layers: α/r, or α/√r where the settings say so. */
    public double scale() {
        return scale(alpha, rank);
    }

    /** The factor of B·A in a layer. */
    public double scale(String layer) {
        return scale(alphas.of(layer), ranks.of(layer));
    }

    private double scale(double strength, int dimension) {
        return strength / (rankStabilized ? Math.sqrt(dimension) : dimension);
    }

    /** The modules whose weights the adapter replaces, by the ends of their names. */
    public List<String> savedInFull() {
        return savedInFull;
    }

    /** Whether a tensor belongs to a module of {@link #savedInFull}. */
    public static boolean isWithin(String module, String tensor) {
        return LoraTargets.isWithin(module, tensor);
    }

    /** Whether the settings ask for an update of a layer; true where they do not say which layers have one. */
    public boolean mayAdapt(String layer) {
        return !targets.stated() || targets.contain(layer);
    }

    /** Whether the settings name a layer as one that has an update. */
    public boolean mustAdapt(String layer) {
        return targets.stated() && targets.contain(layer);
    }
}
