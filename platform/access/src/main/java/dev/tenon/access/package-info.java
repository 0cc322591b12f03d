/** Who may see and do what: decisions about objects and fields, conditions about records, and the explanation of each. */
@NullMarked
package dev.tenon.access;

import org.jspecify.annotations.NullMarked;
