package dev.tenon.web.security;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/**
 * The one OAuth client: the console, public, with PKCE. It lives on this server's own address, so its redirect address is
 * that of the request, whatever host name people reach the server by; a foreign site can never be one.
 */
final class ConsoleClient implements RegisteredClientRepository {

    static final String ID = "tenon-console";
    /** Where a sign-in returns to, and where a silent renewal does. */
    private static final List<String> CALLBACKS = List.of("/auth/callback", "/auth/silent");

    private static final Duration TOKEN_LIFE = Duration.ofMinutes(60);
    private static final Duration CODE_LIFE = Duration.ofMinutes(2);

    private final Set<String> furtherRedirects;

    /** @param furtherRedirects callbacks beside the own one, for a console served by a development server */
    ConsoleClient(Set<String> furtherRedirects) {
        this.furtherRedirects = Set.copyOf(furtherRedirects);
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return findByClientId(id);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String clientId) {
        if (!clientId.equals(ID)) {
            return null;
        }
        Set<String> redirects = new LinkedHashSet<>();
        String root =
                ServletUriComponentsBuilder.fromCurrentContextPath().build().toUriString();
        CALLBACKS.forEach(path -> redirects.add(root + path));
        redirects.addAll(furtherRedirects);
        return RegisteredClient.withId(ID)
                .clientId(ID)
                .clientName("Tenon")
                .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                .redirectUris(all -> all.addAll(redirects))
                .postLogoutRedirectUri(root + "/")
                .scopes(all -> all.addAll(Set.of(OidcScopes.OPENID, OidcScopes.PROFILE)))
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .accessTokenTimeToLive(TOKEN_LIFE)
                        .authorizationCodeTimeToLive(CODE_LIFE)
                        .build())
                .build();
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("the console is the only client");
    }
}
