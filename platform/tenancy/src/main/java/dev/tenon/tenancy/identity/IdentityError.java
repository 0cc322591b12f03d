package dev.tenon.tenancy.identity;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong with accounts and tokens. */
public enum IdentityError implements ErrorCode {
    UNKNOWN_USER("identity.unknown-user"),
    UNKNOWN_PERMISSION_SET("identity.unknown-permission-set"),
    LOGIN_TAKEN("identity.login-taken"),
    LOGIN_MALFORMED("identity.login-malformed"),
    NAME_MISSING("identity.name-missing"),
    PASSWORD_UNFIT("identity.password-unfit"),
    UNKNOWN_ZONE("identity.unknown-zone"),
    UNKNOWN_LANGUAGE("identity.unknown-language"),
    NOT_ALLOWED("identity.not-allowed"),
    OWN_ADMINISTRATION("identity.own-administration"),
    UNKNOWN_TOKEN("identity.unknown-token"),
    TOKEN_NAME_MISSING("identity.token-name-missing"),
    TOKEN_LIFETIME("identity.token-lifetime"),
    TOO_MANY_TOKENS("identity.too-many-tokens");

    private final String id;

    IdentityError(String id) {
        this.id = id;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }
}
