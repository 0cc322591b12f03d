package dev.tenon.tenancy.identity;

import dev.tenon.records.Records;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.Sealing;
import java.time.InstantSource;
import java.util.function.Supplier;

/** This package, put together. Safe for use by several threads. */
public final class Accounts {

    private final Users users;
    private final AccessTokens tokens;
    private final AccountLinks links;
    private final SecondFactors factors;
    private final Sessions sessions;
    private final SignIn signIn;
    private final Policies policies;
    private final IdentityLog log;
    private final HandOverRules handOvers;

    /** @param address where the thread's request comes from; empty where there is none */
    public Accounts(
            IdentityStores stores,
            PasswordHasher hasher,
            Records records,
            ModelSource models,
            Sealing sealing,
            SignInLimits limits,
            Supplier<String> address,
            InstantSource clock) {
        Administration administration = new Administration(stores.accounts(), models);
        this.policies = new Policies(models, limits);
        this.log = new IdentityLog(stores.events(), administration, address, clock);
        Passwords passwords = new Passwords(stores, hasher, policies, log, clock);
        this.links = new AccountLinks(stores, administration, passwords, policies, log, clock);
        this.users = new Users(stores, passwords, administration, links, log, records, models, clock);
        this.tokens = new AccessTokens(stores, users, administration, policies, log, clock);
        this.factors = new SecondFactors(stores, administration, passwords, policies, sealing, log, clock);
        this.sessions = new Sessions(stores, administration, users, policies, log, clock);
        this.signIn = new SignIn(stores, passwords, factors, policies, log, clock);
        this.handOvers = new HandOverRules(stores.accounts(), administration, log);
    }

    public Users users() {
        return users;
    }

    public AccessTokens tokens() {
        return tokens;
    }

    public AccountLinks links() {
        return links;
    }

    public SecondFactors secondFactors() {
        return factors;
    }

    public Sessions sessions() {
        return sessions;
    }

    public SignIn signIn() {
        return signIn;
    }

    public Policies policies() {
        return policies;
    }

    public IdentityLog log() {
        return log;
    }

    public HandOverRules handOvers() {
        return handOvers;
    }
}
