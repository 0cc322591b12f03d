package dev.tenon.tenancy.identity;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.port.ModelSource;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;

/** Who may administer whom, and that somebody always can. */
final class Administration {

    private final IdentityStore store;
    private final ModelSource models;

    Administration(IdentityStore store, ModelSource models) {
        this.store = store;
        this.models = models;
    }

    void requireAdministrator(Identity actor) {
        if (actor.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        if (!models.current(actor.tenant()).access().holds(actor, SystemPermission.MANAGE_USERS)) {
            throw IdentityError.NOT_ALLOWED.error().build();
        }
    }

    /** Whoever takes over an account has its rights: nobody may manage somebody with more system permissions than his own. */
    void requireManages(Identity actor, UUID user) {
        requireAdministrator(actor);
        requireHolds(actor, store.permissionSets(actor.tenant(), user));
    }

    /**
     * Nobody gives what he does not hold, and nobody gives himself anything; but who may change permission sets themselves
     * could do either in another way.
     */
    void requireGives(Identity actor, UUID user, Set<String> wanted) {
        Set<String> added = new HashSet<>(wanted);
        added.removeAll(store.permissionSets(actor.tenant(), user));
        if (added.isEmpty() || actor.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        requireHolds(actor, added);
        if (actor.user().id().equals(user)
                && !held(model(actor.tenant()), actor.permissionSets()).contains(SystemPermission.CUSTOMIZE)) {
            throw IdentityError.OWN_RIGHTS.error().build();
        }
    }

    private void requireHolds(Identity actor, Set<String> sets) {
        if (actor.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        Model model = model(actor.tenant());
        Set<SystemPermission> missing = held(model, sets);
        missing.removeAll(held(model, actor.permissionSets()));
        if (!missing.isEmpty()) {
            throw IdentityError.MORE_THAN_OWN
                    .error()
                    .with("permissions", missing.toString())
                    .build();
        }
    }

    private Model model(String tenant) {
        return models.current(tenant).model();
    }

    private static Set<SystemPermission> held(Model model, Set<String> sets) {
        Map<String, PermissionSet> known = model.permissionSets();
        Set<SystemPermission> held = EnumSet.noneOf(SystemPermission.class);
        for (String name : sets) {
            PermissionSet set = known.get(name);
            if (set != null) {
                held.addAll(set.system());
            }
        }
        return held;
    }

    /** Whether one of the sets lets its holders manage users. */
    boolean administers(String tenant, Set<String> sets) {
        return held(model(tenant), sets).contains(SystemPermission.MANAGE_USERS);
    }

    /** The sets that let their holders manage users. */
    static Set<String> administrating(Model model) {
        Set<String> sets = new TreeSet<>();
        for (PermissionSet set : model.permissionSets().values()) {
            if (set.system().contains(SystemPermission.MANAGE_USERS)) {
                sets.add(set.name());
            }
        }
        return sets;
    }

    /** Carries out a change, or nothing of it where nobody would be left who can sign in and manage users. */
    <T> T keepingOne(String tenant, Supplier<T> change) {
        Set<String> sets = administrating(model(tenant));
        return store.guardingHolders(tenant, sets, () -> {
            int before = store.countAble(tenant, sets);
            T done = change.get();
            if (before > 0 && store.countAble(tenant, sets) == 0) {
                throw IdentityError.LAST_ADMINISTRATOR.error().build();
            }
            return done;
        });
    }
}
