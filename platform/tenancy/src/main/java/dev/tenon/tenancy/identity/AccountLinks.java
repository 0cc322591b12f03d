package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.tenancy.identity.EventStore.Kind;
import dev.tenon.tenancy.identity.IdentityStore.Account;
import dev.tenon.tenancy.identity.IdentityStore.Credential;
import dev.tenon.tenancy.identity.LinkStore.Link;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** One-time links with which people choose a password: the first one, or another one. */
public final class AccountLinks {

    /** What every link's text starts with, so that a lost one is recognized by secret scanners. */
    private static final String PREFIX = "tlnk_";

    private static final Duration RESET = Duration.ofHours(24);

    private final IdentityStores stores;
    private final Administration administration;
    private final Passwords passwords;
    private final Policies policies;
    private final IdentityLog log;
    private final InstantSource clock;

    AccountLinks(
            IdentityStores stores,
            Administration administration,
            Passwords passwords,
            Policies policies,
            IdentityLog log,
            InstantSource clock) {
        this.stores = stores;
        this.administration = administration;
        this.passwords = passwords;
        this.policies = policies;
        this.log = log;
        this.clock = clock;
    }

    /**
     * A new link for a user, an invitation where he has no password yet; the text is told this once, and earlier links
     * end. The password that he has stays good until the link is used.
     */
    public Made make(Identity actor, UUID user) {
        administration.requireManages(actor, user);
        Credential credential =
                stores.accounts().findCredential(actor.tenant(), user).orElseThrow(() -> Users.unknown(user));
        Account account = credential.account();
        if (!account.active()) {
            throw IdentityError.ACCOUNT_INACTIVE
                    .error()
                    .with("login", account.login())
                    .build();
        }
        LinkStore.Kind kind = credential.invited() ? LinkStore.Kind.INVITATION : LinkStore.Kind.RESET;
        Duration life = credential.invited() ? policies.of(actor.tenant()).invitation() : RESET;
        end(account);
        Instant now = clock.instant();
        stores.links().removeExpiredLinks(now);
        String text = Secrets.text(PREFIX);
        Link link = new Link(kind, account.tenant(), account.user(), now, now.plus(life));
        stores.links().insert(link, AccessTokens.hash(text));
        log.note(credential.invited() ? Kind.INVITED : Kind.PASSWORD_LINK_MADE, actor, account, "");
        return new Made(link, text);
    }

    /** Ends the links that a user has. */
    void end(Account account) {
        stores.links().deleteLinks(account.tenant(), account.user(), LinkStore.Kind.INVITATION);
        stores.links().deleteLinks(account.tenant(), account.user(), LinkStore.Kind.RESET);
    }

    /** Whom a link is for; empty when it is unknown, used or expired. */
    public Optional<Account> find(String text) {
        return live(text)
                .flatMap(link -> stores.accounts().find(link.tenant(), link.user()))
                .filter(Account::active);
    }

    private Optional<Link> live(String text) {
        return stores.links()
                .find(AccessTokens.hash(text))
                .filter(link -> link.kind() == LinkStore.Kind.INVITATION || link.kind() == LinkStore.Kind.RESET)
                .filter(link -> clock.instant().isBefore(link.expiresAt()));
    }

    /** Sets the password that the person behind the link has chosen, and uses the link up. Nobody is signed in by it. */
    public void choose(String text, String password) {
        Link link = live(text).orElseThrow(AccountLinks::over);
        Account account = find(text).orElseThrow(AccountLinks::over);
        passwords.requireFit(account.tenant(), account.login(), password, account);
        if (!stores.links().take(AccessTokens.hash(text))) {
            throw over();
        }
        passwords.set(account, password);
        stores.logins().deleteSessions(account.tenant(), account.user());
        log.note(
                link.kind() == LinkStore.Kind.INVITATION ? Kind.ACTIVATED : Kind.PASSWORD_CHANGED,
                account,
                "by a one-time link");
    }

    private static RuntimeException over() {
        return IdentityError.LINK_OVER.error().build();
    }

    /** A fresh link and its text. */
    public record Made(Link link, String text) {
        @Override
        public String toString() {
            return "Made[" + link + "]";
        }
    }
}
