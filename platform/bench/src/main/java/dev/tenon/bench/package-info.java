/** What all measurements share: a tenant with orders and customers, filled with the same rows every time. */
@NullMarked
package dev.tenon.bench;

import org.jspecify.annotations.NullMarked;
