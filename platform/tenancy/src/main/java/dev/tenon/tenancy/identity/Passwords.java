package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.IdentityStore.Attempt;
import dev.tenon.tenancy.identity.IdentityStore.Credential;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Checks passwords, slower and slower for who guesses, and refuses weak new ones. */
final class Passwords {

    /** Five honest typing errors are free; then every further failure doubles the wait. */
    private static final int FREE_FAILURES = 5;

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final int MOST_DOUBLINGS = 5;
    /** An address is that of a whole office; what it failed is forgotten when it has been quiet. */
    private static final Duration ADDRESS_MEMORY = Duration.ofHours(1);

    private static final int IPV6_GROUPS = 8;

    /** bcrypt reads 72 bytes and no more, so a longer password would be weaker than it looks. */
    private static final int MOST_BYTES = 72;

    /** A login of two letters stands in many good passwords. */
    private static final int TELLING_LOGIN = 4;

    private final IdentityStore store;
    private final LoginStore logins;
    private final PasswordHasher hasher;
    private final Policies policies;
    private final IdentityLog log;
    private final InstantSource clock;
    private final CompletableFuture<String> hashOfNothing;

    Passwords(IdentityStores stores, PasswordHasher hasher, Policies policies, IdentityLog log, InstantSource clock) {
        this.store = stores.accounts();
        this.logins = stores.logins();
        this.hasher = hasher;
        this.policies = policies;
        this.log = log;
        this.clock = clock;
        // Takes as long as a login; nobody logs in while the server starts.
        this.hashOfNothing = CompletableFuture.supplyAsync(
                () -> hasher.hash(UUID.randomUUID().toString()));
    }

    /** What a check came to. */
    sealed interface Checked {
        /** @param credential of who it is; his failures still count until the sign-in is complete */
        record Right(Credential credential) implements Checked {}

        record Wrong() implements Checked {}

        record Paused(Instant until) implements Checked {}
    }

    /**
     * Checks a password at a sign-in. It always costs one comparison of hashes, whatever is wrong.
     *
     * @param login in its normal form
     */
    Checked check(String tenant, String login, String password) {
        Instant now = clock.instant();
        String address = network(log.address());
        Attempt there = address.isEmpty() ? new Attempt(false, false, now) : attemptFrom(address, now);
        Optional<Credential> found = store.findCredential(tenant, login);
        if (there.blocked() || found.isEmpty()) {
            hasher.matches(cut(password), hashOfNothing.join());
            return there.blocked() ? new Checked.Paused(there.until()) : new Checked.Wrong();
        }
        Checked checked = check(found.get(), password, now);
        if (checked instanceof Checked.Right && !address.isEmpty()) {
            logins.forgive(address);
        }
        return checked;
    }

    /** Whoever has one IPv6 address has a network of them, so its first half counts. */
    private static String network(String address) {
        String[] groups = address.split(":", -1);
        return groups.length < IPV6_GROUPS
                ? address
                : String.join(":", List.of(groups).subList(0, IPV6_GROUPS / 2)) + "::/64";
    }

    private Attempt attemptFrom(String address, Instant now) {
        int free = policies.limits().addressFailures();
        return logins.attemptFrom(address, now, now.minus(ADDRESS_MEMORY), nth -> pause(now, nth, free));
    }

    private static Optional<Instant> pause(Instant now, int nth, int free) {
        return nth < free
                ? Optional.empty()
                : Optional.of(now.plus(FIRST_PAUSE.multipliedBy(1L << Math.min(nth - free, MOST_DOUBLINGS))));
    }

    /** Counts an attempt of an account; empty where it may not be made now. */
    Attempt attempt(Account account, Instant now) {
        return store.attempt(account.tenant(), account.user(), now, nth -> pause(now, nth, FREE_FAILURES));
    }

