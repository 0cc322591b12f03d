package dev.tenon.web.security;

import dev.tenon.access.Identity;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.tenancy.identity.TokenScope;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** A checked bearer token: who calls, with the rights of this moment, and through what. */
final class CallerAuthentication extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final transient Identity identity;
    private final Channel channel;
    private final transient Set<String> scopes;
    private final transient Set<TokenScope> tokenScopes;
    private final @Nullable String session;

    private CallerAuthentication(
            Identity identity,
            Channel channel,
            Set<String> scopes,
            Set<TokenScope> tokenScopes,
            @Nullable String session) {
        super(List.of());
        this.identity = identity;
        this.channel = channel;
        this.scopes = Set.copyOf(scopes);
        this.tokenScopes = Set.copyOf(tokenScopes);
        this.session = session;
        setAuthenticated(true);
    }

    /** A person in the console; {@code scopes} are what the console was granted. */
    static CallerAuthentication ofSession(Identity identity, Set<String> scopes, String session) {
        return new CallerAuthentication(identity, Channel.USER, scopes, EnumSet.allOf(TokenScope.class), session);
    }

    /** A program with somebody's own token. */
    static CallerAuthentication withToken(Identity identity, Set<TokenScope> tokenScopes) {
        return new CallerAuthentication(identity, Channel.API, Set.of(), tokenScopes, null);
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

    /** What of the interface is open: all of it in the console, what a token was made for otherwise. */
    Set<TokenScope> tokenScopes() {
        return tokenScopes;
    }

    /** The session behind a console's token. */
    Optional<String> session() {
        return Optional.ofNullable(session);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallerAuthentication that
                && that.identity.equals(identity)
                && that.channel == channel
                && that.scopes.equals(scopes)
                && that.tokenScopes.equals(tokenScopes)
                && Objects.equals(that.session, session);
    }

    @Override
    public int hashCode() {
        return identity.hashCode();
    }
}
