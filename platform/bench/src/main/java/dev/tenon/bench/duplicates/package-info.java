/** What duplicate rules cost a save. */
@NullMarked
package dev.tenon.bench.duplicates;

import org.jspecify.annotations.NullMarked;
