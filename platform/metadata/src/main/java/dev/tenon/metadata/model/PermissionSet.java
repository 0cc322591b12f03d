package dev.tenon.metadata.model;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A bundle of rights. Rights of several sets add up; nothing is allowed that no set allows.
 *
 * @param system administrative rights
 * @param objects rights by object
 */
public record PermissionSet(
        String name, String origin, Label label, Set<SystemPermission> system, Map<String, ObjectPermission> objects) {

    public PermissionSet {
        system = Set.copyOf(system);
        objects = Map.copyOf(objects);
    }

    /** Rights that are not about one object. None of them implies access to data. */
    public enum SystemPermission {
        /** Edit the custom layer: objects, fields, rules, scripts. */
        CUSTOMIZE,
        /** Install, upgrade and remove packages. */
        MANAGE_PACKAGES,
        /** Install, enable and remove plugins. */
        MANAGE_PLUGINS,
        /** Create users and give them permission sets. */
        MANAGE_USERS,
        /** Act in any approval: reassign, terminate. */
        MANAGE_APPROVALS,
        /** Read every approval item, also what a policy hides. */
        AUDIT_APPROVALS,
        /** Start imports. */
        IMPORT_DATA,
        /** Restore and remove what others have deleted. */
        MANAGE_RECYCLE_BIN
    }

    /** Level of access to a field. Levels add up to the highest. */
    public enum FieldAccess {
        NONE,
        READ,
        EDIT
    }

    /**
     * Rights on one object.
     *
     * @param fieldDefault access to fields that {@code fields} does not name
     * @param fields access by field
     * @param read which records, when {@code read} is allowed
     * @param edit which records may be edited and deleted; never more than may be read
     * @param actions names of actions that may be run
     * @param recordTypes that records may be created with and changed to; absent: all
     * @param lock whether records that may be edited may be locked and unlocked
     * @param editLocked whether records that may be edited may be, also while they are locked
     * @param reveal encrypted fields whose plain text may be read, where the field may be read at all
     */
    public record ObjectPermission(
            boolean create,
            boolean canRead,
            boolean canEdit,
            boolean canDelete,
            FieldAccess fieldDefault,
            Map<String, FieldAccess> fields,
            RowScope read,
            RowScope edit,
            Set<String> actions,
            Optional<Set<String>> recordTypes,
            boolean lock,
            boolean editLocked,
            Set<String> reveal) {

        public ObjectPermission {
            fields = Map.copyOf(fields);
            actions = Set.copyOf(actions);
            recordTypes = recordTypes.map(Set::copyOf);
            reveal = Set.copyOf(reveal);
        }
    }

    /** Which records a right reaches, beyond what the object's baseline opens. */
    public sealed interface RowScope {
        /** Records owned by the user. */
        record Own() implements RowScope {}

        /** Every record. */
        record All() implements RowScope {}

        /** Own records and those for which the condition holds; {@code me} is the user's id. */
        record Where(ExpressionText condition) implements RowScope {}
    }

    public Optional<ObjectPermission> forObject(String object) {
        return Optional.ofNullable(objects.get(object));
    }
}
