/**
 * Importers: they read rated data sets in their published layouts and give mean opinion scores, a split and a report.
 *
 * <p>SPAQ and CSIQ are published as .xlsx. The reader for it, fastexcel-reader with its own dependencies, adds 2.4 MB, about as
 * much as Hipparchus, and is therefore no module of its own.
 */
@NullMarked
package io.github.deqa4j.importer;

import org.jspecify.annotations.NullMarked;
