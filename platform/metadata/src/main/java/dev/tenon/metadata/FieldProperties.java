package dev.tenon.metadata;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** Which properties of fields are for which of their types. */
public final class FieldProperties {

    /** Conditions over the record; nothing applies where no layer says one. */
    public static final List<String> CONDITIONS = List.of("visibleWhen", "requiredWhen", "readOnlyWhen");

    /** What people may say though there is no value where nobody has. */
    public static final List<String> OPTIONAL =
            Stream.concat(CONDITIONS.stream(), Stream.of("rateDate")).toList();

    /** What the property of a value's transitions begins with. */
    public static final String TRANSITIONS = "transitions.";

    /** What the property of the values allowed beside another field's value begins with. */
    public static final String ALLOWED = "allowed.";

    /** Types that have values. */
    public static final Set<String> PICKLISTS = Set.of("picklist", "multiPicklist");

    /** Types whose values have no order and are never compared with each other. */
    public static final Set<String> UNORDERED =
            Set.of("multiPicklist", "json", "manyToMany", "encryptedText", "file", "image");

    /** Types whose values name no record and are not unique. */
    public static final Set<String> NO_KEYS =
            Set.of("multiPicklist", "json", "richText", "manyToMany", "encryptedText", "file", "image");

    private static final Set<String> NUMBERS = Set.of("integer", "decimal", "percent", "currency");
    /** Their parts hold the values. */
    private static final Set<String> WHOLES = Set.of("address", "geolocation");
    /** Each value is a content of its own, which nothing compares and no expression makes. */
    private static final Set<String> FILES = Set.of("file", "image");

    /** Any number of records of another object. */
    public static final String LINKS = "manyToMany";

    /** Texts that are stored sealed. */
    public static final String ENCRYPTED = "encryptedText";

    private static final Set<String> REFERENCES = Set.of("lookup", "masterDetail", LINKS);
    /** Nobody fills them. */
    private static final Set<String> COMPUTED = Set.of("autoNumber", "formula", "rollUp");

    /** References and auto-numbers have an index anyway; long texts do not fit into one. */
    private static final Set<String> INDEXED = Set.of(
            "text",
            "integer",
            "decimal",
            "percent",
            "boolean",
            "date",
            "dateTime",
            "time",
            "picklist",
            "currency",
            "formula",
            "rollUp");

    /** Others are for every type. */
    private static final Map<String, Set<String>> ONLY = Map.ofEntries(
            Map.entry("ignoreCase", Set.of("text")),
            Map.entry("indexed", INDEXED),
            Map.entry("maxLength", Set.of("text", "longText", "richText", "json", ENCRYPTED)),
            Map.entry("mask", Set.of(ENCRYPTED)),
            Map.entry("format", Set.of("text", "autoNumber")),
            Map.entry("reset", Set.of("autoNumber")),
            Map.entry("gapless", Set.of("autoNumber")),
            Map.entry("min", Set.of("integer")),
            Map.entry("max", Set.of("integer")),
            Map.entry("precision", NUMBERS),
            Map.entry("scale", NUMBERS),
            Map.entry("rateDate", Set.of("currency")),
            Map.entry("codes", Set.of("picklist")),
            Map.entry("targets", Set.of("lookup")),
            Map.entry("inverseLabel", Set.of(LINKS)),
            Map.entry("valueSet", PICKLISTS),
            Map.entry("candidateFields", REFERENCES),
            Map.entry("candidateFilter", REFERENCES),
            Map.entry("reparent", Set.of("masterDetail")),
            Map.entry("circles", Set.of("lookup")),
            Map.entry("maxSize", FILES),
            Map.entry("accept", FILES),
            Map.entry("maxWidth", Set.of("image")),
            Map.entry("maxHeight", Set.of("image")),
            Map.entry("initial", Set.of("picklist")),
            Map.entry("dependsOn", PICKLISTS),
            Map.entry("allowed", PICKLISTS),
            Map.entry("transitions", Set.of("picklist")));

    private FieldProperties() {}

    /** Whether a field of the type may have the property. */
    public static boolean fits(String property, String type) {
        // An entry of transitions or allowed has the name of a value behind a dot.
        String name = property.replaceFirst("\\..*", "");
        return switch (name) {
            // A part always has its whole.
            // A record that is deleted takes its links with it, so none can be relied upon.
            case "required" -> !type.equals(LINKS);
            case "visibleWhen" -> !type.equals("masterDetail");
            case "requiredWhen" -> !type.equals("masterDetail") && !type.equals(LINKS) && !COMPUTED.contains(type);
            // Two equal amounts are no more the same than two offices in one street.
            case "unique" ->
                !NO_KEYS.contains(type) && !FILES.contains(type) && !WHOLES.contains(type) && !type.equals("currency");
            // No expression makes a file.
            case "default" -> !type.equals(LINKS) && !FILES.contains(type) && !WHOLES.contains(type);
            case "readOnlyWhen" -> !COMPUTED.contains(type);
            default -> ONLY.getOrDefault(name, Set.of(type)).contains(type);
        };
    }
}
