package io.github.deqa4j.torch.nn;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * A part of a network: parameters of its own and further blocks below it.
 *
 * <p>The tree of names is the checkpoint's: a parameter is called by the names on the way to it, joined by dots.
 */
public abstract class Block implements AutoCloseable {
    private final Map<String, Parameter> parameters = new LinkedHashMap<>();
    private final Map<String, Block> children = new LinkedHashMap<>();

    /** Every parameter below this block, by its dotted name. */
    public final NavigableMap<String, Parameter> namedParameters() {
        NavigableMap<String, Parameter> named = new TreeMap<>();
        visit("", named::put);
        return named;
    }

    /** Adds a parameter that every checkpoint must hold. */
    protected final Parameter parameter(String name, long... shape) {
        Parameter parameter = new Parameter(shape, null);
        parameters.put(name, parameter);
        return parameter;
    }

    /** Adds a parameter that is computed where a checkpoint leaves it out. */
    protected final Parameter buffer(String name, Supplier<float[]> computed, long... shape) {
        Parameter buffer = new Parameter(shape, () -> Weight.of(computed.get(), shape));
        parameters.put(name, buffer);
        return buffer;
    }

    /** Adds a block below this one. */
    protected final <B extends Block> B child(String name, B block) {
        children.put(name, block);
        return block;
    }

    /** Frees every bound weight below this block. */
    @Override
    public final void close() {
        namedParameters().values().forEach(Parameter::close);
    }

    private void visit(String prefix, BiConsumer<String, Parameter> visitor) {
        parameters.forEach((name, parameter) -> visitor.accept(prefix + name, parameter));
        children.forEach((name, block) -> block.visit(prefix + name + ".", visitor));
    }
}
