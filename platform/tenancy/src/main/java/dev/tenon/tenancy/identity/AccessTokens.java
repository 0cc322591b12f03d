package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.records.StorableText;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.tenancy.identity.TokenStore.StoredToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Personal access tokens, with which programs act for a person. Valid at once, and no longer once revoked. */
public final class AccessTokens {

    /** What every token's text starts with, so that a lost one is recognized by secret scanners. */
    public static final String PREFIX = "tpat_";

    private static final int MOST_DAYS = 365;
    private static final int MOST_TOKENS = 50;
    /** The time of last use is for people; exact to the minutes is enough and saves a write per request. */
    private static final Duration USE_NOTED_EVERY = Duration.ofMinutes(10);

    private static final SecureRandom RANDOM = new SecureRandom();

    private final TokenStore store;
    private final Users users;
    private final InstantSource clock;

    public AccessTokens(TokenStore store, Users users, InstantSource clock) {
        this.store = store;
        this.users = users;
        this.clock = clock;
    }

    /** A new token of the identity's own; the text is told this once. */
    public Created create(Identity owner, String name, int expiresInDays) {
        if (name.isBlank() || name.length() > 100) {
            throw IdentityError.TOKEN_NAME_MISSING.error().build();
        }
        StorableText.require("name", name);
        if (expiresInDays < 1 || expiresInDays > MOST_DAYS) {
            throw IdentityError.TOKEN_LIFETIME.error().with("most", MOST_DAYS).build();
        }
        if (store.ofUser(owner.tenant(), owner.user().id()).size() >= MOST_TOKENS) {
            throw IdentityError.TOO_MANY_TOKENS
                    .error()
                    .with("most", MOST_TOKENS)
                    .build();
        }
        byte[] secret = new byte[32];
        RANDOM.nextBytes(secret);
        String text = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant now = clock.instant();
        StoredToken token = new StoredToken(
                RecordIds.next(),
                owner.tenant(),
                owner.user().id(),
                name.strip(),
                now,
                now.plus(Duration.ofDays(expiresInDays)),
                null);
        store.insert(token, hash(text));
        return new Created(token, text);
    }

    public List<StoredToken> own(Identity owner) {
        return store.ofUser(owner.tenant(), owner.user().id());
    }

    public void revoke(Identity owner, UUID id) {
        if (!store.delete(owner.tenant(), owner.user().id(), id)) {
            throw IdentityError.UNKNOWN_TOKEN.error().with("id", id).build();
        }
    }

    /** The identity behind a token's text; absent when it is unknown, expired, revoked, or its owner deactivated. */
    public Optional<Identity> authenticate(String text) {
        Instant now = clock.instant();
        Optional<StoredToken> token = text.startsWith(PREFIX)
                ? store.find(hash(text)).filter(t -> now.isBefore(t.expiresAt()))
                : Optional.empty();
        return token.flatMap(found -> {
            Optional<Identity> identity = users.identity(found.tenant(), found.user());
            Instant lastUsed = found.lastUsedAt();
            if (identity.isPresent() && (lastUsed == null || now.isAfter(lastUsed.plus(USE_NOTED_EVERY)))) {
                store.used(found.id(), now);
            }
            return identity;
        });
    }

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
