package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.internal.ObjectFields.FieldFact;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks record types: the values they leave, their defaults and layout, and who names them. */
final class RecordTypeChecks {

    private final EffectiveElements elements;
    private final ObjectFields fields;
    private final Findings found;

    RecordTypeChecks(EffectiveElements elements, ObjectFields fields, Findings found) {
        this.elements = elements;
        this.fields = fields;
        this.found = found;
    }

    /** One of the types of an object has to be there for new records. */
    void object(EffectiveElement object) {
        List<EffectiveElement> types = types(object.key().name()).stream()
                .filter(type -> !type.retired())
                .toList();
        List<String> active = types.stream()
                .filter(RecordTypeParts::isActive)
                .map(EffectiveElement::localName)
                .toList();
        String declared = object.text("defaultRecordType");
        if (declared != null && !active.contains(declared)) {
            List<String> known = names(object.key().name());
            if (known.contains(declared)) {
                found.report(object, "defaultRecordType", MetadataError.RECORD_TYPE_INACTIVE, Map.of("type", declared));
            } else {
                found.unknown(object, "defaultRecordType", ElementTypes.RECORD_TYPE, List.of(declared), known);
            }
        } else if (!types.isEmpty() && active.isEmpty()) {
            found.report(
                    types.getFirst(),
                    "active",
                    MetadataError.RECORD_TYPE_INACTIVE,
                    Map.of("type", types.getFirst().localName()));
        }
    }

    void type(EffectiveElement type, String object) {
        layout(type, "sections", object, ElementTypes.SECTION);
        layout(type, "related", object, ElementTypes.RELATED);
        for (String property : type.properties().keySet()) {
            if (type.value(property) == null) {
                continue;
            }
            if (property.startsWith(RecordTypeParts.VALUES)) {
                values(type, property, object, property.substring(RecordTypeParts.VALUES.length()));
            } else if (property.startsWith(RecordTypeParts.DEFAULTS)) {
                byDefault(type, property, object, property.substring(RecordTypeParts.DEFAULTS.length()));
            }
        }
    }

    private void layout(EffectiveElement type, String property, String object, String kind) {
        List<String> known = elements.children(ObjectFields.key(object), kind).stream()
                .map(EffectiveElement::localName)
                .toList();
        found.unknown(type, property, kind, References.mentioned(type, property), known);
    }

    private void values(EffectiveElement type, String property, String object, String field) {
        Optional<FieldFact> fact = fact(type, property, object, field);
        EffectiveElement element = fact.map(FieldFact::element).orElse(null);
        if (fact.isEmpty()) {
            return;
        }
        if (element == null
                || fact.get().whole() != null
                || !FieldProperties.PICKLISTS.contains(fact.get().type())) {
            found.report(
                    type,
                    property,
                    MetadataError.KEY_NOT_FOR_TYPE,
                    Map.of("key", property, "type", fact.get().type()));
            return;
        }
        if (type.texts(property).isEmpty()) {
            found.report(type, property, MetadataError.PICKLIST_EMPTY, Map.of("field", field));
        }
        found.unknown(
                type,
                property,
                ElementTypes.VALUE,
                References.mentioned(type, property),
                PicklistChecks.keys(elements, element));
    }

    private void byDefault(EffectiveElement type, String property, String object, String field) {
        fact(type, property, object, field).ifPresent(fact -> {
            boolean fits = fact.element() != null
                    && fact.whole() == null
                    && !fact.isComputed()
                    && FieldProperties.fits("default", fact.type());
            if (!fits) {
                found.report(
                        type, property, MetadataError.KEY_NOT_FOR_TYPE, Map.of("key", property, "type", fact.type()));
            }
        });
    }

    private Optional<FieldFact> fact(EffectiveElement type, String property, String object, String field) {
        Optional<FieldFact> fact = fields.find(object, field);
        if (fact.isEmpty()) {
            found.unknown(type, property, ElementTypes.FIELD, List.of(field), fields.names(object));
        }
        return fact;
    }

    /** What a permission or an approval process says of an object's types. */
    void named(EffectiveElement by, String object) {
        found.unknown(
                by, "recordTypes", ElementTypes.RECORD_TYPE, References.mentioned(by, "recordTypes"), names(object));
    }

    private List<EffectiveElement> types(String object) {
        return elements.children(ObjectFields.key(object), ElementTypes.RECORD_TYPE);
    }

    private List<String> names(String object) {
        return types(object).stream().map(EffectiveElement::localName).toList();
    }
}
