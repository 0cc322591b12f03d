package dev.tenon.access.internal;

import dev.tenon.access.AccessKernel;
import dev.tenon.access.AccessRestriction;
import dev.tenon.access.Conditions;
import dev.tenon.access.Identity;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.PermissionSet;
import dev.tenon.metadata.model.PermissionSet.FieldAccess;
import dev.tenon.metadata.model.PermissionSet.ObjectPermission;
import dev.tenon.metadata.model.PermissionSet.RowScope;
import dev.tenon.metadata.model.SystemField;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What one combination of permission sets allows under one model. The same for everybody who holds just these sets:
 * conditions name the user as {@code me}.
 */
public final class GrantUnion {

    private static final ValueType USER = new ValueType.Reference("sys__User");

    private final Model model;
    private final List<PermissionSet> sets;
    private final CompiledScopes scopes;
    private final List<AccessRestriction> restrictions;
    private final Identity holder;
    private final AccessKernel kernel;
    private final Map<String, ObjectAccess> objects = new ConcurrentHashMap<>();
    private final Map<String, List<AccessRestriction.Rules>> ruled = new ConcurrentHashMap<>();

    public GrantUnion(
            Model model,
            List<PermissionSet> sets,
            CompiledScopes scopes,
            List<AccessRestriction> restrictions,
            Identity holder,
            AccessKernel kernel) {
        this.model = model;
        this.sets = List.copyOf(sets);
        this.scopes = scopes;
        this.restrictions = List.copyOf(restrictions);
        this.holder = holder;
        this.kernel = kernel;
    }

    public List<PermissionSet> sets() {
        return sets;
    }

    /** The compiled rights on an object of the model. */
    public ObjectAccess access(ObjectType object) {
        ObjectAccess known = objects.get(object.name());
        if (known == null) {
            known = compile(object);
            objects.put(object.name(), known);
        }
        return known;
    }

    private ObjectAccess compile(ObjectType object) {
        if (object.junction().isPresent()) {
            return links(object, object.junction().get());
        }
        List<ObjectPermission> grants = grants(object.name());
        boolean create = grants.stream().anyMatch(ObjectPermission::create);
        boolean canRead = mayReadObject(object, grants);
        if (object.hidden() || !(canRead || create)) {
            return unknown(object.name());
        }
        Expr read = read(object, new HashSet<>());
        Expr update = Conditions.allOf(List.of(read, edit(object, false, new HashSet<>())));
        Expr delete = Conditions.allOf(List.of(read, edit(object, true, new HashSet<>())));

        Map<String, FieldAccess> fields = new LinkedHashMap<>();
        Map<String, Expr> conditions = new LinkedHashMap<>();
        for (Field field : object.fields().values()) {
            FieldRight right = field(object, field, new HashSet<>());
            fields.put(field.name(), right.access());
            if (right.access() != FieldAccess.NONE && !right.condition().equals(Expr.TRUE)) {
                conditions.put(field.name(), right.condition());
            }
        }
        Set<String> actions = new HashSet<>();
        grants.forEach(g -> actions.addAll(g.actions()));
        return new ObjectAccess(
                object.name(),
                true,
                create,
                read,
                update,
                delete,
                fields,
                conditions,
                actions,
                recordTypes(grants, ObjectPermission::create),
                recordTypes(grants, ObjectPermission::canEdit),
                grants.stream()
                        .flatMap(grant -> grant.reveal().stream())
                        .filter(name -> fields.getOrDefault(name, FieldAccess.NONE) != FieldAccess.NONE)
                        .collect(Collectors.toUnmodifiableSet()),
                // Who may edit nothing has nothing to lock.
                !update.equals(Expr.FALSE) && grants.stream().anyMatch(ObjectPermission::lock),
                !update.equals(Expr.FALSE) && grants.stream().anyMatch(ObjectPermission::editLocked));
    }

    /** Only sets with the right itself say for which types; one that names none gives it for all. */
    private static Optional<Set<String>> recordTypes(List<ObjectPermission> grants, Predicate<ObjectPermission> right) {
        Set<String> types = new HashSet<>();
        for (ObjectPermission grant : grants) {
            if (right.test(grant)) {
                if (grant.recordTypes().isEmpty()) {
                    return Optional.empty();
                }
                types.addAll(grant.recordTypes().get());
            }
        }
        return Optional.of(types);
    }

