/** How events are delivered and files are read; nothing outside of this room uses it. */
@NullMarked
package dev.tenon.automation.internal;

import org.jspecify.annotations.NullMarked;
