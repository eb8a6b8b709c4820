/** A scorer as a bean of Spring Boot, from the properties {@code deqa.*}, with its health and metrics. */
@NullMarked
package io.github.deqa4j.spring;

import org.jspecify.annotations.NullMarked;
