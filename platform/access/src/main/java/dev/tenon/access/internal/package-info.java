/** How rights are put together: unions of permission sets, the reach of formulas, and what is told about them. */
@NullMarked
package dev.tenon.access.internal;

import org.jspecify.annotations.NullMarked;
