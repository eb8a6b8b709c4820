/** An application of Spring Boot that scores images over HTTP. */
@NullMarked
package io.github.deqa4j.springexample;

import org.jspecify.annotations.NullMarked;
