/** A small product for tests of the door: customers, their orders, the orders' lines, and people with different rights. */
@NullMarked
package dev.tenon.records.shop;

import org.jspecify.annotations.NullMarked;
