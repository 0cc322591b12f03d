package dev.tenon.approval.port;

import dev.tenon.access.Identity;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The people of a tenant and the rights they hold now. */
public interface UserDirectory {

    /** The identity with the rights of this moment; absent for unknown and deactivated users. */
    Optional<Identity> identity(String tenant, UUID user);

    /** Active users who hold the permission set, in a stable order. */
    List<UUID> holders(String tenant, String permissionSet);
}
