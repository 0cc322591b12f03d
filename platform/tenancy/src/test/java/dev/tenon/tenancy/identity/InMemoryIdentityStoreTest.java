package dev.tenon.tenancy.identity;

final class InMemoryIdentityStoreTest extends IdentityStoreContract {

    private final InMemoryIdentityStore store = new InMemoryIdentityStore();

    @Override
    protected IdentityStore identities() {
        return store;
    }

    @Override
    protected TokenStore tokens() {
        return store;
    }

    @Override
    protected LoginStore logins() {
        return store;
    }
}
