package dev.tenon.web.security;

import java.util.List;

/** Accounts that the sign-in page offers with one click. A bean of this type exists in demonstrations only. */
public record DemoLogins(List<DemoLogin> logins) {

    public DemoLogins {
        logins = List.copyOf(logins);
    }

    /**
     * @param english what the account is for, for example {@code Recruiter}
     * @param chinese the same in Chinese
     */
    public record DemoLogin(String tenant, String login, String password, String english, String chinese) {

        String who(boolean inChinese) {
            return inChinese ? chinese : english;
        }
    }
}
