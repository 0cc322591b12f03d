/** The platform over HTTP: what Spring is told, and what all parts of this room share. */
@NullMarked
package dev.tenon.web;

import org.jspecify.annotations.NullMarked;
