package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.records.StorableText;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.TokenStore.LiveToken;
import dev.tenon.tenancy.identity.TokenStore.StoredToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Personal access tokens, with which programs act for a person. Valid at once, and no longer once revoked. */
public final class AccessTokens {

    /** What every token's text starts with, so that a lost one is recognized by secret scanners. */
    public static final String PREFIX = "tpat_";

    private static final int MOST_TOKENS = 50;
    /** The time of last use is for people; exact to the minutes is enough and saves a write per request. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(10);

    private final IdentityStores stores;
    private final TokenStore store;
    private final Users users;
    private final Administration administration;
    private final Policies policies;
    private final IdentityLog log;
    private final InstantSource clock;

    AccessTokens(
            IdentityStores stores,
            Users users,
            Administration administration,
            Policies policies,
            IdentityLog log,
            InstantSource clock) {
        this.stores = stores;
        this.store = stores.tokens();
        this.users = users;
        this.administration = administration;
        this.policies = policies;
        this.log = log;
        this.clock = clock;
    }

    /** A new token of the identity's own that opens all that is the person's. */
    public Created create(Identity owner, String name, int expiresInDays) {
        return create(owner, name, expiresInDays, EnumSet.allOf(TokenScope.class));
    }

    /** A new token of the identity's own; the text is told this once. */
    public Created create(Identity owner, String name, int expiresInDays, Set<TokenScope> scopes) {
        if (scopes.isEmpty()) {
            throw IdentityError.TOKEN_SCOPES.error().build();
        }
        int mostDays = policies.of(owner.tenant()).tokenDays();
        if (name.isBlank() || name.length() > 100) {
            throw IdentityError.TOKEN_NAME_MISSING.error().build();
        }
        StorableText.require("name", name);
        if (expiresInDays < 1 || expiresInDays > mostDays) {
            throw IdentityError.TOKEN_LIFETIME.error().with("most", mostDays).build();
        }
        if (store.ofUser(owner.tenant(), owner.user().id()).size() >= MOST_TOKENS) {
            throw IdentityError.TOO_MANY_TOKENS
                    .error()
                    .with("most", MOST_TOKENS)
                    .build();
        }
        String text = Secrets.text(PREFIX);
        Instant now = clock.instant();
        StoredToken token = new StoredToken(
                RecordIds.next(),
                owner.tenant(),
                owner.user().id(),
                name.strip(),
                EnumSet.copyOf(scopes),
                now,
                now.plus(Duration.ofDays(expiresInDays)),
                null);
        store.insert(token, hash(text));
        note(Kind.TOKEN_CREATED, owner, owner.user().id(), token.name() + ": " + TokenScope.words(scopes));
        return new Created(token, text);
    }

    public List<StoredToken> own(Identity owner) {
        return store.ofUser(owner.tenant(), owner.user().id());
    }

    public List<StoredToken> of(Identity actor, UUID user) {
        administration.requireAdministrator(actor);
        return store.ofUser(actor.tenant(), user);
    }

    public void revoke(Identity owner, UUID id) {
        revoke(owner, owner.user().id(), id);
    }

    public void revokeOf(Identity actor, UUID user, UUID id) {
        administration.requireManages(actor, user);
        revoke(actor, user, id);
    }

    private void revoke(Identity actor, UUID user, UUID id) {
        if (!store.delete(actor.tenant(), user, id)) {
            throw IdentityError.UNKNOWN_TOKEN.error().with("id", id).build();
        }
        note(Kind.TOKEN_REVOKED, actor, user, id.toString());
    }

    private void note(Kind kind, Identity actor, UUID user, String detail) {
        Account account = stores.accounts().find(actor.tenant(), user).orElseThrow(() -> Users.unknown(user));
        log.note(kind, actor, account, detail);
    }

    /**
     * The identity behind a token's text, and what the token is good for; absent when it is unknown, expired, revoked, or
     * its owner deactivated. One statement answers, with each request.
     */
    public Optional<Authenticated> authenticate(String text) {
        Instant now = clock.instant();
        Optional<LiveToken> live = text.startsWith(PREFIX)
                ? store.findToken(hash(text))
                        .filter(found -> now.isBefore(found.token().expiresAt()))
                : Optional.empty();
        return live.flatMap(found -> {
            StoredToken token = found.token();
            Optional<Identity> identity = users.identity(found.account());
            Instant lastUsed = token.lastUsedAt();
            if (identity.isPresent() && (lastUsed == null || now.isAfter(lastUsed.plus(USE_NOTED_EVERY)))) {
                store.used(token.id(), now);
            }
            return identity.map(who -> new Authenticated(who, token.scopes()));
        });
    }

    /** Whose a token is and what it is good for. */
    public record Authenticated(Identity identity, Set<TokenScope> scopes) {}

    /** SHA-256 in hex. Tokens are 256 random bits, so a slow hash would add nothing. */
    public static String hash(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** A fresh token and its text. */
    public record Created(StoredToken token, String text) {
        @Override
        public String toString() {
            return "Created[" + token.id() + "]";
        }
    }
}
