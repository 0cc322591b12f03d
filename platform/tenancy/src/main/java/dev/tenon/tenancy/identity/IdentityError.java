package dev.tenon.tenancy.identity;

import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorKind;

/** What can go wrong with accounts and tokens. */
public enum IdentityError implements ErrorCode {
    UNKNOWN_USER,
    UNKNOWN_PERMISSION_SET,
    LOGIN_TAKEN,
    LOGIN_MALFORMED,
    NAME_MISSING,
    PASSWORD_UNFIT,
    UNKNOWN_ZONE,
    UNKNOWN_LANGUAGE,
    NOT_ALLOWED,
    OWN_ADMINISTRATION,
    UNKNOWN_TOKEN,
    TOKEN_NAME_MISSING,
    TOKEN_LIFETIME,
    TOO_MANY_TOKENS;

    @Override
    public String owner() {
        return "identity";
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }
}
