package dev.tenon.tenancy.identity;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What changes of a user; null leaves as it is. {@code manager} set to an empty optional removes the manager. */
public record UserChange(
        @Nullable String name,
        @Nullable String email,
        @Nullable Locale locale,
        @Nullable ZoneId zone,
        @Nullable Boolean active,
        @Nullable String password,
        @Nullable Set<String> permissionSets,
        @Nullable Optional<UUID> manager) {

    public static UserChange preferences(@Nullable Locale locale, @Nullable ZoneId zone) {
        return new UserChange(null, null, locale, zone, null, null, null, null);
    }

    /** Whether it is what everybody may change of himself. */
    boolean preferencesOnly() {
        return name == null
                && email == null
                && active == null
                && password == null
                && permissionSets == null
                && manager == null;
    }

    @Override
    public String toString() {
        return "UserChange[active=" + active + ", permissionSets=" + permissionSets + "]";
    }
}
