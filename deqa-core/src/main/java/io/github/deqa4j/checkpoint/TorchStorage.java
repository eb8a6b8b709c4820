package io.github.deqa4j.checkpoint;

/**
 * The memory of one or several tensors.
 *
 * @param key name of the zip entry below {@code data/}
 * @param elements number of elements, at least 0
 */
record TorchStorage(DType dtype, String key, long elements) {}
