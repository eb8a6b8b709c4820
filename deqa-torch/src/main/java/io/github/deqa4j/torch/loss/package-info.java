/** What training minimizes: one class for each loss, and their weighted sum. */
@NullMarked
package io.github.deqa4j.torch.loss;

import org.jspecify.annotations.NullMarked;
