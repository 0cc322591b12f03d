package dev.tenon.web.model;

import dev.tenon.access.ObjectAccess;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.error.Suggestions;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All objects that one caller may know, by name. Immutable; equal for callers with equal rights on an equal model. */
public record VisibleModel(Model model, Map<String, VisibleObject> objects) {

    public VisibleModel {
        objects = Collections.unmodifiableMap(new LinkedHashMap<>(objects));
    }

    /** The model of the session within the rights of its identity. */
    public static VisibleModel of(RecordSession session) {
        Model model = session.model();
        Map<String, ObjectAccess> rights = new LinkedHashMap<>();
        Set<String> junctions = new HashSet<>();
        for (ObjectType type : model.objects().values()) {
            if (type.hidden()) {
                continue;
            }
            try {
                ObjectAccess access = session.access(type.name());
                if (access.describable() && type.junction().isPresent()) {
                    junctions.add(type.name());
                } else if (access.describable()) {
                    rights.put(type.name(), access);
                }
            } catch (PlatformException refused) {
                if (refused.code() != RecordsError.UNKNOWN_OBJECT) {
                    throw refused;
                }
            }
        }
        Map<String, Map<String, Field>> fields = new LinkedHashMap<>();
        rights.forEach(
                (object, access) -> fields.put(object, readable(model.requireObject(object), access, rights.keySet())));
        Map<String, Map<String, VisibleObject.Collection>> children = new LinkedHashMap<>();
        fields.forEach((object, own) -> own.values()
                .forEach(field -> VisibleObject.target(field)
                        .filter(rights::containsKey)
                        .ifPresent(target -> {
                            String name = object + "_" + field.name();
                            children.computeIfAbsent(target, t -> new LinkedHashMap<>())
                                    .put(
                                            name,
                                            new VisibleObject.Collection(name, object, field.name(), Optional.empty()));
                        })));
        Map<String, Map<String, Field>> links = new LinkedHashMap<>();
        rights.forEach((object, access) -> model.requireObject(object).fields().values().stream()
                .filter(field -> !field.hidden() && access.mayRead(field.name()))
                .forEach(field -> {
                    if (field.type() instanceof ManyToMany many && junctions.contains(many.junction())) {
                        links.computeIfAbsent(object, o -> new LinkedHashMap<>())
                                .put(field.name(), field);
                        linked(object, field.name(), many, children);
                    }
                }));
        Map<String, VisibleObject> objects = new LinkedHashMap<>();
        rights.forEach((object, access) -> objects.put(
                object,
                new VisibleObject(
                        model.requireObject(object),
                        access,
                        fields.getOrDefault(object, Map.of()),
                        links.getOrDefault(object, Map.of()),
                        children.getOrDefault(object, Map.of()))));
        return new VisibleModel(model, objects);
    }

    /** A collection on both sides, where there are records on the other one. */
    private static void linked(
            String object, String field, ManyToMany many, Map<String, Map<String, VisibleObject.Collection>> children) {
        children.computeIfAbsent(object, o -> new LinkedHashMap<>())
                .put(
                        field,
                        new VisibleObject.Collection(
                                field,
                                many.target(),
                                ManyToMany.SOURCE,
                                Optional.of(
                                        new VisibleObject.Links(many.junction(), ManyToMany.TARGET, field, false))));
        children.computeIfAbsent(many.target(), o -> new LinkedHashMap<>())
                .put(
                        many.junction(),
                        new VisibleObject.Collection(
                                many.junction(),
                                object,
                                ManyToMany.TARGET,
                                Optional.of(new VisibleObject.Links(many.junction(), ManyToMany.SOURCE, field, true))));
    }

    /** @param known the objects that the caller may know; a lookup to several names no other */
    private static Map<String, Field> readable(ObjectType type, ObjectAccess access, Set<String> known) {
        Map<String, Field> readable = new LinkedHashMap<>();
        type.fields().forEach((name, field) -> {
            boolean unknown = field.refersForAnother()
                    && VisibleObject.target(field).filter(known::contains).isEmpty();
            boolean linking = field.type() instanceof ManyToMany;
            if (!unknown && !linking && !VisibleObject.isKey(name) && !field.hidden() && access.mayRead(name)) {
                readable.put(name, told(type, field, known));
            }
        });
        return readable;
    }

    private static Field told(ObjectType type, Field field, Set<String> known) {
        boolean several = type.partsOf(field.name()).stream().anyMatch(Field::refersForAnother);
        return several
                        && field.type() instanceof FieldType.Formula(FieldType result, ExpressionText expression)
                        && result instanceof FieldType.Picklist objects
                ? field.withType(new FieldType.Formula(
                        new FieldType.Picklist(objects.values().stream()
                                .filter(value -> known.contains(value.key()))
                                .toList()),
                        expression))
                : field;
    }

    /** Throws {@code records.unknown-object}, also for an object that exists but is not for this caller. */
    public VisibleObject require(String object) {
        VisibleObject found = objects.get(object);
        if (found == null) {
            throw RecordsError.UNKNOWN_OBJECT
                    .error()
                    .with("object", object)
                    .with("suggestion", Suggestions.nearest(object, objects.keySet()))
                    .build();
        }
        return found;
    }
}