    /** A link is seen by who may read its field and sees both records; it is written with the record that has the field. */
    private ObjectAccess links(ObjectType junction, ObjectType.Junction of) {
        ObjectType object = model.requireObject(of.object());
        ObjectAccess source = access(object);
        if (junction.hidden()
                || !(object.requireField(of.field()).type() instanceof FieldType.ManyToMany links)
                || !source.mayRead(of.field())) {
            return unknown(junction.name());
        }
        Expr linked = model.findObject(links.target())
                .map(target -> access(target).read())
                .orElse(Expr.FALSE);
        Expr read = Conditions.allOf(List.of(
                end(junction, FieldType.ManyToMany.SOURCE, object.name(), source.read()),
                end(
                        junction,
                        FieldType.ManyToMany.SOURCE,
                        object.name(),
                        source.conditions().getOrDefault(of.field(), Expr.TRUE)),
                end(junction, FieldType.ManyToMany.TARGET, links.target(), linked)));
        Map<String, FieldAccess> fields = new LinkedHashMap<>();
        junction.fields().keySet().forEach(name -> fields.put(name, FieldAccess.READ));
        return read.equals(Expr.FALSE)
                ? unknown(junction.name())
                : new ObjectAccess(
                        junction.name(), true, false, read, Expr.FALSE, Expr.FALSE, fields, Map.of(), Set.of());
    }

    private static Expr end(ObjectType junction, String name, String target, Expr condition) {
        return Conditions.overHops(condition, junction.name(), List.of(new Expr.Hop(name, target)));
    }

    /** What an object is that does not exist for its reader. */
    public static ObjectAccess unknown(String object) {
        return new ObjectAccess(object, false, false, Expr.FALSE, Expr.FALSE, Expr.FALSE, Map.of(), Map.of(), Set.of());
    }

    private List<AccessRestriction.Rules> rules(String object) {
        List<AccessRestriction.Rules> known = ruled.get(object);
        if (known == null) {
            known = restrictions.stream()
                    .flatMap(r -> r.forObject(object, holder, kernel).stream())
                    .toList();
            ruled.put(object, known);
        }
        return known;
    }

    private List<ObjectPermission> grants(String object) {
        return sets.stream().flatMap(s -> s.forObject(object).stream()).toList();
    }

    private static boolean mayReadObject(ObjectType object, List<ObjectPermission> grants) {
        return PlatformObjects.readByEverybody(object) || grants.stream().anyMatch(ObjectPermission::canRead);
    }

    /** Which records may be read. {@code visited} stops masters in a circle, which is a reported fault of the model. */
    private Expr read(ObjectType object, Set<String> visited) {
        List<ObjectPermission> grants = grants(object.name());
        if (!mayReadObject(object, grants) || !visited.add(object.name())) {
            return Expr.FALSE;
        }
        List<AccessRestriction.Rules> ruled = rules(object.name());
        if (!ruled.isEmpty()) {
            return Conditions.allOf(
                    ruled.stream().map(AccessRestriction.Rules::read).toList());
        }
        List<Expr> alternatives = new ArrayList<>();
        switch (object.baseline()) {
            case PUBLIC_READ, PUBLIC_READ_WRITE -> alternatives.add(Expr.TRUE);
            case PRIVATE -> alternatives.add(own(object));
            case CONTROLLED_BY_PARENT -> alternatives.add(asMaster(object, master -> read(master, visited)));
        }
        for (ObjectPermission grant : grants) {
            if (grant.canRead()) {
                alternatives.add(reach(object, grant.read(), false));
            }
        }
        return Conditions.anyOf(alternatives);
    }

