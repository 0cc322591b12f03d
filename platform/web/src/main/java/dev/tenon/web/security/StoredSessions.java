package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.Sessions;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseCookie;
import org.springframework.security.core.context.DeferredSecurityContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;

/**
 * Browser sessions as a random cookie whose hash is in the database: they outlive a restart, are the same on every node,
 * and end at once when the user is deactivated or gets another password.
 */
final class StoredSessions implements SecurityContextRepository {

    static final String COOKIE = "tenon_session";

    private static final String FOUND = StoredSessions.class.getName();

    private final Sessions sessions;
    private final Duration cookieAge;

    /** @param cookieAge as long as a session can be; what ends one is on the server */
    StoredSessions(Sessions sessions, Duration cookieAge) {
        this.sessions = sessions;
        this.cookieAge = cookieAge;
    }

    @Override
    @Deprecated
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        return load(holder.getRequest());
    }

    @Override
    public DeferredSecurityContext loadDeferredContext(HttpServletRequest request) {
        return new DeferredSecurityContext() {
            private @Nullable SecurityContext loaded;

            @Override
            public SecurityContext get() {
                SecurityContext known = loaded;
                if (known == null) {
                    known = load(request);
                    loaded = known;
                }
                return known;
            }

            @Override
            public boolean isGenerated() {
                return get().getAuthentication() == null;
            }
        };
    }

    private SecurityContext load(HttpServletRequest request) {
        SecurityContext context = new SecurityContextImpl();
        Optional<String> id = cookie(request).map(AccessTokens::hash);
        if (id.isPresent()) {
            sessions.identity(id.get(), true).ifPresent(identity -> {
                request.setAttribute(FOUND, true);
                context.setAuthentication(new SignedIn(identity, id.get()));
            });
        }
        return context;
    }

    /** Sessions begin by {@link #begin} only. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {}

    /** Begins a session for somebody who has just signed in. */
    void begin(Identity identity, HttpServletRequest request, HttpServletResponse response) {
        // A cookie that was there before the sign-in is never taken over.
        cookie(request).map(AccessTokens::hash).ifPresent(sessions::end);
        String device = request.getHeader("User-Agent");
        String value = sessions.begin(identity, device == null ? "" : device);
        response.addHeader("Set-Cookie", cookie(request, value, cookieAge));
    }

    /** Ends the request's session. */
    void end(HttpServletRequest request, HttpServletResponse response) {
        cookie(request).map(AccessTokens::hash).ifPresent(sessions::end);
        response.addHeader("Set-Cookie", cookie(request, "", Duration.ZERO));
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return request.getAttribute(FOUND) != null || cookie(request).isPresent();
    }

    private static Optional<String> cookie(HttpServletRequest request) {
        Cookie[] cookies = request.getCookies();
        if (cookies != null) {
            for (Cookie cookie : cookies) {
                if (cookie.getName().equals(COOKIE) && !cookie.getValue().isEmpty()) {
                    return Optional.of(cookie.getValue());
                }
            }
        }
        return Optional.empty();
    }

    /** Lax, so that another site's form cannot use it, while a link to a record still finds one signed in. */
    private static String cookie(HttpServletRequest request, String value, Duration age) {
        return ResponseCookie.from(COOKIE, value)
                .httpOnly(true)
                .secure(request.isSecure())
                .sameSite("Lax")
                .path(request.getContextPath() + "/")
                .maxAge(age)
                .build()
                .toString();
    }
}
