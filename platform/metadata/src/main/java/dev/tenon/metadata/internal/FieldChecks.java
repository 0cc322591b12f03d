package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.MetadataError;
import dev.tenon.metadata.Problem;
import dev.tenon.metadata.internal.ObjectFields.FieldFact;
import dev.tenon.metadata.model.Setting;
import dev.tenon.sdk.error.Suggestions;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Checks objects, fields and settings: targets, types, numbers, masters. */
final class FieldChecks {

    private static final Set<String> IN_A_LINE = Set.of(
            "text", "integer", "decimal", "percent", "boolean", "date", "dateTime", "picklist", "autoNumber", "rollUp");
    private static final Set<String> DAYS = Set.of("date", "dateTime");
    /** As the store's own indexes on texts. */
    private static final int LONGEST_INDEXED_TEXT = 500;

    private static final Pattern NUMBER_PART = Pattern.compile("\\{(0+|yyyy|yy|MM|dd)\\}");

    private final EffectiveElements elements;
    private final ObjectFields fields;
    private final List<Problem> problems;
    private final Findings found;
    private final PicklistChecks picklists;
    private final RollUpChecks rollUps;

    FieldChecks(EffectiveElements elements, ObjectFields fields, List<Problem> problems) {
        this.elements = elements;
        this.fields = fields;
        this.problems = problems;
        this.found = new Findings(problems);
        this.picklists = new PicklistChecks(elements, fields, found);
        this.rollUps = new RollUpChecks(fields, found);
    }

    void check(ElementTree tree) {
        switch (tree.root().type()) {
            case ElementTypes.OBJECT -> elements.find(tree.root()).ifPresent(this::object);
            case ElementTypes.SETTING -> elements.find(tree.root()).ifPresent(this::setting);
            default -> {}
        }
    }

    private void object(EffectiveElement object) {
        List<EffectiveElement> own = elements.children(object.key(), ElementTypes.FIELD);
        checkNames(own);
        own.forEach(field -> {
            if (field.retired()) {
                target(field);
            } else {
                field(object, field);
            }
        });
        elements.children(object.key(), ElementTypes.ACTION).stream()
                .flatMap(action -> elements.children(action.key(), ElementTypes.PARAMETER).stream())
                .filter(parameter -> !parameter.retired())
                .forEach(this::parameter);
        if (!object.retired()) {
            elements.children(object.key(), ElementTypes.UNIQUE_KEY).forEach(key -> uniqueKey(object, key));
            checkMasters(object);
        }
    }

    /** Databases and programs do not all tell upper from lower case. */
    private void checkNames(List<EffectiveElement> own) {
        Map<String, EffectiveElement> seen = new HashMap<>();
        for (EffectiveElement field : own) {
            EffectiveElement other = seen.putIfAbsent(field.localName().toLowerCase(Locale.ROOT), field);
            if (other != null) {
                problems.add(Problem.at(
                                field.source(),
                                MetadataError.NAMES_TOO_SIMILAR,
                                Map.of("name", field.localName(), "other", other.localName()))
                        .about(field.key()));
            }
        }
        own.forEach(field -> CompoundFields.parts(field).keySet().forEach(part -> {
            EffectiveElement taken = seen.get(part.toLowerCase(Locale.ROOT));
            if (taken != null) {
                problems.add(Problem.at(
                                taken.source(),
                                MetadataError.PART_NAME_TAKEN,
                                Map.of("name", taken.localName(), "whole", field.localName()))
                        .about(taken.key()));
            }
        }));
    }

    private void parameter(EffectiveElement parameter) {
        properties(parameter, String.valueOf(parameter.value("type")));
        if ("picklist".equals(parameter.value("type"))) {
            picklists.values(parameter);
        }
    }

    private void properties(EffectiveElement field, String type) {
        field.properties().keySet().forEach(property -> {
            if (!FieldProperties.fits(property, type) && field.value(property) != null) {
                found.report(field, property, MetadataError.KEY_NOT_FOR_TYPE, Map.of("key", property, "type", type));
            }
        });
        scale(field, field.value("precision"), field.value("scale"));
    }

