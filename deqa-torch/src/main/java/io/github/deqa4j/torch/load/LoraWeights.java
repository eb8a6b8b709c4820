package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.torch.lora.LoraConfig;
import io.github.deqa4j.torch.lora.PeftNames;
import io.github.deqa4j.torch.nn.Device;
import io.github.deqa4j.torch.nn.Precision;
import io.github.deqa4j.torch.nn.Weight;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A base model under a LoRA adapter: W + (α/r)·B·A where the adapter has a pair (Hu et al. 2021, equation 3), the tensors
 * that were trained in full where there are such, the base elsewhere.
 */
final class LoraWeights implements WeightSource {
    private static final String WEIGHT = ".weight";

    private final WeightSource base;
    private final WeightSource trained;
    private final WeightSource adapter;
    private final LoraConfig config;
    private final Path directory;

    /**
     * Puts an adapter over a base.
     *
     * @param base the full model
     * @param trained tensors trained in full, their names with the prefix {@code base_model.model.}
     * @param adapter pairs {@code ….lora_A.weight} (r, in) and {@code ….lora_B.weight} (out, r), prefixed likewise
     * @param config rank and strength
     * @param directory where the adapter is, for messages
     * @throws DeqaException if the adapter has tensors of another kind, half a pair, one whose shape does not fit, or one
     *     for a weight that the base does not have
     */
    LoraWeights(WeightSource base, WeightSource trained, WeightSource adapter, LoraConfig config, Path directory) {
        this.base = base;
        this.trained = trained;
        this.adapter = adapter;
        this.config = config;
        this.directory = directory;
        require(
                "must start with " + PeftNames.PREFIX,
                trained.names().stream().filter(name -> !name.startsWith(PeftNames.PREFIX)));
        require(
                "are no LoRA pairs of weights in the base model",
                adapter.names().stream().filter(name -> !isHalfOfPair(name)));
        require(
                "do not have the shape that rank and weight ask for",
                adapter.names().stream().filter(name -> !fits(name)));
    }

    @Override
    public Set<String> names() {
        Set<String> names = new TreeSet<>(base.names());
        trained.names().forEach(name -> names.add(name.substring(PeftNames.PREFIX.length())));
        return names;
    }

    @Override
    public long[] shape(String name) {
        return isTrained(name) ? trained.shape(PeftNames.PREFIX + name) : base.shape(name);
    }

    @Override
    public DType dtype(String name) {
        return isTrained(name) ? trained.dtype(PeftNames.PREFIX + name) : base.dtype(name);
    }

    @Override
    public Weight read(String name) {
        Weight weight = isTrained(name) ? trained.read(PeftNames.PREFIX + name) : base.read(name);
        if (!adapter.names().contains(half(name, PeftNames.UP))) {
            return weight;
        }
        try (Weight up = adapter.read(half(name, PeftNames.UP));
                Weight down = adapter.read(half(name, PeftNames.DOWN))) {
            return merged(weight, up, down);
        }
    }

    /** In float32, whatever the base is stored in: a small update would be lost in half precision. */
    private Weight merged(Weight weight, Weight up, Weight down) {
        try (Weight exact = weight.to(Precision.FLOAT32, Device.CPU)) {
            return Weight.sum(exact.tensor(), up.tensor(), down.tensor(), config.scale());
        }
    }

    private boolean isTrained(String name) {
        return trained.names().contains(PeftNames.PREFIX + name);
    }

    private boolean isHalfOfPair(String name) {
        String weight = adapted(name);
        return !weight.isEmpty()
                && base.names().contains(weight)
                && adapter.names().containsAll(List.of(half(weight, PeftNames.UP), half(weight, PeftNames.DOWN)));
    }

    private boolean fits(String name) {
        long[] weight = base.shape(adapted(name));
        long[] expected = name.endsWith(PeftNames.UP)
                ? new long[] {weight[0], config.rank()}
                : new long[] {config.rank(), weight[weight.length - 1]};
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
        return PeftNames.PREFIX + weight.substring(0, Math.max(0, weight.length() - WEIGHT.length())) + suffix;
    }

    private void require(String rule, Stream<String> offending) {
        String names = offending.sorted().limit(NameCheck.NAMES_SHOWN).collect(Collectors.joining(", "));
        if (!names.isEmpty()) {
            throw new DeqaException(directory + ": these tensors of the adapter " + rule + ": " + names);
        }
    }
}
