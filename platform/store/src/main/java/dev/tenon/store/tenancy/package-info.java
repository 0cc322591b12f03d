/** Tenants, layers, models and packages in the platform's schema. */
@NullMarked
package dev.tenon.store.tenancy;

import org.jspecify.annotations.NullMarked;
