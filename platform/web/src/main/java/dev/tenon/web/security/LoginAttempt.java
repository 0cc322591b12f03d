package dev.tenon.web.security;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;

/** What somebody typed into the sign-in form. */
final class LoginAttempt extends AbstractAuthenticationToken {

    private static final long serialVersionUID = 1L;

    private final String tenant;
    private final String login;
    private final transient String password;

    LoginAttempt(String tenant, String login, String password) {
        super(List.of());
        this.tenant = tenant;
        this.login = login;
        this.password = password;
    }

    String tenant() {
        return tenant;
    }

    String login() {
        return login;
    }

    @Override
    public String getCredentials() {
        return password;
    }

    @Override
    public String getPrincipal() {
        return tenant + "/" + login;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
