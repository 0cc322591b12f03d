/** Demo data of the supermarket chain: what it records beyond the standard product. */
@NullMarked
package dev.tenon.samples.market;

import org.jspecify.annotations.NullMarked;
