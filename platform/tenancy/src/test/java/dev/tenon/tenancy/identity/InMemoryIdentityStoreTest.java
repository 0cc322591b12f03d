package dev.tenon.tenancy.identity;

final class InMemoryIdentityStoreTest extends IdentityStoreContract {

    private final InMemoryIdentityStore store = new InMemoryIdentityStore();

    @Override
    protected IdentityStores stores() {
        return store.stores();
    }
}