    /** Which records may be changed, or deleted, before the right to read them is added. */
    private Expr edit(ObjectType object, boolean delete, Set<String> visited) {
        List<ObjectPermission> grants = grants(object.name()).stream()
                .filter(g -> delete ? g.canDelete() : g.canEdit())
                .toList();
        if (grants.isEmpty() || !visited.add(object.name())) {
            return Expr.FALSE;
        }
        List<Expr> alternatives = new ArrayList<>();
        switch (object.baseline()) {
            case PUBLIC_READ_WRITE -> alternatives.add(Expr.TRUE);
            case PRIVATE, PUBLIC_READ -> {}
            case CONTROLLED_BY_PARENT ->
                // To add, change or remove a part is to change the whole, so the master's right to be changed counts.
                alternatives.add(asMaster(object, master -> edit(master, false, visited)));
        }
        for (ObjectPermission grant : grants) {
            alternatives.add(reach(object, grant.edit(), true));
        }
        return Conditions.anyOf(alternatives);
    }

    private Expr asMaster(ObjectType object, java.util.function.Function<ObjectType, Expr> condition) {
        Optional<Field> via = object.masterField();
        if (via.isEmpty() || !(via.get().type() instanceof FieldType.MasterDetail link)) {
            return Expr.FALSE;
        }
        return model.findObject(link.target())
                .map(master -> Conditions.overHops(
                        condition.apply(master),
                        object.name(),
                        List.of(new Expr.Hop(via.get().name(), link.target()))))
                .orElse(Expr.FALSE);
    }

    private Expr reach(ObjectType object, RowScope scope, boolean edit) {
        // Who made a part of a whole he may no longer see has no claim on the part; see ADR 0007.
        boolean ownCounts = edit || object.baseline() != ObjectType.Baseline.CONTROLLED_BY_PARENT;
        Expr own = ownCounts ? own(object) : Expr.FALSE;
        return switch (scope) {
            case RowScope.Own ignored -> own;
            case RowScope.All ignored -> Expr.TRUE;
            case RowScope.Where where -> Expr.or(own, scopes.condition(object.name(), where.condition()));
        };
    }

    private static Expr own(ObjectType object) {
        return Expr.equal(
                new Expr.FieldRef(0, object.name(), List.of(), PlatformObjects.personField(object), USER),
                new Expr.Variable("me", USER));
    }

    /** A level, and the condition under which a cell's content may be read. */
    private record FieldRight(FieldAccess access, Expr condition) {
        static final FieldRight NONE = new FieldRight(FieldAccess.NONE, Expr.FALSE);
    }

    private FieldRight field(ObjectType object, Field field, Set<String> visited) {
        FieldAccess granted = granted(object, field);
        if (field.hidden() || granted == FieldAccess.NONE) {
            return FieldRight.NONE;
        }
        return secret(object, field, granted, visited);
    }

    private FieldRight secret(ObjectType object, Field field, FieldAccess granted, Set<String> visited) {
        List<Expr> conditions = new ArrayList<>();
        for (AccessRestriction.Rules rules : rules(object.name())) {
            // A part is as secret as its whole, whatever else is said of the part.
            Stream.of(field.name(), field.whole())
                    .distinct()
                    .map(rules.fieldConditions()::get)
                    .filter(Objects::nonNull)
                    .forEach(conditions::add);
        }
        if (field.type() instanceof FieldType.Formula) {
            if (!visited.add(object.name() + "/" + field.name())) {
                return FieldRight.NONE;
            }
            Optional<List<Expr>> inputs = inputs(object, field, visited);
            visited.remove(object.name() + "/" + field.name());
            if (inputs.isEmpty()) {
                return FieldRight.NONE;
            }
            conditions.addAll(inputs.get());
        }
        Expr condition = Conditions.allOf(conditions);
        return condition.equals(Expr.FALSE) ? FieldRight.NONE : new FieldRight(granted, condition);
    }

