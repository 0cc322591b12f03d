/** Changes of a large table under people who work: failed requests and the longest wait. */
@NullMarked
package dev.tenon.bench.change;

import org.jspecify.annotations.NullMarked;
