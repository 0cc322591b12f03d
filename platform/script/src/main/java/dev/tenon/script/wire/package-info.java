/** What server and worker share: frames of JSON over a Unix-domain socket. */
@NullMarked
package dev.tenon.script.wire;

import org.jspecify.annotations.NullMarked;
