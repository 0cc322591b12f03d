package dev.tenon.expression;

import dev.tenon.metadata.model.Declared;
import dev.tenon.metadata.model.FieldType;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;

/**
 * Names an expression may use.
 *
 * @param model objects and fields
 * @param object the object whose fields are bare names; absent where there is no record
 * @param variables further names with their types
 * @param readable decides for (object, field) whether the author may use it; a field that may not be used is reported
 *     exactly as one that does not exist
 * @param asked the expression is part of a question to the database, which alone can tell fields that no record keeps
 * @param aliases further names for fields of the object; such a name hides a field that is called so
 */
public record Scope(
        Declared model,
        Optional<String> object,
        Map<String, ValueType> variables,
        BiPredicate<String, String> readable,
        boolean asked,
        Map<String, String> aliases) {

    /** The current user's time zone, the one variable that stands for a zone. */
    public static final String ZONE = "me.zone";

    /** The permission sets that the current user has; told only where that user is the one who asks. */
    public static final String PERMISSION_SETS = "me.permissionSets";

    /** Names that exist in every scope: {@code me}, {@code now}, {@code today} and what is known of the current user. */
    public static final Map<String, ValueType> STANDARD_VARIABLES = Map.of(
            "me",
            new ValueType.Reference("sys__User"),
            "me.name",
            ValueType.Simple.TEXT,
            "me.locale",
            ValueType.Simple.TEXT,
            ZONE,
            ValueType.Simple.TEXT,
            PERMISSION_SETS,
            new ValueType.ListOf(ValueType.Simple.TEXT),
            "now",
            ValueType.Simple.DATE_TIME,
            "today",
            ValueType.Simple.DATE);

    public Scope {
        variables = Map.copyOf(variables);
        aliases = Map.copyOf(aliases);
    }

    /** The names of a question. */
    public Scope(
            Declared model,
            Optional<String> object,
            Map<String, ValueType> variables,
            BiPredicate<String, String> readable) {
        this(model, object, variables, readable, true, Map.of());
    }

    /** The scope of a formula, rule or condition of an object: all its fields; settings as {@code settings.<name>}. */
    public static Scope of(Declared model, String object) {
        return new Scope(model, Optional.of(object), Map.of(), (o, f) -> true, false, Map.of());
    }

    /** The scope of a filter of an object's lists. */
    public static Scope ofFilter(Declared model, String object) {
        return new Scope(model, Optional.of(object), Map.of(), (o, f) -> true);
    }

    /** The scope of the condition on what a reference may be given. */
    public static Scope ofCandidates(Declared model, String object, String reference) {
        return new Scope(
                model,
                Optional.of(object),
                Map.of(),
                (o, f) -> true,
                false,
                Map.of(FieldType.Candidates.NAME, reference));
    }
}
