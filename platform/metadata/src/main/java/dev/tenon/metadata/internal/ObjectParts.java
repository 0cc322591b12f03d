package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.internal.ObjectFields.FieldFact;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Label;
import dev.tenon.metadata.model.Layout;
import dev.tenon.metadata.model.ListView;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.RecordType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.metadata.model.ValidationRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Builds object types: declared fields, the platform's fields, and a view and layout where none is declared. */
final class ObjectParts {

    /** More columns do not fit a screen. */
    private static final int DEFAULT_COLUMNS = 6;

    private final EffectiveElements elements;
    private final ObjectFields facts;
    private final FieldTypes types;

    ObjectParts(EffectiveElements elements, ObjectFields facts, FieldTypes types) {
        this.elements = elements;
        this.facts = facts;
        this.types = types;
    }

    ObjectType object(EffectiveElement object) {
        List<RecordType> recordTypes = new RecordTypeParts(elements).of(object);
        Map<String, Field> fields = fields(object, recordTypes);
        String titleField = titleField(object, fields);
        List<ListView> views = list(object, ElementTypes.VIEW, v -> view(object, v, titleField));
        List<Layout.Section> sections = list(object, ElementTypes.SECTION, s -> section(object, s));
        return new ObjectType(
                object.key().name(),
                object.origin(),
                Typed.label(object, "label"),
                Typed.findLabel(object, "pluralLabel").orElseGet(() -> Typed.label(object, "label")),
                titleField,
                Typed.constant(ObjectType.Baseline.class, object, "baseline"),
                object.flag("hidden") || object.retired(),
                fields,
                rules(object),
                list(object, ElementTypes.TRIGGER, this::trigger),
                list(object, ElementTypes.ACTION, this::action),
                views.isEmpty() ? List.of(defaultView(object, fields, titleField)) : views,
                new Layout(sections.isEmpty() ? List.of(defaultSection(fields)) : sections, relatedLists(object)),
                list(
                        object,
                        ElementTypes.UNIQUE_KEY,
                        u -> new ObjectType.UniqueKey(u.localName(), u.texts("fields"), u.flag("ignoreCase"))),
                list(object, ElementTypes.DUPLICATE_RULE, MatchParts::rule),
                recordTypes,
                RecordTypeParts.defaultOf(object, recordTypes),
                Optional.empty());
    }

    private <T> List<T> list(EffectiveElement object, String type, Function<EffectiveElement, T> build) {
        return elements.children(object.key(), type).stream()
                .filter(e -> !e.retired() && !e.flag("hidden"))
                .map(build)
                .toList();
    }

    private List<ValidationRule> rules(EffectiveElement object) {
        List<ValidationRule> rules = new ArrayList<>(list(object, ElementTypes.RULE, this::rule));
        elements.children(object.key(), ElementTypes.FIELD).stream()
                .flatMap(f -> Stream.concat(CompoundFields.rules(f), PolymorphicLookups.rules(f)))
                .forEach(rules::add);
        return rules;
    }

    private Map<String, Field> fields(EffectiveElement object, List<RecordType> recordTypes) {
        Map<String, Field> fields = new LinkedHashMap<>();
        for (EffectiveElement f : elements.children(object.key(), ElementTypes.FIELD)) {
            FieldType type = types.of(f);
            boolean retired = f.retired();
            boolean computed = type instanceof FieldType.Formula
                    || type instanceof FieldType.Derived
                    || type instanceof FieldType.RollUp
                    || type instanceof FieldType.AutoNumber;
            boolean several = PolymorphicLookups.is(f);
            boolean required = f.flag("required") || type instanceof FieldType.MasterDetail;
            Field whole = new Field(
                    // Many objects have fields of the same name.
                    f.localName().intern(),
                    f.origin(),
                    Typed.label(f, "label"),
                    type,
                    required && !retired && (!computed || several),
                    retired || several
                            ? Field.Index.NONE
                            : new Field.Index(f.flag("unique"), f.flag("ignoreCase"), f.flag("indexed")),
                    retired || several ? Optional.empty() : Typed.expression(f, "default"),
                    Typed.findLabel(f, "help"),
                    f.flag("readOnly") || computed || retired,
                    false,
                    f.flag("hidden") || retired,
                    retired ? Field.When.ALWAYS_THE_SAME : when(f, type),
                    Optional.empty());
            fields.put(whole.name(), whole);
            CompoundFields.partsOf(f, whole).forEach(part -> fields.put(part.name(), part));
            PolymorphicLookups.partsOf(f, whole, elements).forEach(part -> fields.put(part.name(), part));
        }
        RecordTypeParts.field(object, recordTypes).ifPresent(f -> fields.put(f.name(), f));
        SystemFields.ALL.forEach(f -> fields.put(f.name(), f));
        return fields;
    }

    private static Field.When when(EffectiveElement field, FieldType type) {
        if (type instanceof FieldType.Derived) {
            // The parts are filled, so they are demanded and locked.
            return new Field.When(Typed.expression(field, "visibleWhen"), Optional.empty(), Optional.empty());
        }
        return new Field.When(
                Typed.expression(field, "visibleWhen"),
                Typed.expression(field, "requiredWhen"),
                PolymorphicLookups.is(field) ? Optional.empty() : Typed.expression(field, "readOnlyWhen"));
    }

    private static String titleField(EffectiveElement object, Map<String, Field> fields) {
        String declared = object.text("titleField");
        if (declared != null) {
            return declared;
        }
        return fields.values().stream()
                .filter(f -> !f.system() && !f.hidden() && f.part().isEmpty())
                .filter(f -> f.type() instanceof FieldType.AutoNumber
                        || (f.type() instanceof FieldType.Text text && !text.multiline()))
                .map(Field::name)
                .findFirst()
                .orElse(SystemField.ID);
    }

