package dev.tenon.web.security;

import java.util.List;

/** Accounts that the sign-in page offers by name and password. A bean of this type exists in demonstrations only. */
public record DemoLogins(List<DemoLogin> logins) {

    public DemoLogins {
        logins = List.copyOf(logins);
    }

    /** @param who what the account is for, for example {@code Recruiter} */
    public record DemoLogin(String tenant, String login, String password, String who) {}
}
