package dev.tenon.tenancy;

import dev.tenon.access.Identity;
import java.util.List;
import java.util.Optional;

/** The tenants of this installation. Safe for use by several threads. */
public interface Tenants {

    /** All tenants that exist, by key. */
    List<Tenant> list();

    Optional<Tenant> find(String key);

    /** Throws {@code tenancy.unknown-tenant}. */
    Tenant require(String key);

    /**
     * Creates a tenant: its database schema, the model of the system layer and the packages in the order given (what
     * they require must come before them), their initial data. Either the tenant exists completely afterwards, or not
     * at all. Only for the platform itself: {@code identity} is of kind SYSTEM.
     *
     * @throws dev.tenon.sdk.error.PlatformException {@code tenancy.tenant-exists}, {@code tenancy.tenant-key-invalid},
     *     {@code tenancy.unknown-package}, {@code tenancy.model-refused}
     */
    Tenant create(Identity identity, String key, String name, List<PackageId> packages);

    /** Removes a tenant with all its data, for ever. Only for the platform itself. */
    void remove(Identity identity, String key);
}
