/** Demo data of the recruiting product: the same for the same seed, in Chinese and English, enough to fill every list. */
@NullMarked
package dev.tenon.samples.recruiting;

import org.jspecify.annotations.NullMarked;
