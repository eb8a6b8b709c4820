package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.score.Precision;
import io.github.deqa4j.torch.lora.LoraConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A base model under a LoRA adapter: W + s·B·A where the adapter has a pair (Hu et al. 2021, equation 3), the tensors
 * that were trained in full where there are such, the base elsewhere.
 */
final class LoraWeights implements WeightSource {
    private static final String WEIGHT = ".weight";

    private final WeightSource base;
    private final WeightSource adapter;
    private final List<WeightSource> full;
    private final LoraConfig config;
    private final Path directory;

    /**
     * Puts an adapter over a base.
     *
     * @param base the full model
     * @param trained tensors trained in full, their names with the prefix {@code base_model.model.}; may be none
     * @param adapter pairs {@code ….lora_A.weight} (r, in) and {@code ….lora_B.weight} (out, r), and tensors trained in full,
     *     all prefixed likewise
     * @param config ranks, strengths, and which layers there must be
     * @param directory where the adapter is, for messages
     * @throws DeqaException if the adapter has tensors of another kind, half a pair, one whose shape does not fit, one for a
     *     weight that the base does not have, or others than its settings say
     */
    LoraWeights(
            WeightSource base,
            Optional<WeightSource> trained,
            WeightSource adapter,
            LoraConfig config,
            Path directory) {
        this.base = base;
        this.adapter = adapter;
        this.full = Stream.concat(Stream.of(adapter), trained.stream()).toList();
        this.config = config;
        this.directory = directory;
        requireKnownNames(trained);
        requireFittingPairs();
        requireWhatSettingsSay();
    }

    private void requireKnownNames(Optional<WeightSource> trained) {
        require(
                "tensors must start with " + PeftNames.PREFIX,
                trained.stream()
                        .flatMap(source -> source.names().stream())
                        .filter(name -> !name.startsWith(PeftNames.PREFIX)));
        require(
                "tensors of the adapter are no LoRA pairs of weights in the base model",
                adapter.names().stream().filter(name -> !isHalfOfPair(name) && !isFull(name)));
    }

    private void requireFittingPairs() {
        require(
                "tensors of the adapter do not have the shape that the weight and \"r\" or \"rank_pattern\" ask for",
                adapter.names().stream().filter(name -> isHalfOfPair(name) && !fits(name)));
    }

    private void requireWhatSettingsSay() {
        String settings = " in " + PeftNames.CONFIG_FILE;
        require(
                "layers have a pair in the adapter, but are not among \"target_modules\"" + settings,
                layers(this::hasPair).filter(layer -> !config.mayAdapt(layer)));
        require(
                "layers are among \"target_modules\"" + settings + ", but have no pair in the adapter",
                layers(weight -> base.shape(weight).length == 2 && !hasPair(weight))
                        .filter(config::mustAdapt));
        require(
                "modules are in \"modules_to_save\"" + settings + ", but the base has no tensors of them",
                config.savedInFull().stream()
                        .filter(module -> base.names().stream().noneMatch(name -> LoraConfig.isWithin(module, name))));
        require(
                "tensors are of \"modules_to_save\"" + settings + ", but are not in the adapter",
                base.names().stream()
                        .filter(name ->
                                config.savedInFull().stream().anyMatch(module -> LoraConfig.isWithin(module, name)))
                        .filter(name -> fullSource(name).isEmpty()));
    }

    private Stream<String> layers(Predicate<String> weights) {
        return base.names().stream()
                .filter(name -> name.endsWith(WEIGHT) && weights.test(name))
                .map(LoraWeights::layer);
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(base.names());
        full.stream()
                .flatMap(source -> source.names().stream())
                .filter(name -> !PeftNames.isAdapter(name))
                .forEach(name -> names.add(name.substring(PeftNames.PREFIX.length())));
        return names;
    }

    @Override
    public long[] shape(String name) {
        return fullSource(name)
                .map(source -> source.shape(PeftNames.PREFIX + name))
                .orElseGet(() -> base.shape(name));
    }

    @Override
    public DType dtype(String name) {
        return fullSource(name)
                .map(source -> source.dtype(PeftNames.PREFIX + name))
                .orElseGet(() -> base.dtype(name));
    }

    @Override
    public String file(String name) {
        String below = fullSource(name)
                .map(source -> source.file(PeftNames.PREFIX + name))
                .orElseGet(() -> base.file(name));
        return hasPair(name) ? below + " or " + adapter.file(half(name, PeftNames.UP)) : below;
    }

    @Override
    public Weight read(String name) {
        Weight weight = fullSource(name)
                .map(source -> source.read(PeftNames.PREFIX + name))
                .orElseGet(() -> base.read(name));
        if (!hasPair(name)) {
            return weight;
        }
        try (Weight up = adapter.read(half(name, PeftNames.UP));
                Weight down = adapter.read(half(name, PeftNames.DOWN))) {
            return merged(weight, up, down, config.scale(layer(name)));
        }
    }

    /** In float32, whatever the base is stored in: a small update would be lost in half precision. */
    private static Weight merged(Weight weight, Weight up, Weight down, double scale) {
        try (Weight exact = weight.to(Precision.FLOAT32, Device.CPU)) {
            return Weight.sum(exact.tensor(), up.tensor(), down.tensor(), scale);
        }
    }

    private Optional<WeightSource> fullSource(String name) {
        return full.stream()
                .filter(source -> source.names().contains(PeftNames.PREFIX + name))
                .findFirst();
    }

    private boolean isFull(String name) {
        if (!name.startsWith(PeftNames.PREFIX)) {
            return false;
        }
        String replaced = name.substring(PeftNames.PREFIX.length());
        return base.names().contains(replaced) && !hasPair(replaced);
    }

    private boolean hasPair(String weight) {
        return adapter.names().contains(half(weight, PeftNames.UP));
    }

    private boolean isHalfOfPair(String name) {
        String weight = adapted(name);
        return !weight.isEmpty()
                && base.names().contains(weight)
                && adapter.names().containsAll(List.of(half(weight, PeftNames.UP), half(weight, PeftNames.DOWN)));
    }

    private boolean fits(String name) {
        String adapted = adapted(name);
        long[] weight = base.shape(adapted);
        int rank = config.rank(layer(adapted));
        long[] expected = name.endsWith(PeftNames.UP)
                ? new long[] {weight[0], rank}
                : new long[] {rank, weight[weight.length - 1]};
        return weight.length == 2 && Arrays.equals(adapter.shape(name), expected);
    }

    /** The weight that a tensor of the adapter adapts; empty if its name has another form. */
    private static String adapted(String name) {
        for (String suffix : List.of(PeftNames.UP, PeftNames.DOWN)) {
            if (name.startsWith(PeftNames.PREFIX) && name.endsWith(suffix)) {
                return name.substring(PeftNames.PREFIX.length(), name.length() - suffix.length()) + WEIGHT;
            }
        }
        return "";
    }

    private static String half(String weight, String suffix) {
        return PeftNames.PREFIX + layer(weight) + suffix;
    }

    private static String layer(String weight) {
        return weight.substring(0, Math.max(0, weight.length() - WEIGHT.length()));
    }

    private void require(String rule, Stream<String> offending) {
        List<String> names = offending.sorted().toList();
        if (!names.isEmpty()) {
            throw new DeqaException(directory + ": these " + rule + ": " + Excerpt.list(names));
        }
    }
}
