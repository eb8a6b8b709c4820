/**
 * The Hugging Face hub: its protocol, and the cache on disk that Python's {@code huggingface_hub} shares. Nothing of a repository
 * is executed; files are only stored, and only if their hash is right.
 */
@NullMarked
package io.github.deqa4j.hub;

import org.jspecify.annotations.NullMarked;
