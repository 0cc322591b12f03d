/** Packages in, one checked effective model out; edits of the custom layer and three-way upgrades. Pure functions. */
@NullMarked
package dev.tenon.metadata;

import org.jspecify.annotations.NullMarked;
