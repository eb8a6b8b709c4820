package io.github.deqa4j.torch.lora;

import io.github.deqa4j.DeqaException;
import io.github.deqa4j.score.Device;
import io.github.deqa4j.torch.nn.Block;
import io.github.deqa4j.torch.nn.Linear;
import io.github.deqa4j.torch.nn.Parameter;
import io.github.deqa4j.torch.nn.RandomStream;
import io.github.deqa4j.torch.nn.Slot;
import java.util.Collections;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The low-rank updates of a network, whose layers replace some of its linear layers. */
public final class LoraAdapter {
    private static final int NAMES_SHOWN = 9; // those of a decoder layer

    private final NavigableMap<String, Slot> slots;
    private final NavigableMap<String, Parameter> parameters;

    private LoraAdapter(NavigableMap<String, Slot> slots, NavigableMap<String, Parameter> parameters) {
        this.slots = slots;
        this.parameters = parameters;
    }

    /**
     * Replaces each target by a layer with an update, which is zero at first. Nothing is trained before
     * {@link Block#setTrained} says so.
     *
     * @param model a network whose weights are bound
     * @param random gives the seeds of the initial values and of dropout
     * @param device the device of the network
     * @throws DeqaException if a target names no linear layer that can be swapped
     */
    public static LoraAdapter insert(Block model, LoraSettings settings, RandomStream random, Device device) {
        NavigableMap<String, Slot> slots = model.slots();
        slots.values().removeIf(slot -> !(slot.layer() instanceof Linear));
        settings.targets().forEach(target -> requireLayer(target, slots.keySet()));
        slots.keySet()
                .removeIf(name -> settings.targets().stream().noneMatch(target -> LoraSettings.names(target, name)));
        NavigableMap<String, Parameter> parameters = new TreeMap<>();
        slots.forEach((name, slot) -> {
            slot.swap(layer -> LoraLinear.over((Linear) layer, settings, random, device));
            slot.namedParameters().forEach((own, parameter) -> put(name + "." + own, parameter, parameters));
        });
        return new LoraAdapter(slots, parameters);
    }

    /** A and B of every target, by their names in PEFT's {@code adapter_model} file. */
    public NavigableMap<String, Parameter> parameters() {
        return Collections.unmodifiableNavigableMap(parameters);
    }

    /** Adds the updates to the weights, W += (α/r)·B·A, and restores the plain layers. The adapter cannot be used afterwards. */
    public void merge() {
        slots.values().forEach(slot -> slot.swap(layer -> ((LoraLinear) layer).merged()));
        slots.clear();
        parameters.clear();
    }

    private static void requireLayer(String target, Set<String> layers) {
        if (layers.stream().noneMatch(name -> LoraSettings.names(target, name))) {
            throw new DeqaException("LoRA's target \"" + target + "\" is no layer that can have an adapter; there are "
                    + layers.stream().limit(NAMES_SHOWN).collect(Collectors.joining(", ")) + " …");
        }
    }

    private static void put(String name, Parameter parameter, NavigableMap<String, Parameter> parameters) {
        if (PeftNames.isAdapter(name)) {
            parameters.put(PeftNames.PREFIX + name, parameter);
        }
    }
}