    private ValidationRule rule(EffectiveElement rule) {
        return new ValidationRule(
                rule.localName(),
                rule.origin(),
                Typed.requireExpression(rule, "condition"),
                Typed.label(rule, "message"),
                Optional.ofNullable(rule.text("field")),
                rule.flag("active"));
    }

    private Trigger trigger(EffectiveElement trigger) {
        return new Trigger(
                trigger.localName(),
                trigger.origin(),
                Typed.constants(Trigger.Moment.class, trigger.texts("on")),
                Typed.expression(trigger, "condition"),
                Typed.handler(trigger, trigger.localName()),
                trigger.flag("active"));
    }

    private Action action(EffectiveElement action) {
        return new Action(
                action.localName(),
                action.origin(),
                Typed.label(action, "label"),
                Typed.expression(action, "condition"),
                Typed.handler(action, action.localName()),
                list(action, ElementTypes.PARAMETER, this::parameter),
                Optional.ofNullable(action.text("returns")).map(FieldTypes::returned));
    }

    private Field parameter(EffectiveElement parameter) {
        return new Field(
                parameter.localName(),
                parameter.origin(),
                Typed.label(parameter, "label"),
                types.of(parameter),
                parameter.flag("required"),
                false,
                Optional.empty(),
                Typed.findLabel(parameter, "help"),
                false,
                false,
                false);
    }

    private ListView view(EffectiveElement object, EffectiveElement view, String titleField) {
        List<String> columns = visible(object.key().name(), view.texts("columns"));
        return new ListView(
                view.localName(),
                view.origin(),
                Typed.label(view, "label"),
                columns.isEmpty() ? List.of(titleField) : columns,
                Typed.expression(view, "filter"),
                view.texts("sort"));
    }

    private Layout.Section section(EffectiveElement object, EffectiveElement section) {
        return new Layout.Section(
                section.localName(),
                Typed.label(section, "label"),
                Typed.integer(section, "columns", 2),
                visible(object.key().name(), section.texts("fields")));
    }

    /** The declared ones, and for records that link this one a list where none is declared or hidden. */
    private List<Layout.RelatedList> relatedLists(EffectiveElement object) {
        List<Layout.RelatedList> lists = new ArrayList<>(list(object, ElementTypes.RELATED, this::related));
        List<EffectiveElement> declared = elements.children(object.key(), ElementTypes.RELATED);
        for (EffectiveElement field : elements.linksTo(object.key().name())) {
            Optional<EffectiveElement> linking =
                    field.type().parentOf(field.key()).flatMap(elements::find);
            linking.filter(other -> isVisible(other.key().name(), field.localName()))
                    .filter(other -> declared.stream()
                            .noneMatch(d -> other.key().name().equals(d.text("object"))
                                    && field.localName().equals(d.text("via"))))
                    .map(other -> linking(other, field))
                    .ifPresent(lists::add);
        }
        return lists;
    }

    private Layout.RelatedList linking(EffectiveElement other, EffectiveElement field) {
        String name = FieldType.ManyToMany.junction(other.key().name(), field.localName());
        Label label =
                types.of(field) instanceof FieldType.ManyToMany links ? links.inverse() : Typed.label(other, "label");
        return new Layout.RelatedList(
                name,
                label,
                other.key().name(),
                field.localName(),
                List.of(titleField(other, fields(other, new RecordTypeParts(elements).of(other)))));
    }

    private Layout.RelatedList related(EffectiveElement related) {
        String object = Typed.require(related, "object");
        return new Layout.RelatedList(
                related.localName(),
                Typed.label(related, "label"),
                object,
                Typed.require(related, "via"),
                visible(object, related.texts("columns")));
    }

    /** Without fields that a layer hides, wherever they stand in a path. */
    private List<String> visible(String object, List<String> paths) {
        return paths.stream().filter(path -> isVisible(object, path)).toList();
    }

    private boolean isVisible(String object, String path) {
        String at = object;
        for (String part : path.split("\\.", -1)) {
            Optional<FieldFact> fact = at == null ? Optional.empty() : facts.find(at, part);
            if (fact.isEmpty()) {
                return false;
            }
            EffectiveElement element = fact.get().element();
            if (element != null && (element.retired() || element.flag("hidden"))) {
                return false;
            }
            at = fact.get().target();
        }
        return true;
    }

    private static ListView defaultView(EffectiveElement object, Map<String, Field> fields, String titleField) {
        List<String> columns = new ArrayList<>();
        columns.add(titleField);
        fields.values().stream()
                .filter(f -> !f.system()
                        && !f.hidden()
                        && f.part().isEmpty()
                        && !f.name().equals(titleField))
                .filter(f -> !(f.type() instanceof FieldType.Text text && text.multiline()))
                .limit(DEFAULT_COLUMNS - 1L)
                .forEach(f -> columns.add(f.name()));
        return new ListView(
                "all",
                object.origin(),
                new Label(Map.of("en", "All", "zh-CN", "全部")),
                columns,
                Optional.empty(),
                List.of("-" + SystemField.CREATED_AT));
    }

    private static Layout.Section defaultSection(Map<String, Field> fields) {
        List<String> shown = new ArrayList<>();
        fields.values().stream()
                .filter(f -> !f.system() && !f.hidden() && f.part().isEmpty())
                .forEach(f -> shown.add(f.name()));
        shown.add(SystemField.OWNER);
        shown.add(SystemField.CREATED_AT);
        shown.add(SystemField.CREATED_BY);
        shown.add(SystemField.UPDATED_AT);
        shown.add(SystemField.UPDATED_BY);
        return new Layout.Section("main", new Label(Map.of("en", "General", "zh-CN", "基本信息")), 2, shown);
    }
}
