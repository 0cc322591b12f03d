package dev.tenon.access;

import dev.tenon.sdk.ActingUser;
import java.util.Set;

/**
 * Whose rights count for a call.
 *
 * @param user the acting person; for {@link Kind#SYSTEM} the person on whose request the platform acts
 * @param kind USER everywhere; SYSTEM only for the platform's own engines, never reachable from HTTP, scripts or plugins
 * @param permissionSets names of the permission sets the user holds
 */
public record Identity(ActingUser user, Kind kind, Set<String> permissionSets) {

    public Identity {
        permissionSets = Set.copyOf(permissionSets);
    }

    /** How the identity came about. */
    public enum Kind {
        USER,
        SYSTEM
    }

    public String tenant() {
        return user.tenant();
    }

    /** The same person with the engine's rights; each use names the reason at the call. */
    public Identity asSystem() {
        return new Identity(user, Kind.SYSTEM, permissionSets);
    }
}
