package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.records.port.Sealing;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.SecondFactorStore.Factor;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** The second factor of a sign-in: codes of an authenticator, and recovery codes for whoever has lost it. */
public final class SecondFactors {

    private static final Logger LOG = System.getLogger(SecondFactors.class.getName());

    private static final int RECOVERY_CODES = 10;
    private static final int RECOVERY_BYTES = 10;
    private static final String ISSUER = "Tenon";

    private final IdentityStores stores;
    private final Administration administration;
    private final Passwords passwords;
    private final Policies policies;
    private final Sealing sealing;
    private final IdentityLog log;
    private final InstantSource clock;

    SecondFactors(
            IdentityStores stores,
            Administration administration,
            Passwords passwords,
            Policies policies,
            Sealing sealing,
            IdentityLog log,
            InstantSource clock) {
        this.stores = stores;
        this.administration = administration;
        this.passwords = passwords;
        this.policies = policies;
        this.sealing = sealing;
        this.log = log;
        this.clock = clock;
    }

    private static String place(String tenant, UUID user) {
        return "second-factor/" + tenant + "/" + user;
    }

    /**
     * To be called at start: when the operator has changed his key, secrets get sealed with the new one. What does not open
     * is told and left: its person can use a recovery code, or be given a new factor.
     */
    public void sealAnew() {
        for (Factor factor : stores.factors().factors()) {
            if (!sealing.isCurrent(factor.secret())) {
                String place = place(factor.tenant(), factor.user());
                opened(factor).ifPresent(secret -> stores.factors().replaceSecret(factor, sealing.seal(place, secret)));
            }
        }
    }

    private Optional<String> opened(Factor factor) {
        try {
            return Optional.of(sealing.open(place(factor.tenant(), factor.user()), factor.secret()));
        } catch (PlatformException closed) {
            LOG.log(Level.WARNING, "the second factor of " + factor.tenant() + "/" + factor.user(), closed);
            return Optional.empty();
        }
    }

    public Status status(Identity identity) {
        String tenant = identity.tenant();
        UUID user = identity.user().id();
        return new Status(
                has(tenant, user),
                policies.of(tenant).demandsFactor(identity.permissionSets()),
                stores.factors().recoveryCodes(tenant, user));
    }

    boolean has(String tenant, UUID user) {
        return stores.factors()
                .findFactor(tenant, user)
                .filter(Factor::confirmed)
                .isPresent();
    }

    /** A new secret, which counts when {@link #confirm} has seen a code made with it. Needs the password once more. */
    public Enrolment begin(Identity identity, String password) {
        passwords.prove(identity, password);
        if (has(identity.tenant(), identity.user().id())) {
            throw IdentityError.SECOND_FACTOR_EXISTS.error().build();
        }
        return begin(account(identity), clock.instant());
    }

    /**
     * The secret that waits to be confirmed, so that who reloads the page keeps what the telephone has scanned; or a new one.
     *
     * @param since when this sign-in began: what was shown in an earlier one may have been seen by somebody else
     */
    Enrolment begin(Account account, Instant since) {
        Optional<String> begun = stores.factors()
                .findFactor(account.tenant(), account.user())
                .filter(factor -> !factor.confirmed() && !factor.createdAt().isBefore(since))
                .flatMap(this::opened);
        String secret = begun.orElseGet(() -> fresh(account.tenant(), account.user()));
        String label = encoded(ISSUER + ":" + account.login() + "@" + account.tenant());
        return new Enrolment(secret, "otpauth://totp/" + label + "?secret=" + secret + "&issuer=" + encoded(ISSUER));
    }

