/** Importers: rated data sets in their own layouts in, opinions, a split and a report of what was found out. */
@NullMarked
package io.github.deqa4j.importer;

import org.jspecify.annotations.NullMarked;