    private void field(EffectiveElement object, EffectiveElement field) {
        String type = String.valueOf(field.value("type"));
        properties(field, type);
        Stream.of("ignoreCase", "indexed")
                .filter(key -> field.flag(key) && FieldProperties.fits(key, type))
                .forEach(key -> indexable(field, key, field));
        switch (type) {
            case "lookup", "masterDetail", FieldProperties.LINKS -> {
                target(field);
                PolymorphicLookups.check(field, found);
                circles(object.key().name(), field);
                PolymorphicLookups.targets(field).forEach(target -> candidateFields(field, target));
            }
            case "rollUp" -> rollUps.check(object.key().name(), field);
            case CompoundFields.CURRENCY -> rateDate(object.key().name(), field);
            case "autoNumber" -> numberFormat(field);
            case "picklist", "multiPicklist" -> picklists.check(object, field);
            case "formula" -> {
                if (field.value("result") instanceof Map<?, ?> result) {
                    scale(field, result.get("precision"), result.get("scale"));
                }
            }
            default -> {}
        }
        List<EffectiveElement> values = elements.children(field.key(), ElementTypes.VALUE);
        if (!values.isEmpty() && field.text("valueSet") instanceof String set) {
            problems.add(Problem.at(
                            values.getFirst().source(),
                            MetadataError.VALUES_OF_SET,
                            Map.of("field", field.localName(), "set", set))
                    .about(values.getFirst().key()));
        } else if (!values.isEmpty() && (!FieldProperties.PICKLISTS.contains(type) || field.text("codes") != null)) {
            problems.add(Problem.at(
                            values.getFirst().source(),
                            MetadataError.KEY_NOT_FOR_TYPE,
                            Map.of("key", "values", "type", type))
                    .about(values.getFirst().key()));
        }
    }

    private void rateDate(String object, EffectiveElement field) {
        String named = field.text("rateDate");
        if (named == null) {
            return;
        }
        List<String> days = fields.names(object).stream()
                .filter(name -> fields.find(object, name)
                        .filter(f -> DAYS.contains(f.valueType()))
                        .isPresent())
                .toList();
        if (!days.contains(named)) {
            found.report(
                    field,
                    "rateDate",
                    MetadataError.RATE_DATE,
                    Map.of(
                            "field",
                            field.localName(),
                            "name",
                            named,
                            "suggestion",
                            Suggestions.nearestOrSome(named, days)));
        }
    }

    private void uniqueKey(EffectiveElement object, EffectiveElement key) {
        if (key.texts("fields").isEmpty()) {
            problems.add(Problem.at(key.source(), MetadataError.MISSING_KEY, Map.of("key", "fields"))
                    .about(key.key()));
        }
        if (!key.retired() && key.flag("ignoreCase")) {
            key.texts("fields").stream()
                    .map(name -> fields.find(object.key().name(), name))
                    .flatMap(Optional::stream)
                    .map(FieldFact::element)
                    .filter(Objects::nonNull)
                    .forEach(field -> indexable(key, "fields", field));
        }
    }

    /** What is too long for an index is told now, not by the first save of such a text. */
    private void indexable(EffectiveElement said, String property, EffectiveElement field) {
        String type = String.valueOf(field.value("type"));
        Map<?, ?> result = field.value("result") instanceof Map<?, ?> map ? map : Map.of();
        boolean plain = type.equals("text") || type.equals("longText");
        boolean computed = type.equals("formula") && List.of("text", "longText").contains(result.get("type"));
        int length = FieldTypes.textLength(
                plain ? type : String.valueOf(result.get("type")),
                plain ? field.value("maxLength") : result.get("maxLength"));
        if ((plain || computed) && length > LONGEST_INDEXED_TEXT) {
            found.report(
                    said,
                    property,
                    MetadataError.INDEXED_TEXT_TOO_LONG,
                    Map.of("field", field.localName(), "length", length, "limit", LONGEST_INDEXED_TEXT));
        }
    }

    private void numberFormat(EffectiveElement field) {
        String format = String.valueOf(field.text("format"));
        List<String> parts =
                NUMBER_PART.matcher(format).results().map(r -> r.group(1)).toList();
        long counters = parts.stream().filter(p -> p.startsWith("0")).count();
        String rest = NUMBER_PART.matcher(format).replaceAll("");
        if (counters != 1 || rest.contains("{") || rest.contains("}")) {
            found.report(
                    field,
                    "format",
                    MetadataError.NUMBER_FORMAT,
                    Map.of("format", format, "counter", "{0000}", "parts", "{yyyy} {yy} {MM} {dd}"));
            return;
        }
        List<String> needed = switch (String.valueOf(field.value("reset"))) {
            case "year" -> List.of("yy");
            case "month" -> List.of("yy", "MM");
            case "day" -> List.of("yy", "MM", "dd");
            default -> List.of();
        };
        List<String> missing = needed.stream()
                .filter(part -> parts.stream().noneMatch(p -> p.startsWith(part)))
                .map(part -> "{" + part + "}")
                .toList();
        if (!missing.isEmpty()) {
            found.report(
                    field,
                    "reset",
                    MetadataError.NUMBER_REPEATS,
                    Map.of(
                            "format",
                            format,
                            "reset",
                            String.valueOf(field.value("reset")),
                            "parts",
                            String.join(" ", missing)));
        }
    }

