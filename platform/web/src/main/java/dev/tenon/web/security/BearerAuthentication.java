package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.Sessions;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.resource.InvalidBearerTokenException;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;

/** Checks bearer tokens, the console's and people's own, and finds the rights they carry at this moment. */
final class BearerAuthentication {

    /** The console asks for these by itself: that is no use of the session. */
    private static final String NOTIFICATIONS = "/api/notifications";

    private final JwtDecoder decoder;
    private final AccessTokens tokens;
    private final Sessions sessions;

    BearerAuthentication(JwtDecoder decoder, AccessTokens tokens, Sessions sessions) {
        this.decoder = decoder;
        this.tokens = tokens;
        this.sessions = sessions;
    }

    /** What checks the token of a request. */
    AuthenticationManager of(HttpServletRequest request) {
        boolean polls = request.getMethod().equals("GET")
                && request.getRequestURI().startsWith(request.getContextPath() + NOTIFICATIONS);
        return authentication -> authenticate(authentication, !polls);
    }

    /** What checks tokens where every request is a use of the session. */
    AuthenticationManager ofAnything() {
        return authentication -> authenticate(authentication, true);
    }

    private Authentication authenticate(Authentication authentication, boolean used) {
        String token = ((BearerTokenAuthenticationToken) authentication).getToken();
        if (token.startsWith(AccessTokens.PREFIX)) {
            return tokens.authenticate(token)
                    .map(found -> CallerAuthentication.withToken(found.identity(), found.scopes()))
                    .orElseThrow(() -> invalid(null));
        }
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (JwtException refused) {
            throw invalid(refused);
        }
        String session = jwt.getClaimAsString(PersonClaims.SESSION);
        Optional<Identity> identity = session == null ? Optional.empty() : sessions.identity(session, used);
        return identity.filter(found -> found.user().id().toString().equals(jwt.getSubject())
                        && found.tenant().equals(jwt.getClaimAsString(PersonClaims.TENANT)))
                .map(found -> CallerAuthentication.ofSession(found, scopes(jwt), Objects.requireNonNull(session)))
                .orElseThrow(() -> invalid(null));
    }

    private static Set<String> scopes(Jwt jwt) {
        List<String> scopes = jwt.getClaimAsStringList(OAuth2ParameterNames.SCOPE);
        return scopes == null ? Set.of() : Set.copyOf(scopes);
    }

    private static InvalidBearerTokenException invalid(@Nullable Throwable cause) {
        String why = "the access token is unknown, expired or revoked";
        return cause == null ? new InvalidBearerTokenException(why) : new InvalidBearerTokenException(why, cause);
    }
}
