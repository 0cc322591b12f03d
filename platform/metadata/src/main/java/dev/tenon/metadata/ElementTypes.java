package dev.tenon.metadata;

import static dev.tenon.metadata.ElementType.Naming.GLOBAL;
import static dev.tenon.metadata.ElementType.Naming.LOCAL;

import dev.tenon.metadata.PropertyType.Merge;
import dev.tenon.metadata.PropertyType.Refers;
import dev.tenon.metadata.model.ElementKey;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All element types with their properties: the one place that says what a layer may contain and change. */
public final class ElementTypes {

    public static final String OBJECT = "object";
    public static final String FIELD = "field";
    public static final String VALUE = "value";
    public static final String VALUE_SET = "valueSet";
    public static final String SET_VALUE = "setValue";
    public static final String UNIQUE_KEY = "uniqueKey";
    public static final String RULE = "rule";
    public static final String DUPLICATE_RULE = "duplicateRule";
    public static final String TRIGGER = "trigger";
    public static final String ACTION = "action";
    public static final String PARAMETER = "parameter";
    public static final String VIEW = "view";
    public static final String RECORD_TYPE = "recordType";
    public static final String SECTION = "section";
    public static final String RELATED = "related";
    public static final String PERMISSION_SET = "permissionSet";
    public static final String OBJECT_PERMISSION = "objectPermission";
    public static final String APPROVAL = "approval";
    public static final String STEP = "step";
    public static final String POLICY = "policy";
    public static final String SETTING = "setting";
    public static final String APP = "app";
    public static final String SCRIPT = "script";

    private static final List<PropertyType> PLACE = List.of(open("after"), open("first"));
    private static final List<PropertyType> HANDLER = List.of(fixed("script"), fixed("function"), fixed("plugin"));

    private static final List<PropertyType> PICKLIST_VALUE =
            List.of(label("label"), open("color"), open("active", true));

