package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry.Channel;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A checked bearer token: who calls, with the rights of this moment, and through what. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Identity identity;
    private final Channel channel;
    private final transient Set<String> scopes;

    /** @param scopes what an OAuth client was granted; a person's own token has none, and needs none for the data API */
    CallerAuthentication(Identity identity, Channel channel, Set<String> scopes) {
        super(List.of());
        this.identity = identity;
        this.channel = channel;
        this.scopes = Set.copyOf(scopes);
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

    Channel channel() {
        return channel;
    }

    Set<String> scopes() {
        return scopes;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that
                && that.identity.equals(identity)
                && that.channel == channel
                && that.scopes.equals(scopes);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
