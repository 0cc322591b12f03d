/** A tenant's life: its creation, installed packages, live customizing, upgrades, and the model that follows from them. */
@NullMarked
package dev.tenon.tenancy;

import org.jspecify.annotations.NullMarked;
