package dev.tenon.metadata.internal;

import dev.tenon.metadata.EffectiveElement;
import dev.tenon.metadata.EffectiveElements;
import dev.tenon.metadata.ElementTypes;
import dev.tenon.metadata.FieldProperties;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.FieldType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What fields and settings hold, with the documented defaults. */
final class FieldTypes {

    private static final int TEXT_LENGTH = 255;
    private static final int LONG_TEXT_LENGTH = 32_000;
    private static final int DECIMAL_PRECISION = 18;
    private static final int PERCENT_PRECISION = 5;
    private static final int SCALE = 2;

    private static final long FILE_BYTES = 20L * 1024 * 1024;
    private static final int RETURNED_LENGTH = 100_000;
    private static final int PIXELS = 8_000;

    /** What is shown beside the title where a lookup does not say; a unit's name often occurs more than once. */
    private static final Map<String, List<String>> BESIDE_TITLE =
            Map.of("sys__OrganizationUnit", List.of("code", "within"));

    /** Wide enough for the sum of any numbers. */
    private static final FieldType WIDE = new FieldType.DecimalNumber(38, 10, false);

    private final EffectiveElements elements;
    /** Each set's values once, however many fields have them. */
    private final Map<String, List<FieldType.Picklist.Value>> ofSets;

    private final RecordTypeParts recordTypes;

    FieldTypes(EffectiveElements elements) {
        this(elements, new HashMap<>());
    }

    private FieldTypes(EffectiveElements elements, Map<String, List<FieldType.Picklist.Value>> ofSets) {
        this.elements = elements;
        this.ofSets = ofSets;
        this.recordTypes = new RecordTypeParts(elements);
    }

    /** The same types, asked of these elements: they note who asks. */
    FieldTypes askedOf(EffectiveElements noting) {
        return new FieldTypes(noting, ofSets);
    }

    FieldType of(EffectiveElement field) {
        String type = Typed.require(field, "type");
        return switch (type) {
            case CompoundFields.CURRENCY, CompoundFields.ADDRESS, CompoundFields.GEOLOCATION ->
                CompoundFields.type(
                        type,
                        field.localName(),
                        Typed.integer(field, "precision", DECIMAL_PRECISION),
                        Typed.integer(field, "scale", SCALE));
            case "picklist" ->
                new FieldType.Picklist(
                        values(field),
                        field.retired() ? Map.of() : lists(field, FieldProperties.TRANSITIONS),
                        field.retired() ? List.of() : field.texts("initial"),
                        dependence(field),
                        recordTypes.subsets(field, values(field)));
            case "multiPicklist" -> {
                List<FieldType.Picklist.Value> values = values(field);
                yield new FieldType.MultiPicklist(values, dependence(field), recordTypes.subsets(field, values));
            }
            case "lookup" ->
                PolymorphicLookups.is(field)
                        ? PolymorphicLookups.type(field, elements)
                        : new FieldType.Lookup(
                                Typed.require(field, "target"),
                                candidates(field, Typed.require(field, "target")),
                                field.retired() || !"refused".equals(field.text("circles")));
            // A master that an earlier version had no longer owns the record.
            case "masterDetail" ->
                field.retired()
                        ? new FieldType.Lookup(Typed.require(field, "target"))
                        : new FieldType.MasterDetail(
                                Typed.require(field, "target"),
                                candidates(field, Typed.require(field, "target")),
                                !"refused".equals(field.text("reparent")));
            case FieldProperties.LINKS ->
                new FieldType.ManyToMany(
                        Typed.require(field, "target"),
                        FieldType.ManyToMany.junction(objectOf(field), field.localName()),
                        candidates(field, Typed.require(field, "target")),
                        Typed.findLabel(field, "inverseLabel")
                                .orElseGet(() -> elements.find(ElementTypes.OBJECT, objectOf(field))
                                        .flatMap(object -> Typed.findLabel(object, "pluralLabel")
                                                .or(() -> Typed.findLabel(object, "label")))
                                        .orElseGet(() -> Typed.label(field, "label"))));
            case "file" -> file(field, Optional.empty());
            case "image" ->
                file(
                        field,
                        Optional.of(new FieldType.File.Picture(
                                Typed.integer(option(field, "maxWidth"), PIXELS),
                                Typed.integer(option(field, "maxHeight"), PIXELS))));
            case FieldProperties.ENCRYPTED ->
                new FieldType.EncryptedText(
                        Typed.integer(field, "maxLength", TEXT_LENGTH),
                        field.text("mask") == null
                                ? FieldType.EncryptedText.Mask.ALL
                                : Typed.constant(FieldType.EncryptedText.Mask.class, field, "mask"));
            case "autoNumber" ->
                new FieldType.AutoNumber(
                        Typed.require(field, "format"),
                        Typed.constant(FieldType.AutoNumber.Reset.class, field, "reset"),
                        field.flag("gapless"));
            case "formula" -> {
                FieldType result =
                        field.value("result") instanceof Map<?, ?> map ? result(map) : simple("text", Map.of());
                yield field.retired()
                        ? result
                        : new FieldType.Formula(result, Typed.requireExpression(field, "expression"));
            }
            case "rollUp" -> field.retired() ? retiredRollUp(field) : rollUp(field);
            default ->
                simple(
                        type,
                        Map.of(
                                "maxLength", option(field, "maxLength"),
                                "precision", option(field, "precision"),
                                "scale", option(field, "scale"),
                                "min", option(field, "min"),
                                "max", option(field, "max"),
                                "format", option(field, "format")));
        };
    }

