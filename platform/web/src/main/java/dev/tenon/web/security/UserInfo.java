package dev.tenon.web.security;

import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.OAuth2ErrorCodes;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.OidcUserInfo;
import org.springframework.security.oauth2.server.authorization.oidc.authentication.OidcUserInfoAuthenticationToken;

/**
 * The user info endpoint: who the bearer of an access token is. The framework's own looks for the authorization that
 * the token came from, and we keep none; the token speaks for itself.
 */
final class UserInfo implements AuthenticationProvider {

    private final PersonClaims claims;

    UserInfo(PersonClaims claims) {
        this.claims = claims;
    }

    @Override
    public Authentication authenticate(Authentication asked) {
        // A browser's session is no bearer token, and neither is no token at all.
        if (!(asked.getPrincipal() instanceof CallerAuthentication caller)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INVALID_TOKEN);
        }
        if (!caller.scopes().contains(OidcScopes.OPENID)) {
            throw new OAuth2AuthenticationException(OAuth2ErrorCodes.INSUFFICIENT_SCOPE);
        }
        return new OidcUserInfoAuthenticationToken(
                caller, new OidcUserInfo(claims.of(caller.getPrincipal(), caller.scopes())));
    }

    @Override
    public boolean supports(Class<?> authentication) {
        return OidcUserInfoAuthenticationToken.class.isAssignableFrom(authentication);
    }
}
