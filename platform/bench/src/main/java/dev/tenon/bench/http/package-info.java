/** Puts the running platform and the hand-written endpoint under the same HTTP load and prints what both can bear. */
@NullMarked
package dev.tenon.bench.http;

import org.jspecify.annotations.NullMarked;