    private String fresh(String tenant, UUID user) {
        String secret = Totp.base32(Secrets.bytes(Totp.SECRET_BYTES));
        String sealed = sealing.seal(place(tenant, user), secret);
        stores.factors().saveFactor(new Factor(tenant, user, sealed, false, 0, clock.instant()));
        return secret;
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Account account(Identity identity) {
        UUID user = identity.user().id();
        return stores.accounts().find(identity.tenant(), user).orElseThrow(() -> Users.unknown(user));
    }

    /** The secret counts from now on; the recovery codes are told this once. */
    public List<String> confirm(Identity identity, String code) {
        return confirm(account(identity), code)
                .orElseThrow(() -> IdentityError.CODE_WRONG.error().build());
    }

    Optional<List<String>> confirm(Account account, String code) {
        if (!rightCode(account, code, false) || !stores.factors().confirm(account.tenant(), account.user())) {
            return Optional.empty();
        }
        log.note(Kind.SECOND_FACTOR_ADDED, account, "");
        return Optional.of(recoveryCodes(account));
    }

    private List<String> recoveryCodes(Account account) {
        List<String> codes = new ArrayList<>();
        Set<String> hashes = new HashSet<>();
        for (int i = 0; i < RECOVERY_CODES; i++) {
            String code = Totp.base32(Secrets.bytes(RECOVERY_BYTES));
            codes.add(code.substring(0, code.length() / 2) + "-" + code.substring(code.length() / 2));
            hashes.add(AccessTokens.hash(code));
        }
        stores.factors().replaceRecoveryCodes(account.tenant(), account.user(), hashes);
        return codes;
    }

    /** New recovery codes; the former ones count no more. */
    public List<String> newRecoveryCodes(Identity identity, String password) {
        passwords.prove(identity, password);
        if (!has(identity.tenant(), identity.user().id())) {
            throw IdentityError.NO_SECOND_FACTOR.error().build();
        }
        Account account = account(identity);
        log.note(Kind.RECOVERY_CODES_MADE, identity, account, "");
        return recoveryCodes(account);
    }

    /** Whether a code of the authenticator, or a recovery code, is right. Either is good once. */
    boolean right(Account account, String typed) {
        String code = typed.strip().replace(" ", "").replace("-", "").toUpperCase(Locale.ROOT);
        if (rightCode(account, code, true)) {
            return true;
        }
        boolean recovered =
                stores.factors().takeRecoveryCode(account.tenant(), account.user(), AccessTokens.hash(code));
        if (recovered) {
            log.note(
                    Kind.RECOVERY_CODE_USED,
                    account,
                    "left: " + stores.factors().recoveryCodes(account.tenant(), account.user()));
        }
        return recovered;
    }

    private boolean rightCode(Account account, String code, boolean confirmed) {
        Optional<String> secret = stores.factors()
                .findFactor(account.tenant(), account.user())
                .filter(factor -> factor.confirmed() == confirmed)
                .flatMap(this::opened);
        if (secret.isEmpty()) {
            return false;
        }
        OptionalLong step = Totp.step(
                Totp.fromBase32(secret.get()),
                code.strip().replace(" ", ""),
                clock.instant().getEpochSecond());
        return step.isPresent() && stores.factors().advance(account.tenant(), account.user(), step.getAsLong());
    }

    public void remove(Identity identity, String password) {
        passwords.prove(identity, password);
        if (policies.of(identity.tenant()).demandsFactor(identity.permissionSets())) {
            throw IdentityError.SECOND_FACTOR_DEMANDED.error().build();
        }
        remove(identity, account(identity));
    }

    /** For somebody who has lost the telephone and the recovery codes; his sessions end. */
    public void removeOf(Identity actor, UUID user) {
        administration.requireManages(actor, user);
        Account account = stores.accounts().find(actor.tenant(), user).orElseThrow(() -> Users.unknown(user));
        remove(actor, account);
        stores.logins().deleteSessions(account.tenant(), account.user());
    }

    private void remove(Identity actor, Account account) {
        if (!stores.factors().removeFactor(account.tenant(), account.user())) {
            throw IdentityError.NO_SECOND_FACTOR.error().build();
        }
        log.note(Kind.SECOND_FACTOR_REMOVED, actor, account, "");
    }

    /** Whether somebody has a second factor, needs one, and how many recovery codes are left. */
    public record Status(boolean enrolled, boolean demanded, int recoveryCodes) {}

    /**
     * @param secret for typing
     * @param uri for scanning
     */
    public record Enrolment(String secret, String uri) {
        @Override
        public String toString() {
            return "Enrolment";
        }
    }
}
