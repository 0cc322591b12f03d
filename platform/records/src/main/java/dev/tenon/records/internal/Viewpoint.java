package dev.tenon.records.internal;

import dev.tenon.access.AccessKernel;
import dev.tenon.access.Identity;
import dev.tenon.access.ObjectAccess;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Scope;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.Setting;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One identity before one compiled model at one time: what it may name, and the values of the standard variables. */
final class Viewpoint {

    private static final String SETTINGS = "settings.";

    private final CheckedModel compiled;
    private final Identity identity;
    private final Instant now;
    private final SealedFields sealed;
    private final Map<String, @Nullable Object> parameters;
    /** One request asks for the same few objects again and again. */
    private final Map<String, ObjectAccess> known = new HashMap<>();

    Viewpoint(CheckedModel compiled, Identity identity, Instant now, SealedFields sealed) {
        this(compiled, identity, now, sealed, Map.of());
    }

    private Viewpoint(
            CheckedModel compiled,
            Identity identity,
            Instant now,
            SealedFields sealed,
            Map<String, @Nullable Object> parameters) {
        this.sealed = sealed;
        this.compiled = compiled;
        this.identity = identity;
        this.now = now.truncatedTo(ChronoUnit.MICROS);
        this.parameters = parameters;
    }

    /** The same with values for a query's own variables. They never stand in for {@code me} and its like. */
    Viewpoint with(Map<String, @Nullable Object> values) {
        return new Viewpoint(compiled, identity, now, sealed, values);
    }

    CheckedModel compiled() {
        return compiled;
    }

    Model model() {
        return compiled.model();
    }

    AccessKernel kernel() {
        return compiled.access();
    }

    Identity identity() {
        return identity;
    }

    Instant now() {
        return now;
    }

    SealedFields sealed() {
        return sealed;
    }

    /** The value of a record's field as the identity is shown it. */
    @Nullable
    Object shown(String object, Field field, UUID id, @Nullable Object stored) {
        return SealedFields.type(field).isEmpty()
                ? stored
                : sealed.shown(
                        object, field, id, stored, access(object).revealed().contains(field.name()));
    }

    boolean isSystem() {
        return identity.kind() == Identity.Kind.SYSTEM;
    }

    ObjectAccess access(String object) {
        ObjectAccess access = known.get(object);
        if (access == null) {
            access = compiled.access().access(identity, object);
            known.put(object, access);
        }
        return access;
    }

    /** The rights on an object that exists for the identity. */
    ObjectAccess requireAccess(String object) {
        ObjectAccess access = access(object);
        if (!access.describable()) {
            throw RecordsError.UNKNOWN_OBJECT
                    .error()
                    .with("object", object)
                    .with(
                            "suggestion",
                            Suggestions.nearest(
                                    object,
                                    model().objects().keySet().stream()
                                            .filter(o -> access(o).describable())
                                            .toList()))
                    .build();
        }
        return access;
    }

    /** A field that the identity may read; a hidden one fails exactly as one that does not exist. */
    Field requireReadable(String object, String field) {
        Optional<Field> found = model().findObject(object).flatMap(o -> o.findField(field));
        ObjectAccess access = access(object);
        if (found.isEmpty() || !access.mayRead(field)) {
            throw unknownField(object, field);
        }
        return found.get();
    }

    PlatformException unknownField(String object, String field) {
        ObjectAccess access = access(object);
        List<String> readable = model().requireObject(object).fields().keySet().stream()
                .filter(access::mayRead)
                .toList();
        return RecordsError.UNKNOWN_FIELD
                .error()
                .with("object", object)
                .with("field", field)
                .with("suggestion", Suggestions.nearest(field, readable))
                .build();
    }

    /** The names that the identity's own expressions about the object may use. */
    Scope scope(String object) {
        requireAccess(object);
        return new Scope(
                model(),
                Optional.of(object),
                Map.of(),
                (owner, field) -> access(owner).mayRead(field));
    }

    ObjectType type(String object) {
        return model().requireObject(object);
    }

    /** The value of a standard variable, a setting or a parameter. */
    @Nullable
    Object variable(String name) {
        return switch (name) {
            case "me" -> identity.user().id();
            case "me.name" -> identity.user().name();
            case "me.locale" -> identity.user().locale().toLanguageTag();
            case Scope.ZONE -> identity.user().zone().getId();
            case Scope.PERMISSION_SETS -> List.copyOf(identity.permissionSets());
            case "now" -> now;
            case "today" -> today();
            default -> name.startsWith(SETTINGS) ? setting(name.substring(SETTINGS.length())) : parameters.get(name);
        };
    }

    LocalDate today() {
        return now.atZone(identity.user().zone()).toLocalDate();
    }

    /** Whether a query's variable may not have this name. */
    static boolean reserved(String name) {
        return Scope.STANDARD_VARIABLES.containsKey(name) || name.startsWith(SETTINGS) || name.equals("settings");
    }

    private @Nullable Object setting(String name) {
        Setting setting = model().settings().get(name);
        return setting == null ? null : setting.value();
    }

    /** Values of all variables that the expressions use. */
    Map<String, @Nullable Object> variables(Iterable<Expr> expressions) {
        Map<String, @Nullable Object> values = new TreeMap<>();
        for (Expr expr : expressions) {
            if (PlanParts.isPlain(expr)) {
                continue;
            }
            dev.tenon.expression.ExprDependencies.of(expr)
                    .variables()
                    .forEach(name -> values.put(name, variable(name)));
        }
        return values;
    }
}
