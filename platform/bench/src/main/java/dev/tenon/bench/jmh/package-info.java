/** JMH benchmarks of the hot paths, each inside of one process. */
@NullMarked
package dev.tenon.bench.jmh;

import org.jspecify.annotations.NullMarked;