    private Checked check(Credential credential, String password, Instant now) {
        Account account = credential.account();
        Attempt attempt = attempt(account, now);
        if (attempt.blocked()) {
            hasher.matches(cut(password), hashOfNothing.join());
            return new Checked.Paused(attempt.until());
        }
        String known = credential.invited() ? hashOfNothing.join() : credential.passwordHash();
        boolean right = hasher.matches(cut(password), known) && !credential.invited();
        if (!right) {
            log.note(attempt.paused() ? Kind.SIGN_IN_PAUSED : Kind.SIGN_IN_REFUSED, account, "password");
            return attempt.paused() ? new Checked.Paused(attempt.until()) : new Checked.Wrong();
        }
        if (!account.active()) {
            log.note(Kind.SIGN_IN_REFUSED, account, "deactivated");
            return new Checked.Wrong();
        }
        if (hasher.outdated(known)) {
            store.replaceHash(account.tenant(), account.user(), known, hasher.hash(password));
        }
        return new Checked.Right(credential);
    }

    /** Throws {@code identity.password-wrong} where a person who is signed in does not know the own password. */
    void prove(Identity identity, String password) {
        Credential credential = store.findCredential(
                        identity.tenant(), identity.user().id())
                .orElseThrow(() -> IdentityError.PASSWORD_WRONG.error().build());
        switch (check(credential, password, clock.instant())) {
            case Checked.Right _ ->
                store.clearFailures(identity.tenant(), identity.user().id());
            case Checked.Wrong _ -> throw IdentityError.PASSWORD_WRONG.error().build();
            case Checked.Paused paused ->
                throw IdentityError.SIGN_IN_PAUSED_FOR
                        .error()
                        .with("until", paused.until())
                        .build();
        }
    }

    boolean tooOld(Credential credential) {
        Duration most = policies.of(credential.account().tenant()).passwordAge();
        Instant changed = credential.passwordChangedAt();
        return !most.isZero() && (changed == null || changed.plus(most).isBefore(clock.instant()));
    }

    String hash(String password) {
        return hasher.hash(password);
    }

    /** Refuses passwords that do not fit the tenant's policy. */
    void requireFit(String tenant, String login, String password, @Nullable Account known) {
        SignInPolicy policy = policies.of(tenant);
        int bytes = password.getBytes(StandardCharsets.UTF_8).length;
        if (password.codePointCount(0, password.length()) < policy.passwordLength() || bytes > MOST_BYTES) {
            throw IdentityError.PASSWORD_UNFIT
                    .error()
                    .with("least", policy.passwordLength())
                    .with("most", MOST_BYTES)
                    .build();
        }
        if (CommonPasswords.contains(password)) {
            throw IdentityError.PASSWORD_COMMON.error().build();
        }
        String name = login.replaceAll("@.*", "");
        if (name.length() >= TELLING_LOGIN && password.toLowerCase(Locale.ROOT).contains(name)) {
            throw IdentityError.PASSWORD_HAS_LOGIN.error().build();
        }
        if (known != null && policy.passwordHistory() > 0 && usedBefore(known, password, policy.passwordHistory())) {
            throw IdentityError.PASSWORD_USED_BEFORE
                    .error()
                    .with("count", policy.passwordHistory())
                    .build();
        }
    }

    /** A password that is too old is not replaced by itself, whatever the policy says of earlier ones. */
    void requireOther(Credential credential, String password) {
        if (hasher.matches(password, credential.passwordHash())) {
            throw IdentityError.PASSWORD_USED_BEFORE.error().with("count", 1).build();
        }
    }

    private boolean usedBefore(Account account, String password, int count) {
        boolean current = store.findCredential(account.tenant(), account.user())
                .filter(credential -> !credential.invited())
                .filter(credential -> hasher.matches(password, credential.passwordHash()))
                .isPresent();
        return current
                || store.formerPasswords(account.tenant(), account.user(), count - 1).stream()
                        .anyMatch(former -> hasher.matches(password, former));
    }

    void set(Account account, String password) {
        store.setPassword(account.tenant(), account.user(), hasher.hash(password), clock.instant());
    }

    private static String cut(String password) {
        return password.getBytes(StandardCharsets.UTF_8).length > MOST_BYTES ? "" : password;
    }
}
