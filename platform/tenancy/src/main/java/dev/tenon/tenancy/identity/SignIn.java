package dev.tenon.tenancy.identity;

import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.IdentityStore.Attempt;
import dev.tenon.tenancy.identity.IdentityStore.Credential;
import dev.tenon.tenancy.identity.LinkStore.Link;
import dev.tenon.tenancy.identity.LoginOutcome.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Signing in with a password and what the tenant demands beside it. Between the steps the person holds a secret that is
 * good for this sign-in and nothing else.
 */
public final class SignIn {

    private static final Duration HELD = Duration.ofMinutes(10);

    private final IdentityStores stores;
    private final Passwords passwords;
    private final SecondFactors factors;
    private final Policies policies;
    private final IdentityLog log;
    private final InstantSource clock;

    SignIn(
            IdentityStores stores,
            Passwords passwords,
            SecondFactors factors,
            Policies policies,
            IdentityLog log,
            InstantSource clock) {
        this.stores = stores;
        this.passwords = passwords;
        this.factors = factors;
        this.policies = policies;
        this.log = log;
        this.clock = clock;
    }

    /** Checks a password; the time it takes does not tell whether the login exists. */
    public LoginOutcome password(String tenant, String login, String password) {
        return switch (passwords.check(tenant, Users.normalized(login), password)) {
            case Passwords.Checked.Wrong _ -> new LoginOutcome.Refused();
            case Passwords.Checked.Paused paused -> new LoginOutcome.Paused(paused.until());
            case Passwords.Checked.Right right -> {
                Account account = right.credential().account();
                Optional<Step> step = step(right.credential(), false);
                if (step.isEmpty()) {
                    complete(account);
                    yield new LoginOutcome.Accepted(account.user());
                }
                stores.accounts().forgive(tenant, account.user());
                yield new LoginOutcome.Further(account.user(), step.get());
            }
        };
    }

    private Optional<Step> step(Credential credential, boolean proven) {
        Account account = credential.account();
        if (!proven && factors.has(account.tenant(), account.user())) {
            return Optional.of(Step.CODE);
        }
        if (!proven
                && policies.of(account.tenant())
                        .demandsFactor(stores.accounts().permissionSets(account.tenant(), account.user()))) {
            return Optional.of(Step.ENROLMENT);
        }
        return passwords.tooOld(credential) ? Optional.of(Step.NEW_PASSWORD) : Optional.empty();
    }

    private void complete(Account account) {
        stores.accounts().clearFailures(account.tenant(), account.user());
        log.note(Kind.SIGNED_IN, account, "");
    }

    /** What the person holds until the sign-in is complete. */
    public String hold(String tenant, UUID user) {
        return hold(LinkStore.Kind.SIGN_IN, tenant, user);
    }

    private String hold(LinkStore.Kind kind, String tenant, UUID user) {
        Instant now = clock.instant();
        stores.links().removeExpiredLinks(now);
        String text = Secrets.text("");
        stores.links().insert(new Link(kind, tenant, user, now, now.plus(HELD)), AccessTokens.hash(text));
        return text;
    }

    /** A sign-in under way. */
    public record Held(Account account, Step step) {}

    private record Found(Link link, Credential credential, Step step) {}

    /** Empty when it took too long, or there is nothing left to do. */
    public Optional<Held> held(String text) {
        return found(text).map(found -> new Held(found.credential().account(), found.step()));
    }

    private Optional<Found> found(String text) {
        return stores.links()
                .find(AccessTokens.hash(text))
                .filter(link -> link.kind() == LinkStore.Kind.SIGN_IN || link.kind() == LinkStore.Kind.SIGN_IN_PROVEN)
                .filter(link -> clock.instant().isBefore(link.expiresAt()))
                .flatMap(link -> stores.accounts()
                        .findCredential(link.tenant(), link.user())
                        .filter(credential -> credential.account().active())
                        .flatMap(credential -> step(credential, link.kind() == LinkStore.Kind.SIGN_IN_PROVEN)
                                .map(step -> new Found(link, credential, step))));
    }

    /** What a step of a sign-in came to. */
    public sealed interface Result {
        /** @param recoveryCodes of a second factor that was just set up; to be shown this once */
        record Done(Account account, List<String> recoveryCodes) implements Result {}

        /** @param text what the person holds from now on */
        record Next(String text, List<String> recoveryCodes) implements Result {}

        record Wrong() implements Result {}

        record Paused(Instant until) implements Result {}

        /** It took too long; it begins anew. */
        record Over() implements Result {}
    }

    /** The code of a second factor, one that is there or one that is being set up. */
    public Result code(String text, String code) {
        Found found = found(text).orElse(null);
        if (found == null || found.step() == Step.NEW_PASSWORD) {
            return new Result.Over();
        }
        Account account = found.credential().account();
        Attempt attempt = passwords.attempt(account, clock.instant());
        if (attempt.blocked()) {
            return new Result.Paused(attempt.until());
        }
        List<String> recovery = List.of();
        boolean right;
        if (found.step() == Step.CODE) {
            right = factors.right(account, code);
        } else {
            Optional<List<String>> confirmed = factors.confirm(account, code);
            right = confirmed.isPresent();
            recovery = confirmed.orElse(List.of());
        }
        if (!right) {
            log.note(attempt.paused() ? Kind.SIGN_IN_PAUSED : Kind.SIGN_IN_REFUSED, account, "second factor");
            return attempt.paused() ? new Result.Paused(attempt.until()) : new Result.Wrong();
        }
        return goOn(text, found, recovery);
    }

    /** The secret to scan, of a second factor that has to be set up before the sign-in goes on. */
    public Optional<SecondFactors.Enrolment> enrolment(String text) {
        return found(text)
                .filter(found -> found.step() == Step.ENROLMENT)
                .map(found ->
                        factors.begin(found.credential().account(), found.link().createdAt()));
    }

    /** Another password in the place of one that is too old; throws what is wrong with it. */
    public Result newPassword(String text, String password) {
        Found found = found(text).orElse(null);
        if (found == null || found.step() != Step.NEW_PASSWORD) {
            return new Result.Over();
        }
        Account account = found.credential().account();
        passwords.requireFit(account.tenant(), account.login(), password, account);
        passwords.requireOther(found.credential(), password);
        if (!stores.links().take(AccessTokens.hash(text))) {
            return new Result.Over();
        }
        passwords.set(account, password);
        stores.logins().deleteSessions(account.tenant(), account.user());
        log.note(Kind.PASSWORD_CHANGED, account, "it was too old");
        complete(account);
        return new Result.Done(account, List.of());
    }

    private Result goOn(String text, Found found, List<String> recovery) {
        Account account = found.credential().account();
        if (!stores.links().take(AccessTokens.hash(text))) {
            return new Result.Over();
        }
        if (step(found.credential(), true).isPresent()) {
            stores.accounts().forgive(account.tenant(), account.user());
            return new Result.Next(hold(LinkStore.Kind.SIGN_IN_PROVEN, account.tenant(), account.user()), recovery);
        }
        complete(account);
        return new Result.Done(account, recovery);
    }
}
