/** The demo: two customers of one standard product, with people and data, on a platform that runs. */
@NullMarked
package dev.tenon.samples.demo;

import org.jspecify.annotations.NullMarked;
