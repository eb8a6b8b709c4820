/** Tests of the importers on small files in each native layout. */
@NullMarked
package io.github.deqa4j.importer;

import org.jspecify.annotations.NullMarked;
