/** How models are published, packages kept and tenants made; nothing outside of this room uses it. */
@NullMarked
package dev.tenon.tenancy.internal;

import org.jspecify.annotations.NullMarked;
