/** The part of a tenant's model that one caller may know: what is not in it does not exist for any answer of this room. */
@NullMarked
package dev.tenon.web.model;

import org.jspecify.annotations.NullMarked;
