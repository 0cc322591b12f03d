package dev.tenon.web.security;

import dev.tenon.access.Identity;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A person with a browser session. Good for getting access tokens, for nothing else. */
final class SignedIn extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Identity identity;
    private final String session;

    /** @param session the name of the browser's session; the tokens that are made of it end with it */
    SignedIn(Identity identity, String session) {
        super(List.of());
        this.identity = identity;
        this.session = session;
        setAuthenticated(true);
    }

    @Override
    public String getName() {
        return identity.user().id().toString();
    }

    @Override
    public Object getCredentials() {
        return "";
    }

    @Override
    public Identity getPrincipal() {
        return identity;
    }

    String session() {
        return session;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SignedIn that && that.identity.equals(identity) && that.session.equals(session);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
