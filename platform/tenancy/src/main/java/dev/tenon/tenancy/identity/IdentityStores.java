package dev.tenon.tenancy.identity;

/** The stores that this package works with. */
public record IdentityStores(
        IdentityStore accounts,
        LoginStore logins,
        TokenStore tokens,
        LinkStore links,
        SecondFactorStore factors,
        EventStore events) {}
