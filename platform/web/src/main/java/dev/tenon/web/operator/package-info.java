/** The interface of who runs the server: tenants come and go. No tenant's user, whatever rights they have, gets here. */
@NullMarked
package dev.tenon.web.operator;

import org.jspecify.annotations.NullMarked;
