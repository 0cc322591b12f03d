package dev.tenon.automation.port;

import dev.tenon.access.Identity;
import java.util.Optional;
import java.util.UUID;

/** The rights of people for whom work goes on after their request has ended. */
public interface IdentitySource {

    /** With the rights of this moment; absent for unknown and deactivated users. */
    Optional<Identity> identity(String tenant, UUID user);
}
