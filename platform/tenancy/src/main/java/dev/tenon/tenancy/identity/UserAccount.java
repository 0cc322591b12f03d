package dev.tenon.tenancy.identity;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A user as administrators see one.
 *
 * @param invited has yet to choose a password
 * @param secondFactor gives a second factor to sign in
 */
public record UserAccount(
        UUID id,
        String login,
        String name,
        @Nullable String email,
        Locale locale,
        ZoneId zone,
        boolean active,
        boolean invited,
        boolean secondFactor,
        @Nullable UUID manager,
        List<String> permissionSets) {

    public UserAccount {
        permissionSets = List.copyOf(permissionSets);
    }
}
