package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.LoginStore.AuthorizationCode;
import dev.tenon.tenancy.identity.Sessions;
import dev.tenon.web.Json;
import java.security.Principal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2Authorization;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationCode;
import org.springframework.security.oauth2.server.authorization.OAuth2AuthorizationService;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;

/**
 * Authorizations between the sign-in and the exchange of the code. That is all there is to keep: access tokens speak for
 * themselves and the session gives new ones.
 */
final class StoredAuthorizations implements OAuth2AuthorizationService {

    private final LoginStore store;
    private final Sessions sessions;
    private final RegisteredClientRepository clients;

    StoredAuthorizations(LoginStore store, Sessions sessions, RegisteredClientRepository clients) {
        this.store = store;
        this.sessions = sessions;
        this.clients = clients;
    }

    @Override
    public void save(OAuth2Authorization authorization) {
        OAuth2Authorization.Token<OAuth2AuthorizationCode> code = authorization.getToken(OAuth2AuthorizationCode.class);
        OAuth2AuthorizationRequest request = authorization.getAttribute(OAuth2AuthorizationRequest.class.getName());
        Principal principal = authorization.getAttribute(Principal.class.getName());
        if (code == null || request == null || !(principal instanceof SignedIn person)) {
            throw new IllegalArgumentException("only authorizations with a code for a person are kept");
        }
        Identity identity = person.getPrincipal();
        store.saveCode(new AuthorizationCode(
                authorization.getId(),
                AccessTokens.hash(code.getToken().getTokenValue()),
                authorization.getRegisteredClientId(),
                identity.tenant(),
                identity.user().id(),
                Json.MAPPER.writeValueAsString(KeptRequest.of(request, person.session())),
                Objects.requireNonNull(code.getToken().getIssuedAt()),
                Objects.requireNonNull(code.getToken().getExpiresAt()),
                code.isInvalidated()));
    }

    @Override
    public void remove(OAuth2Authorization authorization) {
        store.deleteCode(authorization.getId());
    }

    @Override
    public @Nullable OAuth2Authorization findById(String id) {
        return null;
    }

    @Override
    public @Nullable OAuth2Authorization findByToken(String token, @Nullable OAuth2TokenType type) {
        if (type != null && !type.getValue().equals(OAuth2ParameterNames.CODE)) {
            return null;
        }
        AuthorizationCode kept = store.findCode(AccessTokens.hash(token)).orElse(null);
        if (kept == null) {
            return null;
        }
        KeptRequest asked = Json.MAPPER.readValue(kept.request(), KeptRequest.class);
        String session = asked.session();
        Identity identity =
                session == null ? null : sessions.identity(session, false).orElse(null);
        var client = clients.findByClientId(kept.client());
        if (session == null || identity == null || client == null) {
            return null;
        }
        OAuth2AuthorizationRequest request = asked.restore();
        OAuth2AuthorizationCode code = new OAuth2AuthorizationCode(token, kept.issuedAt(), kept.expiresAt());
        return OAuth2Authorization.withRegisteredClient(client)
                .id(kept.id())
                .principalName(kept.user().toString())
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .authorizedScopes(request.getScopes())
                .attribute(Principal.class.getName(), new SignedIn(identity, session))
                .attribute(OAuth2AuthorizationRequest.class.getName(), request)
                .token(code, metadata -> metadata.put(OAuth2Authorization.Token.INVALIDATED_METADATA_NAME, kept.used()))
                .build();
    }

    /** The parts of an authorization request that the exchange of its code checks again. */
    record KeptRequest(
            String authorizationUri,
            String clientId,
            @Nullable String redirectUri,
            Set<String> scopes,
            @Nullable String state,
            Map<String, String> additional,
            @Nullable String session) {

        static KeptRequest of(OAuth2AuthorizationRequest request, String session) {
            Map<String, String> additional = new LinkedHashMap<>();
            request.getAdditionalParameters().forEach((name, value) -> {
                if (value instanceof String text) {
                    additional.put(name, text);
                }
            });
            return new KeptRequest(
                    request.getAuthorizationUri(),
                    request.getClientId(),
                    request.getRedirectUri(),
                    request.getScopes(),
                    request.getState(),
                    additional,
                    session);
        }

        OAuth2AuthorizationRequest restore() {
            return OAuth2AuthorizationRequest.authorizationCode()
                    .authorizationUri(authorizationUri)
                    .clientId(clientId)
                    .redirectUri(redirectUri)
                    .scopes(scopes)
                    .state(state)
                    .additionalParameters(all -> all.putAll(additional))
                    .build();
        }
    }
}
