/** Files of many rows in and out, with little memory. */
@NullMarked
package dev.tenon.bench.bulk;

import org.jspecify.annotations.NullMarked;
