package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.PropertyType;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Provenance.Contribution;
import dev.tenon.sdk.error.Suggestions;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks that everything that effective elements refer to is there and fits. */
final class References {

    private final EffectiveElements elements;
    private final ObjectFields fields;
    private final RecordTypeChecks recordTypes;
    private final List<Problem> problems;

    private References(EffectiveElements elements, ObjectFields fields, List<Problem> problems) {
        this.elements = elements;
        this.fields = fields;
        this.problems = problems;
        this.recordTypes = new RecordTypeChecks(elements, fields, new Findings(problems));
    }

    /** Adds everything about a tree's elements that does not hold. */
    static void check(ElementTree tree, EffectiveElements elements, ObjectFields fields, List<Problem> problems) {
        References references = new References(elements, fields, problems);
        // What only an earlier version had is not in force; only its data is.
        tree.elements().values().stream().filter(e -> !e.retired()).forEach(references::element);
    }

    private void element(EffectiveElement e) {
        String object = e.key().name().contains("/")
                ? e.key().name().substring(0, e.key().name().indexOf('/'))
                : e.key().name();
        switch (e.key().type()) {
            case ElementTypes.OBJECT -> {
                key(e, "titleField", object, e.text("titleField"));
                recordTypes.object(e);
            }
            case ElementTypes.RECORD_TYPE -> recordTypes.type(e, object);
            case ElementTypes.UNIQUE_KEY -> e.texts("fields").forEach(f -> key(e, "fields", object, f));
            case ElementTypes.RULE -> field(e, "field", object, e.text("field"));
            case ElementTypes.DUPLICATE_RULE -> MatchParts.check(this, fields, e, object);
            case ElementTypes.VIEW -> {
                paths(e, "columns", object);
                e.texts("sort")
                        .forEach(s -> path(e, "sort", object, s.startsWith("-") ? s.substring(1) : s)
                                .ifPresent(f -> comparable(e, "sort", f, FieldProperties.UNORDERED)));
            }
            case ElementTypes.SECTION -> mentioned(e, "fields").forEach(f -> whole(e, "fields", object, f));
            case ElementTypes.RELATED -> related(e, object);
            case ElementTypes.OBJECT_PERMISSION -> objectPermission(e);
            case ElementTypes.APPROVAL -> approval(e);
            case ElementTypes.STEP -> step(e);
            case ElementTypes.POLICY -> reference(e, "process", ElementTypes.APPROVAL, e.text("process"));
            case ElementTypes.APP ->
                mentioned(e, "objects").forEach(o -> reference(e, "objects", ElementTypes.OBJECT, o));
            default -> {}
        }
    }

    private void related(EffectiveElement e, String object) {
        String other = e.text("object");
        if (!reference(e, "object", ElementTypes.OBJECT, other) || other == null) {
            return;
        }
        String via = e.text("via");
        if (field(e, "via", other, via) && via != null) {
            boolean fits = fields.find(other, via)
                    .filter(f -> object.equals(f.target()) || object.equals(f.linked()))
                    .isPresent();
            if (!fits) {
                report(e, "via", MetadataError.RELATED_VIA, Map.of("via", via, "other", other, "object", object));
            }
        }
        paths(e, "columns", other);
    }

    private void objectPermission(EffectiveElement e) {
        String object = e.localName();
        if (!fields.hasObject(object)) {
            unknown(e, null, ElementTypes.OBJECT, object, fields.objects());
            return;
        }
        e.properties().keySet().stream()
                .filter(name -> name.startsWith("fields."))
                .forEach(name -> whole(e, name, object, name.substring("fields.".length())));
        List<String> actions = elements.children(ObjectFields.key(object), ElementTypes.ACTION).stream()
                .map(EffectiveElement::localName)
                .toList();
        mentioned(e, "actions").stream()
                .filter(a -> !actions.contains(a))
                .forEach(a -> unknown(e, "actions", ElementTypes.ACTION, a, actions));
        recordTypes.named(e, object);
        mentioned(e, "reveal").forEach(name -> {
            if (field(e, "reveal", object, name)) {
                fields.find(object, name)
                        .filter(f -> !f.type().equals(FieldProperties.ENCRYPTED))
                        .ifPresent(f -> report(
                                e,
                                "reveal",
                                MetadataError.REVEAL_NOT_ENCRYPTED,
                                Map.of("field", name, "type", f.type())));
            }
        });
    }

    private void approval(EffectiveElement e) {
        String object = e.text("object");
        mentioned(e, "submitters").forEach(s -> reference(e, "submitters", ElementTypes.PERMISSION_SET, s));
        if (!reference(e, "object", ElementTypes.OBJECT, object) || object == null) {
            return;
        }
        recordTypes.named(e, object);
        e.properties().keySet().stream()
                .filter(name -> name.startsWith("onOutcome."))
                .forEach(name -> {
                    String target = name.substring(name.lastIndexOf('.') + 1);
                    if (field(e, name, object, target)
                            && fields.find(object, target)
                                    .filter(f -> f.isComputed() || f.element() == null)
                                    .isPresent()) {
                        report(e, name, MetadataError.FIELD_COMPUTED, Map.of("field", target, "object", object));
                    }
                });
    }

