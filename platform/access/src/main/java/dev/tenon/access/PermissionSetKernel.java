package dev.tenon.access;

import dev.tenon.access.internal.CompiledScopes;
import dev.tenon.access.internal.GrantUnion;
import dev.tenon.access.internal.GrantWords;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Decides by the union of an identity's permission sets, the objects' baselines and the restrictions of other rooms.
 * Rights are compiled once for each combination of sets that occurs and kept as long as the model.
 */
public final class PermissionSetKernel implements AccessKernel {

    /** Combinations that are kept; a tenant has few, and a flood of made-up ones must not fill the memory. */
    private static final int MOST_COMBINATIONS = 2_000;

    private final Model model;
    private final List<AccessRestriction> restrictions;
    private final CompiledScopes scopes;
    private final Map<Set<String>, GrantUnion> unions = new ConcurrentHashMap<>();
    private final Map<String, ObjectAccess> everything = new ConcurrentHashMap<>();

    public PermissionSetKernel(Model model, List<AccessRestriction> restrictions) {
        this(model, restrictions, Optional.empty());
    }

    /** @param before the rights under a model of before: what means the same under this one is taken from there */
    public PermissionSetKernel(
            Model model, List<AccessRestriction> restrictions, Optional<PermissionSetKernel> before) {
        this.model = model;
        this.restrictions = List.copyOf(restrictions);
        this.scopes = new CompiledScopes(model, before.map(kernel -> kernel.scopes));
    }

    /** Every scope text of the model's permission sets that cannot be compiled; such a scope grants nothing. */
    public List<AccessProblem> problems() {
        return scopes.problems();
    }

    @Override
    public ObjectAccess access(Identity identity, String object) {
        Optional<ObjectType> type = model.findObject(object);
        if (type.isEmpty()) {
            return GrantUnion.unknown(object);
        }
        return switch (identity.kind()) {
            case SYSTEM -> everything.computeIfAbsent(object, name -> everything(type.get()));
            case USER -> union(identity).access(type.get());
        };
    }

    @Override
    public boolean holds(Identity identity, SystemPermission permission) {
        return switch (identity.kind()) {
            case SYSTEM -> true;
            case USER ->
                heldSets(identity).stream().anyMatch(set -> set.system().contains(permission));
        };
    }

    @Override
    public Explanation explain(Identity identity, String object) {
        Optional<ObjectType> type = model.findObject(object);
        ObjectAccess access = access(identity, object);
        if (type.isEmpty() || !access.describable()) {
            return new Explanation(object, List.of(), Map.of());
        }
        boolean ruled = restrictions.stream()
                .anyMatch(r -> r.forObject(object, identity, this).isPresent());
        return GrantWords.explain(
                type.get(),
                access,
                identity.kind() == Identity.Kind.SYSTEM ? List.of() : heldSets(identity),
                ruled,
                // Who may give rights may see the names of what he has no access to himself.
                holds(identity, SystemPermission.MANAGE_USERS));
    }

    private GrantUnion union(Identity identity) {
        GrantUnion known = unions.get(identity.permissionSets());
        if (known == null) {
            if (unions.size() >= MOST_COMBINATIONS) {
                unions.clear();
            }
            known = new GrantUnion(model, heldSets(identity), scopes, restrictions, identity, this);
            unions.put(identity.permissionSets(), known);
        }
        return known;
    }

    /** Sets that the model does not know (any more) grant nothing. */
    private List<PermissionSet> heldSets(Identity identity) {
        return model.permissionSets().values().stream()
                .filter(set -> identity.permissionSets().contains(set.name()))
                .toList();
    }

    private static ObjectAccess everything(ObjectType object) {
        Map<String, FieldAccess> fields = new HashMap<>();
        object.fields().keySet().forEach(field -> fields.put(field, FieldAccess.EDIT));
        Set<String> actions = new HashSet<>();
        object.actions().forEach(action -> actions.add(action.name()));
        return new ObjectAccess(
                object.name(),
                true,
                true,
                Expr.TRUE,
                Expr.TRUE,
                Expr.TRUE,
                fields,
                Map.of(),
                actions,
                Optional.empty(),
                Optional.empty(),
                Set.of(),
                true,
                true);
    }
}
