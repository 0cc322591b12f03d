package dev.tenon.web.security;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcLogoutAuthenticationToken;
import org.springframework.security.web.authentication.AuthenticationSuccessHandler;
import org.springframework.web.util.UriComponentsBuilder;

/**
 * Signing out on a client's request (OpenID Connect RP-Initiated Logout). The id token proves that the client speaks for
 * the person whose session it is; another site's link cannot sign anybody out.
 */
final class EndSession implements AuthenticationProvider, AuthenticationSuccessHandler {

    private final JwtDecoder idTokens;
    private final RegisteredClientRepository clients;
    private final StoredSessions sessions;

    /** @param idTokens decodes expired ones too: a person may come back to sign out after any time */
    EndSession(JwtDecoder idTokens, RegisteredClientRepository clients, StoredSessions sessions) {
        this.idTokens = idTokens;
        this.clients = clients;
        this.sessions = sessions;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        OidcLogoutAuthenticationToken asked = (OidcLogoutAuthenticationToken) authentication;
        Jwt hint;
        try {
            hint = idTokens.decode(asked.getIdTokenHint());
        } catch (JwtException refused) {
            throw refused(OAuth2ErrorCodes.INVALID_TOKEN, "id_token_hint");
        }
        List<String> audiences = hint.getAudience();
        String audience = audiences == null || audiences.isEmpty() ? "" : audiences.getFirst();
        RegisteredClient client = clients.findByClientId(audience);
        if (client == null
                || (asked.getClientId() != null && !asked.getClientId().equals(audience))) {
            throw refused(OAuth2ErrorCodes.INVALID_CLIENT, "client_id");
        }
        String back = asked.getPostLogoutRedirectUri();
        if (back != null && !client.getPostLogoutRedirectUris().contains(back)) {
            throw refused(OAuth2ErrorCodes.INVALID_REQUEST, "post_logout_redirect_uri");
        }
        Authentication person = (Authentication) asked.getPrincipal();
        if (person instanceof SignedIn && !person.getName().equals(hint.getSubject())) {
            throw refused(OAuth2ErrorCodes.INVALID_TOKEN, "id_token_hint");
        }
        OidcIdToken idToken =
                new OidcIdToken(hint.getTokenValue(), hint.getIssuedAt(), hint.getExpiresAt(), hint.getClaims());
        return new OidcLogoutAuthenticationToken(idToken, person, null, audience, back, asked.getState());
    }

    private static OAuth2AuthenticationException refused(String code, String parameter) {
        return new OAuth2AuthenticationException(new OAuth2Error(code, "wrong parameter: " + parameter, null));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OidcLogoutAuthenticationToken.class.isAssignableFrom(authentication);
    }

    @Override
    public void onAuthenticationSuccess(
            HttpServletRequest request, HttpServletResponse response, Authentication authentication)
            throws IOException {
        OidcLogoutAuthenticationToken ended = (OidcLogoutAuthenticationToken) authentication;
        sessions.end(request, response);
        String back = ended.getPostLogoutRedirectUri();
        if (back == null) {
            response.sendRedirect(request.getContextPath() + "/");
            return;
        }
        UriComponentsBuilder target = UriComponentsBuilder.fromUriString(back);
        String state = ended.getState();
        response.sendRedirect(
                state == null
                        ? target.encode().build().toUriString()
                        : target.queryParam("state", "{state}")
                                .encode()
                                .buildAndExpand(state)
                                .toUriString());
    }
}
