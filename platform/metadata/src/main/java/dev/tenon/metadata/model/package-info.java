/** The effective model of one tenant: immutable, complete, checked. Every other room works from these types. */
@NullMarked
package dev.tenon.metadata.model;

import org.jspecify.annotations.NullMarked;