    private void step(EffectiveElement e) {
        Optional<EffectiveElement> process = e.type().parentOf(e.key()).flatMap(elements::find);
        String object = process.map(p -> p.text("object")).orElse(null);
        if (!(e.value("approvers") instanceof List<?> approvers) || object == null || !fields.hasObject(object)) {
            return;
        }
        for (Object approver : approvers) {
            if (approver instanceof Map<?, ?> map) {
                if (map.get("holdersOf") instanceof String set) {
                    reference(e, "approvers", ElementTypes.PERMISSION_SET, set);
                }
                if (map.get("field") instanceof String path) {
                    path(e, "approvers", object, path).ifPresent(found -> {
                        if (!ObjectFields.USER.equals(found.target())) {
                            report(e, "approvers", MetadataError.APPROVER_NOT_USER, Map.of("path", path));
                        }
                    });
                }
            }
        }
    }

    private void paths(EffectiveElement e, String property, String object) {
        mentioned(e, property).forEach(path -> path(e, property, object, path));
    }

    /** Entries of the list in force, and what edits of it mention. */
    static Set<String> mentioned(EffectiveElement e, String property) {
        Set<String> names = new HashSet<>(e.texts(property));
        PropertyType type = e.type().findProperty(property).orElseThrow();
        EffectiveElement.Effective effective = e.properties().get(property);
        if (effective != null) {
            for (Contribution contribution : effective.chain()) {
                if (ListMerge.isEdit(contribution.value())) {
                    names.addAll(ListMerge.mentioned(type, contribution.value()));
                }
            }
        }
        return names;
    }

    private Optional<ObjectFields.FieldFact> path(EffectiveElement e, String property, String object, String path) {
        return switch (fields.path(object, path)) {
            case ObjectFields.Path.Found found -> Optional.of(found.field());
            case ObjectFields.Path.Unknown unknown -> {
                report(
                        e,
                        property,
                        MetadataError.PATH_UNKNOWN,
                        Map.of(
                                "path", path,
                                "part", unknown.part(),
                                "object", unknown.object(),
                                "suggestion", Suggestions.nearestOrSome(unknown.part(), unknown.known())));
                yield Optional.empty();
            }
            case ObjectFields.Path.NoLookup none -> {
                report(
                        e,
                        property,
                        MetadataError.PATH_NOT_LOOKUP,
                        Map.of("path", path, "part", none.part(), "object", none.object()));
                yield Optional.empty();
            }
        };
    }

    /** A field whose values name or tell apart records: neither lists nor JSON nor formatted text do. */
    private void key(EffectiveElement e, String property, String object, @Nullable String name) {
        if (name != null && stored(e, property, object, name)) {
            fields.find(object, name).ifPresent(f -> comparable(e, property, f, FieldProperties.NO_KEYS));
        }
    }

    private void comparable(EffectiveElement e, String property, ObjectFields.FieldFact found, Set<String> refused) {
        if (refused.contains(found.type())) {
            report(
                    e,
                    property,
                    MetadataError.FIELD_NOT_COMPARABLE,
                    Map.of("field", found.name(), "type", found.type()));
        }
    }

    private boolean field(EffectiveElement e, String property, String object, @Nullable String name) {
        if (name == null || fields.find(object, name).isPresent()) {
            return true;
        }
        unknown(e, property, ElementTypes.FIELD, name, fields.names(object));
        return false;
    }

    /** A field that a part cannot stand for: layouts and rights go with the whole. */
    private void whole(EffectiveElement e, String property, String object, String name) {
        if (field(e, property, object, name)) {
            fields.find(object, name)
                    .map(ObjectFields.FieldFact::whole)
                    .ifPresent(whole ->
                            report(e, property, MetadataError.PART_NOT_ALONE, Map.of("part", name, "whole", whole)));
        }
    }

    /** Whether it is a field that has a column. */
    boolean stored(EffectiveElement e, String property, String object, String name) {
        if (!field(e, property, object, name)) {
            return false;
        }
        boolean derived = fields.find(object, name)
                .filter(ObjectFields.FieldFact::isDerived)
                .isPresent();
        if (derived) {
            List<String> others = fields.names(object).stream()
                    .filter(other -> other.startsWith(name) && !other.equals(name))
                    .toList();
            report(
                    e,
                    property,
                    MetadataError.FIELD_DERIVED,
                    Map.of(
                            "field",
                            name,
                            "object",
                            object,
                            "suggestion",
                            others.isEmpty() ? "-" : String.join(", ", others)));
        }
        return !derived;
    }

    private boolean reference(EffectiveElement e, String property, String type, @Nullable String name) {
        if (name == null || elements.contains(new ElementKey(type, name))) {
            return true;
        }
        unknown(
                e,
                property,
                type,
                name,
                elements.ofType(type).stream().map(t -> t.key().name()).toList());
        return false;
    }

    private void unknown(EffectiveElement e, @Nullable String property, String kind, String name, List<String> known) {
        report(
                e,
                property,
                MetadataError.REFERENCE_UNKNOWN,
                Map.of("kind", kind, "name", name, "suggestion", Suggestions.nearestOrSome(name, known)));
    }

    void report(EffectiveElement e, @Nullable String property, MetadataError code, Map<String, Object> args) {
        problems.add(
                property == null
                        ? Problem.at(e.source(), code, args).about(e.key())
                        : Problem.at(e.sourceOf(property), code, args).about(e.key(), property));
    }
}
