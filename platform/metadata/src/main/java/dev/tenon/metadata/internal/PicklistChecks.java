package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.internal.ObjectFields.FieldFact;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.FieldType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Checks picklists: their values, status models, and what other fields allow. */
final class PicklistChecks {

    private final EffectiveElements elements;
    private final ObjectFields fields;
    private final Findings found;

    PicklistChecks(EffectiveElements elements, ObjectFields fields, Findings found) {
        this.elements = elements;
        this.fields = fields;
        this.found = found;
    }

    void check(EffectiveElement object, EffectiveElement field) {
        values(field);
        transitions(field);
        dependence(object, field);
    }

    /** That there are values to choose from. */
    void values(EffectiveElement field) {
        String set = field.text("valueSet");
        if (set != null && !elements.contains(new ElementKey(ElementTypes.VALUE_SET, set))) {
            found.unknown(
                    field,
                    "valueSet",
                    ElementTypes.VALUE_SET,
                    List.of(set),
                    elements.ofType(ElementTypes.VALUE_SET).stream()
                            .map(other -> other.key().name())
                            .toList());
            return;
        }
        if (set != null && field.text("codes") != null) {
            found.report(field, "valueSet", MetadataError.KEY_NOT_FOR_TYPE, Map.of("key", "valueSet", "type", "codes"));
        }
        boolean none = field.text("codes") == null
                && PicklistValues.of(elements, field).stream().noneMatch(v -> PicklistValues.inForce(elements, v));
        if (none) {
            found.report(field, "type", MetadataError.PICKLIST_EMPTY, Map.of("field", field.localName()));
        }
    }

    /** A set that fields and parameters have cannot be taken from the people who use them. */
    static void hiddenSets(EffectiveElements elements, Findings found) {
        for (EffectiveElement set : elements.ofType(ElementTypes.VALUE_SET)) {
            List<String> users = set.flag("hidden")
                    ? elements.ofValueSets()
                            .filter(user -> set.key().name().equals(user.text("valueSet")))
                            .map(field -> field.key().name())
                            .toList()
                    : List.of();
            if (!users.isEmpty()) {
                found.report(
                        set,
                        "hidden",
                        MetadataError.VALUE_SET_IN_USE,
                        Map.of("set", set.key().name(), "fields", String.join(", ", users)));
            }
        }
    }

    /** Every value that a status model names has to be one of the field's. */
    private void transitions(EffectiveElement field) {
        List<String> known = keys(field);
        for (String property : field.properties().keySet()) {
            Set<String> named = new LinkedHashSet<>();
            if (property.startsWith(FieldProperties.TRANSITIONS)) {
                named.add(property.substring(FieldProperties.TRANSITIONS.length()));
                named.addAll(References.mentioned(field, property));
            } else if (property.equals("initial")) {
                named.addAll(References.mentioned(field, property));
            }
            found.unknown(field, property, ElementTypes.VALUE, named, known);
        }
    }

    /** The other field has to be one whose values are known, and all values that are named have to be there. */
    private void dependence(EffectiveElement object, EffectiveElement field) {
        String other = field.text("dependsOn");
        List<String> entries = field.properties().keySet().stream()
                .filter(name -> name.startsWith(FieldProperties.ALLOWED))
                .toList();
        if (other == null) {
            entries.stream()
                    .filter(entry -> field.value(entry) != null)
                    .findFirst()
                    .ifPresent(entry -> found.report(
                            field, entry, MetadataError.DEPENDENCE_MISSING, Map.of("field", field.localName())));
            return;
        }
        Optional<FieldFact> controller = fields.find(object.key().name(), other);
        if (controller.isEmpty()) {
            found.unknown(
                    field,
                    "dependsOn",
                    ElementTypes.FIELD,
                    List.of(other),
                    fields.names(object.key().name()));
            return;
        }
        List<String> controlling = controlling(controller.get());
        if (controlling.isEmpty() || dependsOnItself(object.key().name(), field.localName())) {
            found.report(
                    field,
                    "dependsOn",
                    MetadataError.DEPENDENCE_FIELD,
                    Map.of("field", field.localName(), "other", other));
            return;
        }
        List<String> own = keys(field);
        for (String entry : entries) {
            found.unknown(
                    field,
                    entry,
                    ElementTypes.VALUE,
                    List.of(entry.substring(FieldProperties.ALLOWED.length())),
                    controlling);
            found.unknown(field, entry, ElementTypes.VALUE, References.mentioned(field, entry), own);
        }
    }

    private boolean dependsOnItself(String object, String name) {
        Set<String> seen = new LinkedHashSet<>();
        String at = name;
        while (at != null && seen.add(at)) {
            at = fields.find(object, at)
                    .map(FieldFact::element)
                    .map(element -> element.text("dependsOn"))
                    .orElse(null);
        }
        return name.equals(at);
    }

    /** The values of a field that others may depend on; none of another field. */
    private List<String> controlling(FieldFact field) {
        EffectiveElement element = field.element();
        return switch (field.type()) {
            case "boolean" -> List.of("true", "false");
            case "picklist" -> element == null ? List.of() : keys(element);
            default -> List.of();
        };
    }

    private List<String> keys(EffectiveElement field) {
        return keys(elements, field);
    }

    /** Keys of a picklist field's values, in order. */
    static List<String> keys(EffectiveElements elements, EffectiveElement field) {
        if (field.text("codes") instanceof String codes) {
            return StandardCodes.of(codes).values().stream()
                    .map(FieldType.Picklist.Value::key)
                    .toList();
        }
        return PicklistValues.of(elements, field).stream()
                .map(EffectiveElement::localName)
                .toList();
    }
}
