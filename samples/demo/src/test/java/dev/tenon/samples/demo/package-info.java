/** The story of the product, played on the running platform: through its HTTP interfaces and in a real browser. */
@NullMarked
package dev.tenon.samples.demo;

import org.jspecify.annotations.NullMarked;
