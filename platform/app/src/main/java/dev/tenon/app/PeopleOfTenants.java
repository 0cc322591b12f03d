package dev.tenon.app;

import dev.tenon.access.Identity;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.tenancy.identity.Users;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Shows the users to the rooms that ask for people. */
record PeopleOfTenants(Users users) implements UserDirectory, IdentitySource {

    @Override
    public Optional<Identity> identity(String tenant, UUID user) {
        return users.identity(tenant, user);
    }

    @Override
    public List<UUID> holders(String tenant, String permissionSet) {
        return users.holders(tenant, permissionSet);
    }
}
