/** A partner's plugin: renders the letter of an approved offer as PDF and attaches it to the offer. */
@NullMarked
package dev.tenon.samples.offerletter;

import org.jspecify.annotations.NullMarked;
