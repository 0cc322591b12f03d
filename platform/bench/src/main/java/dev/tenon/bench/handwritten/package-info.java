/** The yardstick: what a careful programmer writes by hand with Spring for one table, its row rule and its hidden field. */
@NullMarked
package dev.tenon.bench.handwritten;

import org.jspecify.annotations.NullMarked;
