package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.UserAccount;
import dev.tenon.tenancy.identity.Users;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.core.oidc.StandardClaimNames;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.server.authorization.OAuth2TokenType;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;

/** What tokens and the user info endpoint tell of a person. */
final class PersonClaims implements OAuth2TokenCustomizer<JwtEncodingContext> {

    /** A user is one of a tenant; the same login may exist in several. */
    static final String TENANT = "tenant";

    /** An access token is good as long as the session that it was made of. */
    static final String SESSION = "sid";

    /**
     * Type of an access token (RFC 9068). An id token is signed by the same key and tells the same, but it is for the
     * client and opens nothing here.
     */
    static final String ACCESS_TOKEN = "at+jwt";

    static final String ID_TOKEN = "JWT";

    private final Users users;

    PersonClaims(Users users) {
        this.users = users;
    }

    @Override
    public void customize(JwtEncodingContext context) {
        if (!(context.getPrincipal() instanceof SignedIn person)) {
            return;
        }
        Identity identity = person.getPrincipal();
        if (OAuth2TokenType.ACCESS_TOKEN.equals(context.getTokenType())) {
            context.getJwsHeader().type(ACCESS_TOKEN);
            context.getClaims().claim(TENANT, identity.tenant());
            context.getClaims().claim(SESSION, person.session());
        } else if (OidcParameterNames.ID_TOKEN.equals(context.getTokenType().getValue())) {
            context.getJwsHeader().type(ID_TOKEN);
            context.getClaims().claims(all -> all.putAll(of(identity, context.getAuthorizedScopes())));
        }
    }

    /** The claims that the scopes allow. */
    Map<String, Object> of(Identity identity, Set<String> scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put(StandardClaimNames.SUB, identity.user().id().toString());
        claims.put(TENANT, identity.tenant());
        if (scopes.contains(OidcScopes.PROFILE)) {
            UserAccount account = users.require(identity, identity.user().id());
            claims.put(StandardClaimNames.NAME, account.name());
            claims.put(StandardClaimNames.PREFERRED_USERNAME, account.login());
            claims.put(StandardClaimNames.LOCALE, account.locale().toLanguageTag());
            claims.put(StandardClaimNames.ZONEINFO, account.zone().getId());
        }
        return claims;
    }
}