    private List<FieldType.Picklist.Value> values(EffectiveElement field) {
        if (field.text("codes") instanceof String codes) {
            return StandardCodes.of(codes).values();
        }
        List<EffectiveElement> values = PicklistValues.of(elements, field);
        return field.text("valueSet") instanceof String set
                ? ofSets.computeIfAbsent(set, s -> built(values))
                : built(values);
    }

    private List<FieldType.Picklist.Value> built(List<EffectiveElement> values) {
        return List.copyOf(values.stream()
                .map(v -> new FieldType.Picklist.Value(
                        v.localName(),
                        v.origin(),
                        Typed.label(v, "label"),
                        Optional.ofNullable(v.text("color")),
                        v.flag("active") && PicklistValues.inForce(elements, v)))
                .toList());
    }

    static FieldType.Candidates candidates(EffectiveElement field, String target) {
        if (field.retired()) {
            return FieldType.Candidates.ANY;
        }
        List<String> shown = field.value("candidateFields") == null
                ? BESIDE_TITLE.getOrDefault(target, List.of())
                : field.texts("candidateFields");
        return new FieldType.Candidates(shown, Typed.expression(field, "candidateFilter"));
    }

    private static FieldType file(EffectiveElement field, Optional<FieldType.File.Picture> picture) {
        return new FieldType.File(
                field.value("maxSize") instanceof Long bytes ? bytes : FILE_BYTES, field.texts("accept"), picture);
    }

    private static Optional<FieldType.Dependence> dependence(EffectiveElement field) {
        return Optional.ofNullable(field.text("dependsOn"))
                .filter(other -> !field.retired())
                .map(other -> new FieldType.Dependence(other, lists(field, FieldProperties.ALLOWED)));
    }

