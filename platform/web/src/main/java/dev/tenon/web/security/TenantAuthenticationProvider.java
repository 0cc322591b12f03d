package dev.tenon.web.security;

import dev.tenon.tenancy.identity.LoginOutcome;
import dev.tenon.tenancy.identity.Users;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.core.Authentication;

/** Checks tenant, login and password. Every refusal looks the same from outside; the log tells them apart. */
final class TenantAuthenticationProvider implements AuthenticationProvider {

    private static final Logger LOG = LoggerFactory.getLogger(TenantAuthenticationProvider.class);

    private final Users users;

    TenantAuthenticationProvider(Users users) {
        this.users = users;
    }

    @Override
    public Authentication authenticate(Authentication authentication) {
        LoginAttempt attempt = (LoginAttempt) authentication;
        String tenant = attempt.tenant().strip().toLowerCase(Locale.ROOT);
        return switch (users.authenticate(tenant, attempt.login(), attempt.getCredentials())) {
            case LoginOutcome.Accepted accepted ->
                users.identity(tenant, accepted.user())
                        .map(SignedIn::new)
                        .orElseThrow(() -> refused(tenant, "deactivated"));
            case LoginOutcome.Refused _ -> throw refused(tenant, "wrong");
            case LoginOutcome.Paused paused -> throw refused(tenant, "paused until " + paused.until());
        };
    }

    /** The login itself is not logged: people type passwords into the wrong field. */
    private static BadCredentialsException refused(String tenant, String why) {
        LOG.info("sign-in refused, tenant {}: {}", tenant.replaceAll("[^a-z0-9_]", "?"), why);
        return new BadCredentialsException(why);
    }

    @Override
    public boolean supports(Class<?> type) {
        return LoginAttempt.class.isAssignableFrom(type);
    }
}
