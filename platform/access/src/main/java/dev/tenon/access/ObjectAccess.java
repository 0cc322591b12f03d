package dev.tenon.access;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What one identity may do with one object, compiled.
 *
 * @param read records that may be read: a condition that every query carries; FALSE when reading is not allowed
 * @param update records that may be changed; already and-ed with {@code read}
 * @param delete records that may be deleted; already and-ed with {@code read}
 * @param fields access by field, for every field of the object
 * @param conditions per field, the condition under which its content may be read; absent means unconditional. A cell
 *     whose condition does not hold behaves as null everywhere: in results, filters, sorting, grouping
 * @param actions names of actions that may be run
 * @param created record types that new records may have; absent: all
 * @param given record types that existing records may be changed to; absent: all
 * @param revealed encrypted fields whose plain text may be read; of others only what their mask leaves
 * @param lock whether records that may be changed may be locked and unlocked
 * @param editLocked whether records that may be changed may be, also while they are locked
 * @param describable false: the object is to be treated as unknown
 */
public record ObjectAccess(
        String object,
        boolean describable,
        boolean create,
        Expr read,
        Expr update,
        Expr delete,
        Map<String, FieldAccess> fields,
        Map<String, Expr> conditions,
        Set<String> actions,
        Optional<Set<String>> created,
        Optional<Set<String>> given,
        Set<String> revealed,
        boolean lock,
        boolean editLocked) {

    public ObjectAccess {
        fields = Map.copyOf(fields);
        conditions = Map.copyOf(conditions);
        actions = Set.copyOf(actions);
        created = created.map(Set::copyOf);
        given = given.map(Set::copyOf);
        revealed = Set.copyOf(revealed);
    }

    /** Access without regard to record types and locks; nothing that is encrypted is revealed. */
    public ObjectAccess(
            String object,
            boolean describable,
            boolean create,
            Expr read,
            Expr update,
            Expr delete,
            Map<String, FieldAccess> fields,
            Map<String, Expr> conditions,
            Set<String> actions) {
        this(
                object,
                describable,
                create,
                read,
                update,
                delete,
                fields,
                conditions,
                actions,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                false,
                false);
    }

    /** Whether a new record may have the type, or an existing one be changed to it. */
    public boolean mayHaveType(String recordType, boolean creating) {
        return (creating ? created : given)
                .map(types -> types.contains(recordType))
                .orElse(true);
    }

    public boolean mayRead(String field) {
        return fields.getOrDefault(field, FieldAccess.NONE) != FieldAccess.NONE;
    }

    public boolean mayEdit(String field) {
        return fields.getOrDefault(field, FieldAccess.NONE) == FieldAccess.EDIT;
    }
}
