package io.github.deqa4j.train.config;

/**
 * Where everything is written.
 *
 * @param directory gets {@code config.yaml}, {@code log.csv}, {@code evaluations.csv}, {@code curves.html}, the folder
 *     {@code checkpoints}, and the trained network in {@code model} and, by the best evaluation, in {@code best}
 */
public record OutputSettings(String directory) {
    static OutputSettings defaults() {
        return new OutputSettings("");
    }
}
