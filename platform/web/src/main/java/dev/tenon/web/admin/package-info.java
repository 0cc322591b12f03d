/** Administration over HTTP: metadata, scripts, packages, plugins, users. Rights are checked here and again in the rooms. */
@NullMarked
package dev.tenon.web.admin;

import org.jspecify.annotations.NullMarked;