    private static final Map<String, ElementType> ALL = index(
            top(VALUE_SET, "valueSets", "value-set.schema.json", labels(), List.of(open("hidden", false))),
            child(SET_VALUE, VALUE_SET, "values", "value-set.schema.json#/$defs/value", PICKLIST_VALUE, PLACE),
            top(OBJECT, "objects", "object.schema.json", labels(), objectProperties()),
            child(FIELD, OBJECT, "fields", "object.schema.json#/$defs/field", fieldProperties(), PLACE),
            child(VALUE, FIELD, "values", "object.schema.json#/$defs/value", PICKLIST_VALUE, PLACE),
            child(
                    UNIQUE_KEY,
                    OBJECT,
                    "uniqueKeys",
                    "object.schema.json#/$defs/uniqueKey",
                    List.of(fixed("fields"), fixed("ignoreCase", false))),
            child(
                    RULE,
                    OBJECT,
                    "rules",
                    "object.schema.json#/$defs/rule",
                    List.of(open("condition"), label("message"), open("field"), open("active", true))),
            child(
                    DUPLICATE_RULE,
                    OBJECT,
                    "duplicateRules",
                    "object.schema.json#/$defs/duplicateRule",
                    List.of(
                            open("match"),
                            label("message"),
                            open("action", "warn"),
                            open("visibility", "all"),
                            open("condition"),
                            open("active", true))),
            child(
                    TRIGGER,
                    OBJECT,
                    "triggers",
                    "object.schema.json#/$defs/trigger",
                    List.of(fixed("on"), fixed("condition"), open("active", true)),
                    HANDLER),
            child(
                    ACTION,
                    OBJECT,
                    "actions",
                    "object.schema.json#/$defs/action",
                    List.of(label("label"), open("condition"), open("hidden", false), fixed("returns")),
                    HANDLER),
            child(
                    PARAMETER,
                    ACTION,
                    "parameters",
                    "object.schema.json#/$defs/parameter",
                    List.of(
                            fixed("type"),
                            label("label"),
                            label("help"),
                            open("required", false),
                            fixed("maxLength"),
                            fixed("precision"),
                            fixed("scale"),
                            fixed("codes"),
                            fixed("valueSet", Refers.VALUE_SET)),
                    PLACE),
            child(
                    VIEW,
                    OBJECT,
                    "views",
                    "object.schema.json#/$defs/view",
                    List.of(
                            label("label"),
                            list("columns", "field"),
                            open("filter"),
                            open("sort"),
                            open("hidden", false)),
                    PLACE),
            child(
                    RECORD_TYPE,
                    OBJECT,
                    "recordTypes",
                    "object.schema.json#/$defs/recordType",
                    List.of(
                            label("label"),
                            open("active", true),
                            new PropertyType("values", Merge.LISTS, true, Refers.NOTHING, Optional.of("value"), null),
                            family("defaults"),
                            list("sections", "section"),
                            list("related", "list")),
                    PLACE),
            child(
                    SECTION,
                    OBJECT,
                    "layout.sections",
                    "object.schema.json#/$defs/section",
                    List.of(label("label"), open("columns", 2L), list("fields", "field"), open("hidden", false)),
                    PLACE),
            child(
                    RELATED,
                    OBJECT,
                    "layout.related",
                    "object.schema.json#/$defs/related",
                    List.of(
                            label("label"),
                            fixed("object", Refers.OBJECT),
                            fixed("via"),
                            list("columns", "field"),
                            open("hidden", false)),
                    PLACE),
            top(
                    PERMISSION_SET,
                    "permissions",
                    "permission-set.schema.json",
                    labels(),
                    List.of(list("system", "right"))),
            new ElementType(
                    OBJECT_PERMISSION,
                    Optional.of(PERMISSION_SET),
                    "objects",
                    ElementType.Naming.OBJECT,
                    "permission-set.schema.json#/$defs/objectPermission",
                    List.of(
                            open("create", false),
                            open("read", false),
                            open("edit", false),
                            open("delete", false),
                            open("lock", false),
                            open("editLocked", false),
                            open("scope", "own"),
                            open("editScope"),
                            open("fieldDefault", "read"),
                            family("fields"),
                            list("actions", "action"),
                            list("recordTypes", "recordType"),
                            list("reveal", "field"))),
            top(
                    APPROVAL,
                    "approvals",
                    "approval.schema.json",
                    labels(),
                    List.of(
                            fixed("object", Refers.OBJECT),
                            open("entry"),
                            new PropertyType(
                                    "submitters",
                                    Merge.LIST,
                                    true,
                                    Refers.PERMISSION_SET,
                                    Optional.of("permissionSet"),
                                    null),
                            list("recordTypes", "recordType"),
                            open("lock", "full"),
                            open("withdraw", "beforeFirstDecision"),
                            family("onOutcome"),
                            open("active", true))),
            child(
                    STEP,
                    APPROVAL,
                    "steps",
                    "approval.schema.json#/$defs/step",
                    List.of(
                            label("label"),
                            open("condition"),
                            new PropertyType("approvers", Merge.SCALAR, true, Refers.APPROVERS, Optional.empty(), null),
                            open("mode", "all"),
                            open("self", "toManager"),
                            open("empty", "toProcessAdmin"),
                            list("commentRequired", "decision"),
                            open("active", true)),
                    PLACE),
            top(POLICY, "policies", "policy.schema.json", List.of(fixed("process", Refers.APPROVAL)), HANDLER),
            top(
                    SETTING,
                    "settings.yaml",
                    "settings.schema.json#/$defs/setting",
                    labels(),
                    List.of(
                            label("help"),
                            fixed("type"),
                            fixed("maxLength"),
                            fixed("precision"),
                            fixed("scale"),
                            open("value"))),
            top(
                    APP,
                    "apps.yaml",
                    "apps.schema.json#/$defs/app",
                    labels(),
                    List.of(
                            new PropertyType("objects", Merge.LIST, true, Refers.OBJECT, Optional.of("object"), null),
                            open("hidden", false)),
                    PLACE),
            new ElementType(
                    SCRIPT, Optional.empty(), "scripts", ElementType.Naming.FILE, "", List.of(fixed("source"))));

    private static final Map<String, List<ElementType>> CHILDREN = ALL.values().stream()
            .filter(t -> t.parent().isPresent())
            .collect(Collectors.groupingBy(t -> t.parent().orElseThrow()));

    private ElementTypes() {}

    /** All types, parents before their children. */
    public static List<ElementType> all() {
        return List.copyOf(ALL.values());
    }

    public static Optional<ElementType> find(String type) {
        return Optional.ofNullable(ALL.get(type));
    }

    /** A type that the caller knows to exist. */
    public static ElementType require(String type) {
        return find(type).orElseThrow(() -> new IllegalArgumentException("no element type " + type));
    }

