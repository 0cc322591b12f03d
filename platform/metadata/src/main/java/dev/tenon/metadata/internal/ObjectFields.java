package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.SystemField;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Fields of every object by name, the platform's own included. */
final class ObjectFields {

    static final String USER = "sys__User";

    /**
     * @param target object that it refers to, null when it is no reference
     * @param element null for the platform's own fields; of a part that of its whole
     * @param whole the field that it is a part of, null when it is none
     */
    record FieldFact(
            String name,
            String type,
            @Nullable String target,
            @Nullable EffectiveElement element,
            @Nullable String whole) {

        private static final Set<String> STORED_RESULTS = Set.of("formula", "rollUp", "autoNumber");

        /** What their parts say. */
        private static final Set<String> DERIVED = Set.of(
                "converted",
                CompoundFields.ADDRESS,
                CompoundFields.GEOLOCATION,
                PolymorphicLookups.TYPE,
                FieldProperties.LINKS);

        /** The object whose records a many-to-many field links; null for other fields. */
        @Nullable
        String linked() {
            return element != null && type.equals(FieldProperties.LINKS) ? element.text("target") : null;
        }

        boolean isReference() {
            return target != null;
        }

        /** The type of what it holds: a formula's result. */
        String valueType() {
            if (element != null && type.equals("formula") && element.value("result") instanceof Map<?, ?> result) {
                return String.valueOf(result.get("type"));
            }
            return type;
        }

        boolean isComputed() {
            return STORED_RESULTS.contains(type) || isDerived();
        }

        /** Whether others say it, so that it is no key and nothing to take together. */
        boolean isDerived() {
            return DERIVED.contains(type);
        }
    }

    private final EffectiveElements elements;
    private final Map<String, Map<String, FieldFact>> known;

    ObjectFields(EffectiveElements elements) {
        this(elements, new HashMap<>());
    }

    private ObjectFields(EffectiveElements elements, Map<String, Map<String, FieldFact>> known) {
        this.elements = elements;
        this.known = known;
    }

    /** The same fields, asked of these elements: they note who asks. */
    ObjectFields askedOf(EffectiveElements noting) {
        return new ObjectFields(noting, known);
    }

    private Map<String, FieldFact> of(String name) {
        return elements.find(key(name))
                .map(object -> known.computeIfAbsent(name, n -> facts(object)))
                .orElse(Map.of());
    }

    private Map<String, FieldFact> facts(EffectiveElement object) {
        Map<String, FieldFact> fields = new LinkedHashMap<>();
        for (EffectiveElement field : elements.children(object.key(), ElementTypes.FIELD)) {
            String type = PolymorphicLookups.is(field) ? PolymorphicLookups.TYPE : String.valueOf(field.value("type"));
            boolean reference = type.equals("lookup") || type.equals("masterDetail");
            fields.put(
                    field.localName(),
                    new FieldFact(field.localName(), type, reference ? field.text("target") : null, field, null));
            Map<String, String> targets = PolymorphicLookups.parts(field);
            CompoundFields.parts(field)
                    .forEach((name, partType) -> fields.put(
                            name, new FieldFact(name, partType, targets.get(name), field, field.localName())));
        }
        if (!elements.children(object.key(), ElementTypes.RECORD_TYPE).isEmpty()) {
            system(fields, SystemField.RECORD_TYPE, "picklist", null);
        }
        system(fields, SystemField.ID, "text", null);
        system(fields, SystemField.VERSION, "integer", null);
        system(fields, SystemField.OWNER, "lookup", USER);
        system(fields, SystemField.CREATED_AT, "dateTime", null);
        system(fields, SystemField.CREATED_BY, "lookup", USER);
        system(fields, SystemField.UPDATED_AT, "dateTime", null);
        system(fields, SystemField.UPDATED_BY, "lookup", USER);
        return fields;
    }

    private static void system(Map<String, FieldFact> fields, String name, String type, @Nullable String target) {
        fields.put(name, new FieldFact(name, type, target, null, null));
    }

    boolean hasObject(String object) {
        return elements.contains(key(object));
    }

    List<String> objects() {
        return elements.ofType(ElementTypes.OBJECT).stream()
                .map(object -> object.key().name())
                .toList();
    }

    Optional<FieldFact> find(String object, String field) {
        return Optional.ofNullable(of(object).get(field));
    }

    List<String> names(String object) {
        return List.copyOf(of(object).keySet());
    }

    /** What a path over lookups leads to. */
    sealed interface Path {
        record Found(FieldFact field) implements Path {}

        /** {@code part} is no field of {@code object}. */
        record Unknown(String object, String part, List<String> known) implements Path {}

        /** {@code part} of {@code object} is not a lookup, so nothing can follow it. */
        record NoLookup(String object, String part) implements Path {}
    }

    Path path(String object, String path) {
        String at = object;
        List<String> parts = List.of(path.split("\\.", -1));
        for (int i = 0; i < parts.size(); i++) {
            Optional<FieldFact> field = find(at, parts.get(i));
            if (field.isEmpty()) {
                return new Path.Unknown(at, parts.get(i), names(at));
            }
            if (i == parts.size() - 1) {
                return new Path.Found(field.get());
            }
            String target = field.get().target();
            if (target == null) {
                return new Path.NoLookup(at, parts.get(i));
            }
            at = target;
        }
        throw new IllegalStateException("empty path");
    }

    /** The masterDetail fields of an object that are in use. */
    List<FieldFact> masters(String object) {
        List<FieldFact> masters = new ArrayList<>();
        of(object).values().forEach(f -> {
            EffectiveElement element = f.element();
            if (f.type().equals("masterDetail") && element != null && !element.retired()) {
                masters.add(f);
            }
        });
        return masters;
    }

    static ElementKey key(String object) {
        return new ElementKey(ElementTypes.OBJECT, object);
    }
}
