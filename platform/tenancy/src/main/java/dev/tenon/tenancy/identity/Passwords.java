package dev.tenon.tenancy.identity;

import dev.tenon.tenancy.identity.IdentityStore.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** Checks passwords at a sign-in, slower and slower for who guesses, and refuses weak new ones. */
final class Passwords {

    /** Five honest typing errors are free; then every further failure doubles the wait. */
    private static final int FREE_FAILURES = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;
    /** bcrypt reads 72 bytes and no more, so a longer password would be weaker than it looks. */
    private static final int MOST_BYTES = 72;

    private static final int LEAST_CHARS = 8;

    private final IdentityStore store;
    private final PasswordHasher hasher;
    private final InstantSource clock;
    private final CompletableFuture<String> hashOfNothing;

    Passwords(IdentityStore store, PasswordHasher hasher, InstantSource clock) {
        this.store = store;
        this.hasher = hasher;
        this.clock = clock;
        // Takes as long as a login; nobody logs in while the server starts.
        this.hashOfNothing = CompletableFuture.supplyAsync(
                () -> hasher.hash(UUID.randomUUID().toString()));
    }

    /** @param login in its normal form */
    LoginOutcome authenticate(String tenant, String login, String password) {
        Optional<Credential> found = store.findCredential(tenant, login);
        if (found.isEmpty()) {
            hasher.matches(cut(password), hashOfNothing.join());
            return new LoginOutcome.Refused();
        }
        Credential credential = found.get();
        UUID user = credential.account().user();
        Instant pausedUntil = credential.pausedUntil();
        if (pausedUntil != null && clock.instant().isBefore(pausedUntil)) {
            hasher.matches(cut(password), hashOfNothing.join());
            return new LoginOutcome.Paused(pausedUntil);
        }
        if (!hasher.matches(cut(password), credential.passwordHash())) {
            int failures = store.addFailure(tenant, user);
            if (failures < FREE_FAILURES) {
                return new LoginOutcome.Refused();
            }
            Instant until = clock.instant()
                    .plus(FIRST_PAUSE.multipliedBy(1L << Math.min(failures - FREE_FAILURES, MOST_DOUBLINGS)));
            store.pause(tenant, user, until);
            return new LoginOutcome.Paused(until);
        }
        if (!credential.account().active()) {
            return new LoginOutcome.Refused();
        }
        store.clearFailures(tenant, user);
        return new LoginOutcome.Accepted(user);
    }

    String hash(String password) {
        return hasher.hash(password);
    }

    /** Throws {@code identity.password-unfit} for a new password that is too short, or longer than what is compared. */
    static void check(String password) {
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.codePointCount(0, password.length()) < LEAST_CHARS || bytes > MOST_BYTES) {
            throw IdentityError.PASSWORD_UNFIT
                    .error()
                    .with("least", LEAST_CHARS)
                    .with("most", MOST_BYTES)
                    .build();
        }
    }

    private static String cut(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES ? "" : password;
    }
}
