package io.github.deqa4j.train.checkpoint;

import io.github.deqa4j.Version;
import io.github.deqa4j.config.ModelType;
import io.github.deqa4j.torch.load.ModelFiles;
import java.util.Map;

/**
 * What made a network, for whoever finds it later. Written as JSON; no run depends on it.
 *
 * @param version of this program
 * @param kind of the network that the run started from, such as {@code mplug_owl2}
 * @param fingerprint of that network's files, as in the identity of the run
 */
public record Producer(String version, String kind, String fingerprint) {
    /** This program, with the network that a run starts from and the run's {@link RunIdentity}. */
    public static Producer of(ModelFiles model, Map<String, String> identity) {
        return new Producer(
                Version.current(), ModelType.read(model.config()).word(), identity.getOrDefault(RunIdentity.MODEL, ""));
    }
}
