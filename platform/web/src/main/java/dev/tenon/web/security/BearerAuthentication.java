package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.Users;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
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
final class BearerAuthentication implements AuthenticationManager {

    private final JwtDecoder decoder;
    private final AccessTokens tokens;
    private final Users users;

    BearerAuthentication(JwtDecoder decoder, AccessTokens tokens, Users users) {
        this.decoder = decoder;
        this.tokens = tokens;
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        String token = ((BearerTokenAuthenticationToken) authentication).getToken();
        if (token.startsWith(AccessTokens.PREFIX)) {
            return tokens.authenticate(token)
                    .map(identity -> new CallerAuthentication(identity, Channel.API, Set.of()))
                    .orElseThrow(() -> invalid(null));
        }
        Jwt jwt;
        try {
            jwt = decoder.decode(token);
        } catch (JwtException refused) {
            throw invalid(refused);
        }
        String tenant = jwt.getClaimAsString(PersonClaims.TENANT);
        Optional<Identity> identity =
                tenant == null ? Optional.empty() : user(jwt).flatMap(user -> users.identity(tenant, user));
        return identity.map(found -> new CallerAuthentication(found, Channel.USER, scopes(jwt)))
                .orElseThrow(() -> invalid(null));
    }

    private static Set<String> scopes(Jwt jwt) {
        List<String> scopes = jwt.getClaimAsStringList(OAuth2ParameterNames.SCOPE);
        return scopes == null ? Set.of() : Set.copyOf(scopes);
    }

    private static Optional<UUID> user(Jwt jwt) {
        try {
            return Optional.ofNullable(jwt.getSubject()).map(UUID::fromString);
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static InvalidBearerTokenException invalid(@Nullable Throwable cause) {
        String why = "the access token is unknown, expired or revoked";
        return cause == null ? new InvalidBearerTokenException(why) : new InvalidBearerTokenException(why, cause);
    }
}
