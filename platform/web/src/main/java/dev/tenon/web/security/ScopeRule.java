package dev.tenon.web.security;

import dev.tenon.tenancy.identity.TokenScope;
import dev.tenon.web.errors.WebError;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * What a token's scopes open, decided by address and method before anything else is: every door of the API stands behind
 * it, also those that are built later, which need {@code write} unless they only read.
 */
final class ScopeRule implements AuthorizationManager<RequestAuthorizationContext> {

    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS");

    /** Administration, and what a person's sign-in consists of: more tokens from a token, a new password, sessions. */
    private static final Pattern ADMINISTRATIVE =
            Pattern.compile("/api/(admin|tokens|sessions|me/(password|second-factor|events))(/.*)?");

    /** Sent as POST because what is asked does not fit into an address; they change nothing. */
    private static final List<Pattern> QUESTIONS = List.of(
            Pattern.compile("/odata/.*/\\$query"),
            Pattern.compile("/api/objects/[^/]+/form-state"),
            Pattern.compile("/api/objects/[^/]+/candidates/[^/]+"));

    /** Refused for want of a scope; the answer says which. */
    static final class ScopeNeeded extends AccessDeniedException {
        private static final long serialVersionUID = 1L;

        ScopeNeeded(TokenScope scope) {
            super(
                    scope.word(),
                    WebError.SCOPE_NEEDED.error().with("scope", scope.word()).build());
        }
    }

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> authentication, RequestAuthorizationContext context) {
        if (!(authentication.get() instanceof CallerAuthentication caller)) {
            return new AuthorizationDecision(false);
        }
        var request = context.getRequest();
        // The servlet's path is decoded and normalized: no other spelling of an address needs less.
        String info = request.getPathInfo();
        TokenScope needed =
                needed(request.getMethod(), info == null ? request.getServletPath() : request.getServletPath() + info);
        if (!caller.tokenScopes().contains(needed)) {
            throw new ScopeNeeded(needed);
        }
        return new AuthorizationDecision(true);
    }

    static TokenScope needed(String method, String path) {
        if (ADMINISTRATIVE.matcher(path).matches()) {
            return TokenScope.ADMIN;
        }
        boolean reads = SAFE.contains(method)
                || (method.equals("POST")
                        && QUESTIONS.stream().anyMatch(q -> q.matcher(path).matches()));
        return reads ? TokenScope.READ : TokenScope.WRITE;
    }
}
