package dev.tenon.metadata.internal;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.FieldType.ManyToMany;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The objects behind many-to-many fields: a link is a part of both of its records, so it goes and comes back with either
 * of them. No layer declares one; it comes and goes with its field.
 */
final class Junctions {

    private Junctions() {}

    /** The junctions of an object's fields. */
    static Stream<ObjectType> of(ObjectType object) {
        return object.fields().values().stream()
                .filter(field -> field.type() instanceof ManyToMany)
                .map(field -> junction(object, field, (ManyToMany) field.type()));
    }

    private static ObjectType junction(ObjectType object, Field field, ManyToMany links) {
        Map<String, Field> fields = new LinkedHashMap<>();
        fields.put(ManyToMany.SOURCE, end(ManyToMany.SOURCE, field.origin(), object.label(), object.name()));
        fields.put(ManyToMany.TARGET, end(ManyToMany.TARGET, field.origin(), field.label(), links.target()));
        SystemFields.ALL.forEach(f -> fields.put(f.name(), f));
        return new ObjectType(
                links.junction(),
                field.origin(),
                field.label(),
                field.label(),
                SystemField.ID,
                ObjectType.Baseline.PRIVATE,
                object.hidden() || field.hidden(),
                fields,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Layout(List.of(), List.of()),
                List.of(new ObjectType.UniqueKey("link", List.of(ManyToMany.SOURCE, ManyToMany.TARGET), false)),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.of(new ObjectType.Junction(object.name(), field.name())));
    }

    private static Field end(String name, String origin, Label label, String target) {
        return new Field(
                name,
                origin,
                label,
                new FieldType.MasterDetail(target),
                true,
                false,
                Optional.empty(),
                Optional.empty(),
                true,
                false,
                false);
    }
}
