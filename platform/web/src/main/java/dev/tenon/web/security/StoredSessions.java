package dev.tenon.web.security;

import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.LoginStore.Session;
import dev.tenon.tenancy.identity.Users;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
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

    private static final Duration IDLE = Duration.ofHours(12);
    /** Even a session in daily use ends after a month. */
    private static final Duration LONGEST = Duration.ofDays(30);
    /** Writing the new end on every request would cost a write per request. */
    private static final Duration EXTEND_EVERY = Duration.ofMinutes(15);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String FOUND = StoredSessions.class.getName();

    private final LoginStore store;
    private final Users users;
    private final InstantSource clock;

    StoredSessions(LoginStore store, Users users, InstantSource clock) {
        this.store = store;
        this.users = users;
        this.clock = clock;
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
        find(request)
                .flatMap(session -> users.identity(session.tenant(), session.user()))
                .ifPresent(identity -> context.setAuthentication(new SignedIn(identity)));
        return context;
    }

    private Optional<Session> find(HttpServletRequest request) {
        Optional<String> hash = cookie(request).map(AccessTokens::hash);
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<Session> session = store.findSession(hash.get()).filter(s -> now.isBefore(s.expiresAt()));
        session.ifPresent(found -> {
            request.setAttribute(FOUND, true);
            Instant end = end(found.createdAt(), now);
            if (end.isAfter(found.expiresAt().plus(EXTEND_EVERY))) {
                store.extendSession(hash.get(), end);
            }
        });
        return session;
    }

    private static Instant end(Instant start, Instant now) {
        Instant idle = now.plus(IDLE);
        Instant longest = start.plus(LONGEST);
        return idle.isBefore(longest) ? idle : longest;
    }

    /** Called after a sign-in only, as the filter chains ask for saving to be explicit. */
    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        if (!(context.getAuthentication() instanceof SignedIn person)) {
            end(request, response);
            return;
        }
        // A cookie that was there before the sign-in is never taken over.
        cookie(request).map(AccessTokens::hash).ifPresent(store::deleteSession);
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String value = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        store.removeExpired(now);
        store.insertSession(
                new Session(
                        person.getPrincipal().tenant(),
                        person.getPrincipal().user().id(),
                        now,
                        now.plus(IDLE)),
                AccessTokens.hash(value));
        response.addHeader("Set-Cookie", cookie(request, value, LONGEST));
    }

    /** Ends the request's session. */
    void end(HttpServletRequest request, HttpServletResponse response) {
        cookie(request).map(AccessTokens::hash).ifPresent(store::deleteSession);
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
