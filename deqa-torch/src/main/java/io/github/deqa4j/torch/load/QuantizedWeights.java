package io.github.deqa4j.torch.load;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.UnusableModelException;
import io.github.deqa4j.checkpoint.DType;
import io.github.deqa4j.file.Excerpt;
import io.github.deqa4j.torch.nn.Int8;
import io.github.deqa4j.torch.nn.Weight;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The weights of a source, some of them quantized to 8-bit integers when they are read, with one scale for each output. A scale is
 * kept from the reading of its weight until it is read itself, so that reading in the order of names quantizes once. One thread reads.
 */
final class QuantizedWeights implements WeightSource {
    private static final Set<DType> FLOATING = Set.of(DType.F64, DType.F32, DType.F16, DType.BF16);

    private final WeightSource exact;
    private final Set<String> quantized;
    private final Set<String> names;
    private final Map<String, String> weights = new TreeMap<>(); // by the names of their scales
    private final Map<String, Weight> scales = new HashMap<>(); // by name, of weights that were read

    /**
     * Quantizes weights of a source.
     *
     * @param exact the source
     * @param quantized the names of its weights to quantize
     * @throws DeqaException if one of them is not of a floating type
     */
    QuantizedWeights(WeightSource exact, Set<String> quantized) {
        this.exact = exact;
        this.quantized = Set.copyOf(quantized);
        names = new TreeSet<>(exact.names());
        quantized.forEach(name -> {
            requireFloating(name);
            weights.put(name + Int8.SCALE, name);
            if (names.contains(name)) {
                names.add(name + Int8.SCALE);
            }
        });
    }

    private void requireFloating(String name) {
        if (exact.names().contains(name) && !FLOATING.contains(exact.dtype(name))) {
            throw new DeqaException(exact.file(name) + ": the tensor " + Excerpt.quoted(name) + " is of type "
                    + exact.dtype(name) + ", which cannot be quantized; weights must be F64, F32, F16 or BF16");
        }
    }

    @Override
    public Set<String> names() {
        return Collections.unmodifiableSet(names);
    }

    @Override
    public long[] shape(String name) {
        String weight = weights.get(name);
        return weight == null ? exact.shape(name) : new long[] {exact.shape(weight)[0]};
    }

    @Override
    public DType dtype(String name) {
        if (weights.containsKey(name)) {
            return DType.F32;
        }
        return quantized.contains(name) ? DType.I8 : exact.dtype(name);
    }

    @Override
    public String file(String name) {
        return exact.file(weights.getOrDefault(name, name));
    }

    @Override
    public Weight read(String name) {
        String weight = weights.get(name);
        if (weight != null) {
            Weight known = scales.remove(name);
            return known == null ? scale(weight) : known;
        }
        if (!quantized.contains(name)) {
            return exact.read(name);
        }
        Int8.Rows rows = quantize(name);
        Weight before = scales.put(name + Int8.SCALE, rows.scale());
        if (before != null) {
            before.close();
        }
        return rows.steps();
    }

    private Weight scale(String weight) {
        Int8.Rows rows = quantize(weight);
        rows.steps().close();
        return rows.scale();
    }

    private Int8.Rows quantize(String name) {
        try (Weight weight = exact.read(name)) {
            Int8.Rows rows = Int8.quantize(weight.tensor());
            if (!Weight.isFinite(rows.scale().tensor())) { // then so is not the weight
                rows.steps().close();
                rows.scale().close();
                throw new UnusableModelException(exact.file(name) + ": the tensor " + Excerpt.quoted(name)
                        + " holds numbers that are infinite or NaN, so it cannot be quantized; the weights were"
                        + " damaged, or their training diverged");
            }
            return rows;
        }
    }
}
