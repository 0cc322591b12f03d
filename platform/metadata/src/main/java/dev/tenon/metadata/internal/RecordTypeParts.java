package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.SystemField;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Record types, the field that says a record's type, and what types leave of the values of picklists. */
final class RecordTypeParts {

    static final String VALUES = "values.";
    static final String DEFAULTS = "defaults.";

    private static final Label LABEL = new Label(Map.of("en", "Record type", "zh-CN", "记录类型"));

    private final EffectiveElements elements;

    RecordTypeParts(EffectiveElements elements) {
        this.elements = elements;
    }

    List<RecordType> of(EffectiveElement object) {
        return types(object.key()).stream().map(this::type).toList();
    }

    private List<EffectiveElement> types(ElementKey object) {
        return elements.children(object, ElementTypes.RECORD_TYPE);
    }

    private RecordType type(EffectiveElement type) {
        Map<String, ExpressionText> defaults = new LinkedHashMap<>();
        type.properties().forEach((name, effective) -> {
            if (name.startsWith(DEFAULTS) && effective.value() instanceof String text) {
                defaults.put(
                        name.substring(DEFAULTS.length()),
                        new ExpressionText(text, effective.last().source()));
            }
        });
        return new RecordType(
                type.localName(),
                type.origin(),
                Typed.label(type, "label"),
                isActive(type),
                defaults,
                list(type, "sections"),
                list(type, "related"));
    }

    private static Optional<List<String>> list(EffectiveElement type, String property) {
        return type.value(property) == null ? Optional.empty() : Optional.of(type.texts(property));
    }

    static boolean isActive(EffectiveElement type) {
        return type.flag("active") && !type.retired();
    }

    /** The type of new records: the one that is declared so, else the first that is active. */
    static Optional<String> defaultOf(EffectiveElement object, List<RecordType> types) {
        String declared = object.text("defaultRecordType");
        return types.stream()
                .filter(RecordType::active)
                .map(RecordType::key)
                .filter(key -> declared == null || key.equals(declared))
                .findFirst();
    }

    /** The field that says a record's type; nobody is asked for it where no type is left to have. */
    static Optional<Field> field(EffectiveElement object, List<RecordType> types) {
        if (types.isEmpty()) {
            return Optional.empty();
        }
        boolean inUse = types.stream().anyMatch(RecordType::active);
        List<FieldType.Picklist.Value> values = types.stream()
                .map(type -> new FieldType.Picklist.Value(
                        type.key(), type.origin(), type.label(), Optional.empty(), type.active()))
                .toList();
        return Optional.of(new Field(
                SystemField.RECORD_TYPE,
                object.origin(),
                LABEL,
                new FieldType.Picklist(values),
                inUse,
                false,
                // So that nobody is asked who does not care; whose right it is not gets another, see the save.
                defaultOf(object, types).map(key -> new ExpressionText("'" + key + "'", object.source())),
                Optional.empty(),
                !inUse,
                false,
                !inUse));
    }

    /** What each type leaves of a picklist's values; absent where every type leaves all. */
    Optional<FieldType.Dependence> subsets(EffectiveElement field, List<FieldType.Picklist.Value> values) {
        Optional<ElementKey> object = field.type().parentOf(field.key());
        String property = VALUES + field.localName();
        List<EffectiveElement> types = object.map(this::types).orElse(List.of());
        if (field.retired() || types.stream().allMatch(type -> type.value(property) == null)) {
            return Optional.empty();
        }
        List<String> all = values.stream().map(FieldType.Picklist.Value::key).toList();
        Map<String, List<String>> allowed = new LinkedHashMap<>();
        types.forEach(type -> allowed.put(type.localName(), type.value(property) == null ? all : type.texts(property)));
        return Optional.of(new FieldType.Dependence(SystemField.RECORD_TYPE, allowed));
    }
}