    /** The lists of a property, by what stands behind its name. */
    static Map<String, List<String>> lists(EffectiveElement field, String property) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        field.properties().forEach((name, effective) -> {
            if (name.startsWith(property) && effective.value() != null) {
                lists.put(name.substring(property.length()), field.texts(name));
            }
        });
        return lists;
    }

    private static Object option(EffectiveElement field, String property) {
        @Nullable Object value = field.value(property);
        return value == null ? Optional.empty() : value;
    }

    private static FieldType result(Map<?, ?> result) {
        return simple(String.valueOf(result.get("type")), result);
    }

    /** What a function answers: whatever its code computes. */
    static FieldType returned(String type) {
        return switch (type) {
            case "decimal", "percent" -> WIDE;
            default -> simple(type, Map.of("maxLength", (long) RETURNED_LENGTH));
        };
    }

    private static FieldType simple(String type, Map<?, ?> options) {
        return switch (type) {
            case "text" ->
                new FieldType.Text(
                        textLength(type, options.get("maxLength")),
                        false,
                        options.get("format") instanceof String format
                                ? Typed.constant(FieldType.Text.Format.class, format)
                                : FieldType.Text.Format.PLAIN);
            case "longText" ->
                new FieldType.Text(textLength(type, options.get("maxLength")), true, FieldType.Text.Format.PLAIN);
            case "integer" -> new FieldType.WholeNumber(bound(options.get("min")), bound(options.get("max")));
            case "decimal" ->
                new FieldType.DecimalNumber(
                        Typed.integer(options.get("precision"), DECIMAL_PRECISION),
                        Typed.integer(options.get("scale"), SCALE),
                        false);
            case "percent" ->
                new FieldType.DecimalNumber(
                        Typed.integer(options.get("precision"), PERCENT_PRECISION),
                        Typed.integer(options.get("scale"), SCALE),
                        true);
            case "boolean" -> new FieldType.Bool();
            case "date" -> new FieldType.DateOnly();
            case "dateTime" -> new FieldType.DateTime();
            case "time" -> new FieldType.TimeOfDay();
            case "richText" -> new FieldType.RichText(Typed.integer(options.get("maxLength"), LONG_TEXT_LENGTH));
            case "json" -> new FieldType.Json(Typed.integer(options.get("maxLength"), LONG_TEXT_LENGTH));
            default -> throw new IllegalStateException("unknown type " + type);
        };
    }

    /** Greatest length of a text field. */
    static int textLength(String type, @Nullable Object maxLength) {
        return Typed.integer(maxLength, type.equals("text") ? TEXT_LENGTH : LONG_TEXT_LENGTH);
    }

    private static Optional<Long> bound(@Nullable Object value) {
        return value instanceof Long number ? Optional.of(number) : Optional.empty();
    }

    /** Name of the object that a field belongs to. */
    private static String objectOf(EffectiveElement field) {
        return field.key().name().substring(0, field.key().name().indexOf('/'));
    }

    /** Whether the roll-up counts links: over a field of its own object, or of the one that refers to it. */
    private Optional<FieldType> linkCount(EffectiveElement field) {
        String via = Typed.require(field, "via");
        String object = Typed.require(field, "object");
        return links(objectOf(field), via, object)
                .map(junction -> count(junction, FieldType.ManyToMany.SOURCE))
                .or(() -> links(object, via, objectOf(field))
                        .map(junction -> count(junction, FieldType.ManyToMany.TARGET)));
    }

    private Optional<String> links(String object, String name, String target) {
        return elements.find(ElementTypes.FIELD, object + "/" + name)
                .filter(f -> FieldProperties.LINKS.equals(f.text("type")) && target.equals(f.text("target")))
                .map(f -> FieldType.ManyToMany.junction(object, name));
    }

    private static FieldType count(String junction, String via) {
        return new FieldType.RollUp(junction, via, FieldType.RollUp.Function.COUNT, Optional.empty(), Optional.empty());
    }

    private FieldType rollUp(EffectiveElement field) {
        return linkCount(field).orElseGet(() -> referring(field));
    }

    private static FieldType referring(EffectiveElement field) {
        return new FieldType.RollUp(
                Typed.require(field, "object"),
                Typed.require(field, "via"),
                Typed.constant(FieldType.RollUp.Function.class, field, "function"),
                Optional.ofNullable(field.text("field")),
                Typed.expression(field, "filter"));
    }

    /** The last results, as plain values: nothing computes them any more. */
    private FieldType retiredRollUp(EffectiveElement field) {
        return held(field, new HashSet<>()).orElse(WIDE);
    }

    /** What a field holds that a roll-up takes together; nothing where it is none that can be, or leads back to itself. */
    private Optional<FieldType> held(EffectiveElement field, Set<ElementKey> over) {
        if (!"rollUp".equals(field.text("type"))) {
            FieldType type = of(field);
            return Optional.of(type instanceof FieldType.Formula formula ? formula.result() : type)
                    .filter(FieldTypes::ordered);
        }
        FieldType.RollUp.Function function = Typed.constant(FieldType.RollUp.Function.class, field, "function");
        if (function == FieldType.RollUp.Function.COUNT) {
            return Optional.of(new FieldType.WholeNumber(Optional.empty(), Optional.empty()));
        }
        ElementKey taken = new ElementKey(ElementTypes.FIELD, field.text("object") + "/" + field.text("field"));
        return over.add(field.key())
                ? elements.find(taken).flatMap(f -> held(f, over)).map(type -> FieldType.RollUp.result(function, type))
                : Optional.empty();
    }

    private static boolean ordered(FieldType type) {
        return type instanceof FieldType.WholeNumber
                || type instanceof FieldType.DecimalNumber
                || type instanceof FieldType.DateOnly
                || type instanceof FieldType.DateTime
                || type instanceof FieldType.TimeOfDay;
    }
}