    /** Under which conditions a formula tells nothing that is hidden; absent where it always would. */
    private Optional<List<Expr>> inputs(ObjectType object, Field formula, Set<String> visited) {
        Optional<Expr> expression = scopes.formula(object.name(), formula);
        if (expression.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> conditions = new ArrayList<>();
        for (Expr.FieldRef input : Conditions.references(expression.get())) {
            ObjectType at = object;
            List<Expr.Hop> walked = new ArrayList<>();
            for (Expr.Hop hop : input.hops()) {
                if (!collect(object, walked, at, hop.lookup(), visited, conditions)) {
                    return Optional.empty();
                }
                Expr reference = new Expr.FieldRef(
                        0, object.name(), walked, hop.lookup(), new ValueType.Reference(hop.target()));
                walked.add(hop);
                at = model.requireObject(hop.target());
                // The stored value was computed with the record at the end of the hop, so that has to be visible too.
                Expr visible = Conditions.overHops(read(at, new HashSet<>()), object.name(), walked);
                conditions.add(Conditions.anyOf(List.of(visible, new Expr.IsNull(reference))));
            }
            if (!collect(object, walked, at, input.field(), visited, conditions)) {
                return Optional.empty();
            }
            if (isPartOf(formula, object, input) && input.type() instanceof ValueType.Reference part) {
                // It tells which object a record referred to is of, which is nobody's to know who may not see the
                // record.
                Expr visible = Conditions.overHops(
                        read(model.requireObject(part.target()), new HashSet<>()),
                        object.name(),
                        List.of(new Expr.Hop(input.field(), part.target())));
                conditions.add(Conditions.anyOf(List.of(visible, new Expr.IsNull(input))));
            }
        }
        return Optional.of(conditions);
    }

    private static boolean isPartOf(Field formula, ObjectType object, Expr.FieldRef input) {
        return input.hops().isEmpty()
                && object.findField(input.field())
                        .filter(part -> part.refersForAnother() && part.whole().equals(formula.name()))
                        .isPresent();
    }

    private boolean collect(
            ObjectType start,
            List<Expr.Hop> hops,
            ObjectType owner,
            String input,
            Set<String> visited,
            List<Expr> conditions) {
        Optional<Field> field = owner.findField(input);
        FieldAccess granted = field.map(f -> granted(owner, f)).orElse(FieldAccess.NONE);
        if (granted == FieldAccess.NONE) {
            return false;
        }
        // That a layer hides an input from the pages is no secrecy; permission sets alone decide here.
        FieldRight right = secret(owner, field.orElseThrow(), granted, visited);
        conditions.add(Conditions.overHops(right.condition(), start.name(), List.copyOf(hops)));
        return right.access() != FieldAccess.NONE;
    }

    /** The level that the sets give to the field or the whole it is a part of, lowered to what the field can take at all. */
    private FieldAccess granted(ObjectType object, Field field) {
        List<ObjectPermission> grants = grants(object.name());
        FieldAccess highest = FieldAccess.NONE;
        for (ObjectPermission grant : grants) {
            FieldAccess level = grant.fields().getOrDefault(field.whole(), grant.fieldDefault());
            highest = level.compareTo(highest) > 0 ? level : highest;
        }
        if (field.system()) {
            // A record without its id or owner is none, so these come with the object.
            boolean transferable = field.name().equals(SystemField.OWNER) && highest == FieldAccess.EDIT;
            return transferable ? FieldAccess.EDIT : FieldAccess.READ;
        }
        if (highest == FieldAccess.NONE && PlatformObjects.readByEverybody(object, field)) {
            highest = FieldAccess.READ;
        }
        boolean computed = switch (field.type()) {
            case FieldType.AutoNumber a -> true;
            case FieldType.Formula f -> true;
            case FieldType.RollUp r -> true;
            case FieldType.Derived d -> true;
            case FieldType.Text t -> false;
            case FieldType.WholeNumber n -> false;
            case FieldType.DecimalNumber n -> false;
            case FieldType.Bool b -> false;
            case FieldType.DateOnly d -> false;
            case FieldType.DateTime d -> false;
            case FieldType.TimeOfDay d -> false;
            case FieldType.MultiPicklist d -> false;
            case FieldType.RichText d -> false;
            case FieldType.Json d -> false;
            case FieldType.EncryptedText d -> false;
            case FieldType.Picklist p -> false;
            case FieldType.File f -> false;
            case FieldType.Lookup l -> false;
            case FieldType.MasterDetail m -> false;
            case FieldType.ManyToMany m -> false;
        };
        return highest == FieldAccess.EDIT && (computed || field.readOnly()) ? FieldAccess.READ : highest;
    }
}
