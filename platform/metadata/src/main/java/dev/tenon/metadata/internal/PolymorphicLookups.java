package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Field.Role;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Provenance.Contribution;
import dev.tenon.metadata.model.ValidationRule;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Lookups to records of one of several objects: a lookup for each of them, of which one at most has a value, and the field
 * itself, which tells the object. So each part is what every lookup is, to the database, to expressions and to clients.
 */
final class PolymorphicLookups {

    /** What the field itself is; no layer writes it. */
    static final String TYPE = "polymorphicLookup";

    static final String TARGETS = "targets";

    /** Each is a column with an index, and lists that show the field read each. */
    static final int MOST_TARGETS = 10;

    private PolymorphicLookups() {}

    static boolean is(EffectiveElement field) {
        return "lookup".equals(field.value("type")) && field.value(TARGETS) != null;
    }

    /** The objects that a reference may refer to, one where it has a target. */
    static List<String> targets(EffectiveElement field) {
        String one = field.text("target");
        return one == null ? field.texts(TARGETS) : List.of(one);
    }

    /** Names of the field's parts with the objects they refer to. */
    static Map<String, String> parts(EffectiveElement field) {
        Map<String, String> parts = new LinkedHashMap<>();
        if (is(field)) {
            field.texts(TARGETS).forEach(target -> parts.put(partName(field, target), target));
        }
        return parts;
    }

    private static String partName(EffectiveElement field, String target) {
        String key = field.key().name();
        return Field.nameOfPart(key.substring(0, key.indexOf('/')), field.localName(), target);
    }

    /** The object referred to, told from the parts. */
    static FieldType type(EffectiveElement field, EffectiveElements elements) {
        FieldType.Picklist objects = new FieldType.Picklist(field.texts(TARGETS).stream()
                .map(target -> new FieldType.Picklist.Value(
                        target, Typed.layerOf(field, TARGETS), label(target, elements), Optional.empty(), true))
                .toList());
        if (field.retired()) {
            return objects;
        }
        StringBuilder which = new StringBuilder();
        parts(field).forEach((part, target) -> which.append("has(%s) ? '%s' : ".formatted(part, target)));
        return new FieldType.Formula(
                objects, new ExpressionText(which.append("null").toString(), field.sourceOf(TARGETS)));
    }

    private static Label label(String object, EffectiveElements elements) {
        return elements.find(ObjectFields.key(object))
                .flatMap(e -> Typed.findLabel(e, "label"))
                .orElseGet(() -> Label.of(object));
    }

    /** The parts of a field that is declared by the element. */
    static List<Field> partsOf(EffectiveElement field, Field whole, EffectiveElements elements) {
        boolean retired = field.retired();
        return parts(field).entrySet().stream()
                .map(part -> new Field(
                        part.getKey(),
                        whole.origin(),
                        joined(whole.label(), label(part.getValue(), elements)),
                        new FieldType.Lookup(part.getValue(), FieldTypes.candidates(field, part.getValue()), true),
                        false,
                        new Field.Index(!retired && field.flag("unique"), false, false),
                        retired ? Optional.empty() : Typed.expression(field, "default"),
                        Optional.empty(),
                        retired || field.flag("readOnly"),
                        false,
                        whole.hidden(),
                        retired
                                ? Field.When.ALWAYS_THE_SAME
                                : new Field.When(
                                        Typed.expression(field, "visibleWhen"),
                                        Optional.empty(),
                                        Typed.expression(field, "readOnlyWhen")),
                        Optional.of(new Field.Part(whole.name(), Role.TARGET))))
                .toList();
    }

    /** No record refers to two. */
    static Stream<ValidationRule> rules(EffectiveElement field) {
        Map<String, String> parts = parts(field);
        if (parts.size() < 2 || field.retired()) {
            return Stream.empty();
        }
        String filled =
                parts.keySet().stream().map("(has(%s) ? 1 : 0)"::formatted).collect(Collectors.joining(" + "));
        return Stream.of(new ValidationRule(
                field.localName(),
                field.origin(),
                new ExpressionText(filled + " <= 1", field.sourceOf(TARGETS)),
                new Label(Map.of(
                        "en", "It refers to one record: fill one of its fields only.", "zh-CN", "只能引用一条记录，请只填写其中一项。")),
                Optional.of(field.localName()),
                true));
    }

    static Label joined(Label whole, Label part) {
        Map<String, String> texts = new LinkedHashMap<>();
        Stream.concat(whole.texts().keySet().stream(), part.texts().keySet().stream())
                .distinct()
                .forEach(language -> {
                    java.util.Locale locale = java.util.Locale.forLanguageTag(language);
                    boolean chinese = locale.getLanguage().equals("zh");
                    texts.put(
                            language,
                            whole.in(locale) + (chinese ? "（" : " (") + part.in(locale) + (chinese ? "）" : ")"));
                });
        return new Label(texts);
    }

    /** What is wrong with the objects of a lookup beside their names. */
    static void check(EffectiveElement field, Findings found) {
        boolean several = field.value(TARGETS) != null;
        if (several == (field.text("target") != null)) {
            found.report(field, several ? TARGETS : "type", MetadataError.ONE_OF, Map.of("keys", "target, " + TARGETS));
            return;
        }
        int count = new HashSet<>(field.texts(TARGETS)).size();
        if (several && (count < 1 || count > MOST_TARGETS)) {
            found.report(
                    field,
                    TARGETS,
                    MetadataError.TARGETS_NUMBER,
                    Map.of("field", field.localName(), "count", count, "max", MOST_TARGETS));
        }
        EffectiveElement.Effective said = field.properties().get(TARGETS);
        if (said != null) {
            said.chain().stream()
                    .skip(1)
                    .filter(PolymorphicLookups::takesAway)
                    .forEach(c -> found.report(
                            field, TARGETS, MetadataError.TARGETS_ONLY_ADDED, Map.of("field", field.localName())));
        }
    }

    private static boolean takesAway(Contribution contribution) {
        return !(contribution.value() instanceof Map<?, ?> edit)
                || !Set.of("add").containsAll(edit.keySet());
    }
}
