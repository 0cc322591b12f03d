package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.records.SaveGuard;
import java.util.Set;
import java.util.TreeSet;

/**
 * The records of people stand for accounts: nobody deletes one, and what the platform keeps in it is changed by managing
 * users only, whatever a permission set allows. Fields that other layers have added are theirs.
 */
public final class PersonGuard implements SaveGuard {

    private static final Set<String> OF_THE_ACCOUNT =
            Set.of("name", "login", "email", "locale", "zone", "active", "manager");

    @Override
    public void check(Identity identity, Change change) {
        if (!change.object().equals(Users.OBJECT) || identity.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        Set<String> kept = new TreeSet<>(change.fields());
        kept.retainAll(OF_THE_ACCOUNT);
        if (change.delete() || !kept.isEmpty()) {
            throw IdentityError.RECORD_OF_ACCOUNT.error().build();
        }
    }
}
