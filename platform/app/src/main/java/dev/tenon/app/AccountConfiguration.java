package dev.tenon.app;

import dev.tenon.records.Records;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.Sealing;
import dev.tenon.store.Database;
import dev.tenon.store.identity.JooqEventStore;
import dev.tenon.store.identity.JooqLinkStore;
import dev.tenon.store.identity.JooqSecondFactorStore;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.AccountLinks;
import dev.tenon.tenancy.identity.Accounts;
import dev.tenon.tenancy.identity.IdentityLog;
import dev.tenon.tenancy.identity.IdentityStore;
import dev.tenon.tenancy.identity.IdentityStores;
import dev.tenon.tenancy.identity.LoginStore;
import dev.tenon.tenancy.identity.PasswordHasher;
import dev.tenon.tenancy.identity.Policies;
import dev.tenon.tenancy.identity.SecondFactors;
import dev.tenon.tenancy.identity.Sessions;
import dev.tenon.tenancy.identity.SignIn;
import dev.tenon.tenancy.identity.TokenStore;
import dev.tenon.tenancy.identity.Users;
import dev.tenon.web.security.ClientAddress;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** People: their accounts, how they sign in, and what is told of it. */
@Configuration(proxyBeanMethods = false)
class AccountConfiguration {

    @Bean
    Accounts accounts(
            Database database,
            IdentityStore accounts,
            LoginStore logins,
            TokenStore tokens,
            PasswordHasher hasher,
            Records records,
            ModelSource models,
            Sealing sealing,
            TenonSettings settings,
            InstantSource clock) {
        IdentityStores stores = new IdentityStores(
                accounts,
                logins,
                tokens,
                new JooqLinkStore(database.dsl()),
                new JooqSecondFactorStore(database.dsl()),
                new JooqEventStore(database.dsl()));
        Accounts made = new Accounts(
                stores, hasher, records, models, sealing, settings.signIn().limits(), new ClientAddress(), clock);
        made.secondFactors().sealAnew();
        return made;
    }

    @Bean
    Users users(Accounts accounts) {
        return accounts.users();
    }

    @Bean
    AccessTokens accessTokens(Accounts accounts) {
        return accounts.tokens();
    }

    @Bean
    AccountLinks accountLinks(Accounts accounts) {
        return accounts.links();
    }

    @Bean
    SecondFactors secondFactors(Accounts accounts) {
        return accounts.secondFactors();
    }

    @Bean
    Sessions sessions(Accounts accounts) {
        return accounts.sessions();
    }

    @Bean
    SignIn signIn(Accounts accounts) {
        return accounts.signIn();
    }

    @Bean
    Policies policies(Accounts accounts) {
        return accounts.policies();
    }

    @Bean
    IdentityLog identityLog(Accounts accounts) {
        return accounts.log();
    }
}
