/**
 * The database behind the platform: how it is opened, its dialects and transactions. The packages below implement the
 * ports of the pure rooms with it.
 */
@NullMarked
package dev.tenon.store;

import org.jspecify.annotations.NullMarked;