    private void scale(EffectiveElement e, @Nullable Object precision, @Nullable Object scale) {
        if (precision instanceof Long p && scale instanceof Long s && s > p) {
            found.report(e, "scale", MetadataError.SCALE_TOO_LARGE, Map.of("scale", s, "precision", p));
        }
    }

    private void target(EffectiveElement field) {
        String property = field.text("target") == null ? PolymorphicLookups.TARGETS : "target";
        for (String target : PolymorphicLookups.targets(field)) {
            if (fields.hasObject(target)) {
                continue;
            }
            found.report(
                    field,
                    property,
                    MetadataError.REFERENCE_UNKNOWN,
                    Map.of(
                            "kind",
                            ElementTypes.OBJECT,
                            "name",
                            target,
                            "suggestion",
                            Suggestions.nearestOrSome(target, fields.objects())));
        }
    }

    private void circles(String object, EffectiveElement field) {
        if ("refused".equals(field.text("circles")) && !object.equals(field.text("target"))) {
            found.report(
                    field,
                    "circles",
                    MetadataError.CIRCLES_TARGET,
                    Map.of("field", field.localName(), "object", object));
        }
    }

    /** A picker shows and searches them in one line. */
    private void candidateFields(EffectiveElement field, String target) {
        if (!fields.hasObject(target)) {
            return;
        }
        for (String name : References.mentioned(field, "candidateFields")) {
            Optional<FieldFact> shown = fields.find(target, name);
            if (shown.isEmpty()) {
                found.report(
                        field,
                        "candidateFields",
                        MetadataError.REFERENCE_UNKNOWN,
                        Map.of(
                                "kind",
                                ElementTypes.FIELD,
                                "name",
                                name,
                                "suggestion",
                                Suggestions.nearestOrSome(name, fields.names(target))));
            } else if (!IN_A_LINE.contains(shown.get().valueType())) {
                found.report(
                        field,
                        "candidateFields",
                        MetadataError.CANDIDATE_FIELD,
                        Map.of(
                                "field",
                                name,
                                "other",
                                target,
                                "type",
                                shown.get().valueType()));
            }
        }
    }

    private void checkMasters(EffectiveElement object) {
        String name = object.key().name();
        List<FieldFact> masters = fields.masters(name);
        if (masters.size() > 1 && masters.get(1).element() instanceof EffectiveElement second) {
            problems.add(Problem.at(
                            second.source(),
                            MetadataError.MASTER_DETAIL_TWICE,
                            Map.of(
                                    "object", name,
                                    "first", masters.get(0).name(),
                                    "second", masters.get(1).name()))
                    .about(second.key()));
        }
        if ("controlledByParent".equals(object.value("baseline")) && masters.isEmpty()) {
            found.report(object, "baseline", MetadataError.PARENT_NEEDED, Map.of("object", name));
        }
        Set<String> chain = new LinkedHashSet<>();
        String at = name;
        while (at != null && chain.add(at)) {
            at = fields.masters(at).stream().findFirst().map(FieldFact::target).orElse(null);
        }
        // Reported once, at the first object of the circle by name.
        if (at != null && at.equals(name) && chain.stream().sorted().findFirst().equals(Optional.of(name))) {
            problems.add(Problem.at(
                            object.source(),
                            MetadataError.MASTER_DETAIL_CYCLE,
                            Map.of("cycle", String.join(" → ", chain) + " → " + name))
                    .about(object.key()));
        }
    }

    private void setting(EffectiveElement setting) {
        String name = setting.key().name();
        boolean currency = name.equals(Setting.CORPORATE_CURRENCY);
        boolean zone = name.equals(Setting.TIME_ZONE);
        boolean fits = currency
                ? StandardCodes.isCurrency(String.valueOf(setting.value("value")))
                : zone
                        ? ZoneId.getAvailableZoneIds().contains(setting.text("value"))
                        : SettingValues.convert(setting).isPresent() || setting.value("value") == null;
        if (!fits) {
            found.report(
                    setting,
                    "value",
                    MetadataError.SETTING_VALUE,
                    Map.of(
                            "name", setting.key().name(),
                            "value", String.valueOf(setting.value("value")),
                            "type",
                                    currency
                                            ? "ISO 4217"
                                            : zone ? "time zone" : String.valueOf(setting.value("type"))));
        }
    }
}