    /** Types of the elements that stand inside one of the given type. */
    public static List<ElementType> childrenOf(ElementType parent) {
        return CHILDREN.getOrDefault(parent.name(), List.of());
    }

    /** Whether a layer above the one that defines the element may set the property. */
    public static boolean changeable(ElementKey element, String property) {
        return find(element.type())
                .flatMap(t -> t.findProperty(property))
                .map(PropertyType::changeable)
                .orElse(false);
    }

    private static List<PropertyType> labels() {
        return List.of(label("label"));
    }

    private static List<PropertyType> objectProperties() {
        return List.of(
                label("pluralLabel"),
                open("titleField"),
                open("baseline", "private"),
                open("defaultRecordType"),
                open("hidden", false));
    }

    private static List<PropertyType> fieldProperties() {
        return List.of(
                fixed("type"),
                label("label"),
                label("help"),
                open("required", false),
                open("unique", false),
                open("ignoreCase", false),
                open("indexed", false),
                open("default"),
                open("readOnly", false),
                open("hidden", false),
                open("visibleWhen"),
                open("requiredWhen"),
                open("readOnlyWhen"),
                new PropertyType("transitions", Merge.LISTS, true, Refers.NOTHING, Optional.of("value"), null),
                list("initial", "value"),
                list("candidateFields", "field"),
                open("candidateFilter"),
                open("reparent", "allowed"),
                open("circles", "allowed"),
                open("maxSize"),
                list("accept", "mediaType"),
                open("maxWidth"),
                open("maxHeight"),
                open("dependsOn"),
                new PropertyType("allowed", Merge.LISTS, true, Refers.NOTHING, Optional.of("value"), null),
                open("maxLength"),
                open("format"),
                open("mask", "all"),
                open("reset", "never"),
                open("gapless", false),
                open("min"),
                open("max"),
                fixed("precision"),
                fixed("scale"),
                open("rateDate"),
                fixed("codes"),
                fixed("valueSet", Refers.VALUE_SET),
                fixed("target", Refers.OBJECT),
                new PropertyType("targets", Merge.LIST, true, Refers.OBJECT, Optional.of("object"), null),
                label("inverseLabel"),
                fixed("result"),
                fixed("expression"),
                fixed("object", Refers.OBJECT),
                fixed("via"),
                fixed("function"),
                fixed("field"),
                fixed("filter"));
    }

    private static PropertyType open(String name) {
        return open(name, null);
    }

    private static PropertyType open(String name, @Nullable Object fallback) {
        return new PropertyType(name, Merge.SCALAR, true, Refers.NOTHING, Optional.empty(), fallback);
    }

    private static PropertyType fixed(String name) {
        return fixed(name, Refers.NOTHING);
    }

    private static PropertyType fixed(String name, Object fallback) {
        return new PropertyType(name, Merge.SCALAR, false, Refers.NOTHING, Optional.empty(), fallback);
    }

    private static PropertyType fixed(String name, Refers refers) {
        return new PropertyType(name, Merge.SCALAR, false, refers, Optional.empty(), null);
    }

    private static PropertyType label(String name) {
        return new PropertyType(name, Merge.LABEL, true, Refers.NOTHING, Optional.empty(), null);
    }

    private static PropertyType list(String name, String itemName) {
        return new PropertyType(name, Merge.LIST, true, Refers.NOTHING, Optional.of(itemName), null);
    }

    private static PropertyType family(String name) {
        return new PropertyType(name, Merge.FAMILY, true, Refers.NOTHING, Optional.empty(), null);
    }

    @SafeVarargs
    private static ElementType top(String name, String group, String schema, List<PropertyType>... properties) {
        return new ElementType(name, Optional.empty(), group, GLOBAL, schema, join(properties));
    }

    @SafeVarargs
    private static ElementType child(
            String name, String parent, String group, String schema, List<PropertyType>... properties) {
        return new ElementType(name, Optional.of(parent), group, LOCAL, schema, join(properties));
    }

    @SafeVarargs
    private static List<PropertyType> join(List<PropertyType>... properties) {
        return Stream.of(properties).flatMap(List::stream).toList();
    }

    private static Map<String, ElementType> index(ElementType... types) {
        Map<String, ElementType> byName = new LinkedHashMap<>();
        Arrays.stream(types).forEach(t -> byName.put(t.name(), t));
        return byName;
    }
}
