/** What a network is trained on: samples, the order they come in, and their images, read ahead. */
@NullMarked
package io.github.deqa4j.train.data;

import org.jspecify.annotations.NullMarked;
