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
    TOO_MANY_TOKENS,
    TOKEN_SCOPES,
    MORE_THAN_OWN,
    OWN_RIGHTS,
    LAST_ADMINISTRATOR,
    RECORD_OF_ACCOUNT,
    ACCOUNT_INACTIVE,
    LINK_OVER,
    HAND_OVER_TARGET,
    PASSWORD_COMMON,
    PASSWORD_HAS_LOGIN,
    PASSWORD_USED_BEFORE,
    PASSWORD_WRONG,
    SIGN_IN_PAUSED_FOR,
    SECOND_FACTOR_EXISTS,
    SECOND_FACTOR_DEMANDED,
    NO_SECOND_FACTOR,
    CODE_WRONG,
    UNKNOWN_SESSION;

    @Override
    public String owner() {
        return "identity";
    }

    @Override
    public ErrorKind kind() {
        return ErrorKind.USER;
    }
}
