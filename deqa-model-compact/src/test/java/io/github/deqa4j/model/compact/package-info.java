/** Tests of the model that ships inside. */
@NullMarked
package io.github.deqa4j.model.compact;

import org.jspecify.annotations.NullMarked;
