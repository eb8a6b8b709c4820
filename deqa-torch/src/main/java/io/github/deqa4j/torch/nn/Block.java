package io.github.deqa4j.torch.nn;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A part of a network: parameters of its own and further blocks below it.
 *
 * <p>The names are those of checkpoints: the name of a parameter is the names of the blocks above it and its own, joined by dots.
 */
public abstract class Block implements AutoCloseable {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Block> children = new LinkedHashMap<>();
    private final List<Block> wrapped = new ArrayList<>();

    /** Every parameter below this block, by its dotted name. */
    public final NavigableMap<String, Parameter> namedParameters() {
        NavigableMap<String, Parameter> named = new TreeMap<>();
        visit(
                "",
                (prefix, block) -> block.parameters.forEach((name, parameter) -> named.put(prefix + name, parameter)));
        return named;
    }

    /** Second names that a checkpoint may have for a parameter, mapped to its name in the network. Most networks have none. */
    public Map<String, String> otherNames() {
        return Map.of();
    }

    /** The parameters that are trained, by their dotted names. */
    public final NavigableMap<String, Parameter> trainedParameters() {
        NavigableMap<String, Parameter> trained = namedParameters();
        trained.values().removeIf(parameter -> !parameter.requiresGradient());
        return trained;
    }

    /** Sets which parameters are trained: those with accepted names, and no others. Buffers are never trained. */
    public final void setTrained(Predicate<String> names) {
        namedParameters()
                .forEach((name, parameter) -> parameter.requireGradient(!parameter.optional() && names.test(name)));
    }

    /** The slots below this block, by their dotted names. */
    public final NavigableMap<String, Slot> slots() {
        NavigableMap<String, Slot> slots = new TreeMap<>();
        visit("", (prefix, block) -> {
            if (block instanceof Slot slot) {
                slots.put(prefix.substring(0, prefix.length() - 1), slot);
            }
        });
        return slots;
    }

    /** The linear layers below this block that have a weight of their own, by their dotted names. */
    public final NavigableMap<String, Linear> linears() {
        NavigableMap<String, Linear> linears = new TreeMap<>();
        visit("", (prefix, block) -> {
            if (block instanceof Linear linear) {
                linears.put(prefix.substring(0, prefix.length() - 1), linear);
            }
        });
        return linears;
    }

    /**
     * Gives linear layers weights of 8-bit integers ({@link Int8}): each gets a parameter {@code weight_scale} (out) beside its
     * {@code weight}. No weights may be bound yet.
     *
     * @param names which layers, by their dotted names
     */
    public final void quantize(Predicate<String> names) {
        RowSlices slices = new RowSlices();
        linears().forEach((name, linear) -> {
            if (names.test(name)) {
                linear.quantizeWeight(slices);
            }
        });
    }

    /** The linear layers below this block with weights of 8-bit integers, by their dotted names. */
    public final NavigableSet<String> quantizedLayers() {
        NavigableMap<String, Linear> quantized = linears();
        quantized.values().removeIf(linear -> !linear.quantized());
        return quantized.navigableKeySet();
    }

    /**
     * Sets how often quantized layers quantize an input: once, or twice for what the first time left, which makes the input
     * nearly exact for twice the work.
     */
    public final void quantizeInputs(int times) {
        linears().values().forEach(linear -> linear.inputTerms(times));
    }

    /**
     * Sets whether every {@link LayerStack} below keeps the intermediate results of its layers for the backward pass, or computes
     * them again there.
     *
     * @param recomputation computes them again; null to keep them
     */
    public final void recompute(@Nullable Recomputation recomputation) {
        visit("", (prefix, block) -> {
            if (block instanceof LayerStack<?> stack) {
                stack.recomputeWith(recomputation);
            }
        });
    }

    /** Adds a parameter that every checkpoint must hold. */
    protected final Parameter parameter(String name, long... shape) {
        return add(name, Parameter.stored(shape));
    }

    /** Adds a convolution's parameter, (out, in, height, width), that every checkpoint must hold. */
    protected final Parameter kernel(String name, long... shape) {
        return add(name, Parameter.kernel(shape));
    }

    /** Adds a factor of a matrix product or a table of vectors, that every checkpoint must hold. */
    protected final Parameter matrix(String name, long... shape) {
        return add(name, Parameter.matrix(shape));
    }

    /** Adds a factor of a matrix product, (out, in), as 8-bit integers, instead of the parameter that had its name. */
    final Parameter steps(String name, long... shape) {
        return add(name, Parameter.steps(shape));
    }

    /** Adds a buffer: a parameter that is computed if a checkpoint does not hold it. */
    protected final Parameter buffer(String name, Supplier<float[]> computed, long... shape) {
        return add(name, Parameter.computed(shape, () -> Weight.of(computed.get(), shape)));
    }

    /** Adds a block below this one. */
    protected final <B extends Block> B child(String name, B block) {
        children.put(name, block);
        return block;
    }

    /** Adds a block whose parameters have the names of parameters of this block. */
    protected final <B extends Block> B wrap(B block) {
        wrapped.add(block);
        return block;
    }

    /** Computes once what is the same for every input of the blocks below. Their weights must not change any more. */
    public final void prepare() {
        visit("", (prefix, block) -> block.prepareOwn());
    }

    /** What {@link #prepare} does in this block alone: nothing in most. */
    void prepareOwn() {}

    /** Frees every bound weight below this block. */
    @Override
    public final void close() {
        visit("", (prefix, block) -> block.closeOwn());
    }

    /** What {@link #close} does in this block alone. */
    void closeOwn() {
        parameters.values().forEach(Parameter::close);
    }

    /** Visits this block and those below, each with the prefix of the names of its parameters. */
    void visit(String prefix, BiConsumer<String, Block> visitor) {
        visitor.accept(prefix, this);
        wrapped.forEach(block -> block.visit(prefix, visitor));
        children.forEach((name, block) -> block.visit(prefix + name + ".", visitor));
    }

    private Parameter add(String name, Parameter parameter) {
        parameters.put(name, parameter);
        return parameter;
    }
}
