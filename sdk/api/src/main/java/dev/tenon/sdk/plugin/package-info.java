/** The door through which a plugin enters the platform: one interface, one list of contributions. */
@NullMarked
package dev.tenon.sdk.plugin;

import org.jspecify.annotations.NullMarked;
