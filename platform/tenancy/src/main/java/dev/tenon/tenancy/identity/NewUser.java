package dev.tenon.tenancy.identity;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user to create.
 *
 * @param password null for who chooses one by an invitation
 */
public record NewUser(
        String login,
        String name,
        @Nullable String email,
        Locale locale,
        ZoneId zone,
        @Nullable String password,
        Set<String> permissionSets,
        @Nullable UUID manager) {

    public NewUser {
        permissionSets = Set.copyOf(permissionSets);
    }

    @Override
    public String toString() {
        return "NewUser[login=" + login + ", permissionSets=" + permissionSets + "]";
    }
}
