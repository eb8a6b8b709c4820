package io.github.deqa4j.image.prepare;

/** The sides of a network's input in pixels. Inputs of equal sides fit into one batch. */
public record InputSize(int width, int height) {}
