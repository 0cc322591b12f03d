/** The one expression language: CEL's grammar with the platform's exact types; checked, evaluated, handed to SQL as a typed tree. */
@NullMarked
package dev.tenon.expression;

import org.jspecify.annotations.NullMarked;
