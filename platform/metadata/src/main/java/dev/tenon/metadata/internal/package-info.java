/** How packages are read, written, merged and built into a model. Nothing outside this module uses it. */
@NullMarked
package dev.tenon.metadata.internal;

import org.jspecify.annotations.NullMarked;
