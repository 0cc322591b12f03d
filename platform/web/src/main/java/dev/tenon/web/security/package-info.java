/** Who is calling: sign-in pages and sessions, the OAuth 2.1 server for the console, bearer tokens for everything else. */
@NullMarked
package dev.tenon.web.security;

import org.jspecify.annotations.NullMarked;
