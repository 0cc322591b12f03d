/** Plugins on a running server: install, start, call, upgrade and remove them, each behind its own class loader. */
@NullMarked
package dev.tenon.plugin;

import org.jspecify.annotations.NullMarked;
