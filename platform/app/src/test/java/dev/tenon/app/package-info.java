/** Proofs about the whole: its structure, its error catalogue, and the platform as it runs. */
@NullMarked
package dev.tenon.app;

import org.jspecify.annotations.NullMarked;
