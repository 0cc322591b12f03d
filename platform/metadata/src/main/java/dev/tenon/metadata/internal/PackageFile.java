package dev.tenon.metadata.internal;

import dev.tenon.metadata.ElementTypes;
import dev.tenon.sdk.error.Suggestions;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a file of a package is, by its path. */
sealed interface PackageFile {

    String OBJECT_NAME = "[A-Z][A-Za-z0-9]{0,39}";
    String SNAKE_NAME = "[a-z][A-Za-z0-9]*(?:_[A-Za-z0-9]+)*";
    String NAMESPACE = "[a-z][a-z0-9]{0,19}";

    /** {@code package.yaml}. */
    record Info() implements PackageFile {}

    /** One top-level element; {@code name} is local for an own one, global for one that is extended. */
    record Definition(String type, String name, boolean own, String schema) implements PackageFile {}

    /** Several top-level elements by name. */
    record Collection(String type, boolean own, String schema) implements PackageFile {}

    record Translation(String language) implements PackageFile {}

    record Script() implements PackageFile {}

    record SeedData() implements PackageFile {}

    /** Read-mes and files for editors: neither read nor kept. */
    record Ignored() implements PackageFile {}

    record Unexpected(String suggestion) implements PackageFile {}

    Pattern PATH = Pattern.compile("(?<folder>objects|valueSets|permissions|approvals|policies)/(?<name>[^/]+)\\.yaml");
    Pattern EXTENDED_OBJECT = Pattern.compile("extends/(?:(?<ns>" + NAMESPACE + ")/(?<name>" + OBJECT_NAME
            + ")|(?<global>" + NAMESPACE + "__" + OBJECT_NAME + "))\\.yaml");
    Pattern EXTENDED_SET = Pattern.compile("extends/valueSets/(?<name>" + NAMESPACE + "__" + OBJECT_NAME + ")\\.yaml");
    Pattern EXTENDED = Pattern.compile(
            "extends/(?<folder>permissions|approvals)/(?<name>" + NAMESPACE + "__" + SNAKE_NAME + ")\\.yaml");
    Pattern TRANSLATION =
            Pattern.compile("i18n/(?<tag>[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?:\\.[a-z0-9][a-z0-9-]*)?\\.yaml");
    Pattern SCRIPT_PATH = Pattern.compile("scripts/[A-Za-z0-9_./-]+\\.js");
    Pattern IGNORED = Pattern.compile(
            "(?:.*/)?(?:[^/]+\\.(?:md|txt|d\\.ts)|LICENSE|NOTICE|jsconfig\\.json|tsconfig\\.json|package\\.json)");
    List<String> SHAPES = List.of(
            "package.yaml",
            "objects/<Name>.yaml",
            "extends/<namespace>/<Name>.yaml",
            "valueSets/<Name>.yaml",
            "permissions/<name>.yaml",
            "approvals/<name>.yaml",
            "policies/<name>.yaml",
            "settings.yaml",
            "apps.yaml",
            "i18n/<language>.yaml",
            "scripts/<name>.js",
            "data/<name>.csv");

    static PackageFile of(String path) {
        switch (path) {
            case "package.yaml":
                return new Info();
            case "settings.yaml":
                return new Collection(ElementTypes.SETTING, true, "settings.schema.json");
            case "apps.yaml":
                return new Collection(ElementTypes.APP, true, "apps.schema.json");
            case "extends/settings.yaml":
                return new Collection(ElementTypes.SETTING, false, "extends-settings.schema.json");
            case "extends/apps.yaml":
                return new Collection(ElementTypes.APP, false, "extends-apps.schema.json");
            default:
                return byPattern(path);
        }
    }

    private static PackageFile byPattern(String path) {
        Matcher definition = PATH.matcher(path);
        if (definition.matches()) {
            return definition(definition.group("folder"), definition.group("name"), path);
        }
        Matcher object = EXTENDED_OBJECT.matcher(path);
        if (object.matches()) {
            String name = object.group("global") != null
                    ? object.group("global")
                    : object.group("ns") + "__" + object.group("name");
            return new Definition(ElementTypes.OBJECT, name, false, "extends-object.schema.json");
        }
        Matcher set = EXTENDED_SET.matcher(path);
        if (set.matches()) {
            return new Definition(ElementTypes.VALUE_SET, set.group("name"), false, "extends-value-set.schema.json");
        }
        Matcher extended = EXTENDED.matcher(path);
        if (extended.matches()) {
            boolean permissions = extended.group("folder").equals("permissions");
            return new Definition(
                    permissions ? ElementTypes.PERMISSION_SET : ElementTypes.APPROVAL,
                    extended.group("name"),
                    false,
                    permissions ? "extends-permission-set.schema.json" : "extends-approval.schema.json");
        }
        Matcher translation = TRANSLATION.matcher(path);
        if (translation.matches()) {
            return new Translation(
                    Locale.forLanguageTag(translation.group("tag")).toLanguageTag());
        }
        if (SCRIPT_PATH.matcher(path).matches()) {
            return new Script();
        }
        if (IGNORED.matcher(path).matches()) {
            return new Ignored();
        }
        if (path.startsWith("data/")) {
            return new SeedData();
        }
        return new Unexpected(suggestion(path));
    }

    private static PackageFile definition(String folder, String name, String path) {
        boolean capital = folder.equals("objects") || folder.equals("valueSets");
        if (!name.matches(capital ? OBJECT_NAME : SNAKE_NAME) || name.length() > 40) {
            return new Unexpected(folder + (capital ? "/<Name>.yaml" : "/<name>.yaml"));
        }
        return switch (folder) {
            case "objects" -> new Definition(ElementTypes.OBJECT, name, true, "object.schema.json");
            case "valueSets" -> new Definition(ElementTypes.VALUE_SET, name, true, "value-set.schema.json");
            case "permissions" -> new Definition(ElementTypes.PERMISSION_SET, name, true, "permission-set.schema.json");
            case "approvals" -> new Definition(ElementTypes.APPROVAL, name, true, "approval.schema.json");
            case "policies" -> new Definition(ElementTypes.POLICY, name, true, "policy.schema.json");
            default -> throw new IllegalStateException(path);
        };
    }

    private static String suggestion(String path) {
        if (path.endsWith(".yml")) {
            return path.substring(0, path.length() - 3) + "yaml";
        }
        String top = path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        return SHAPES.stream()
                .filter(shape -> {
                    String shapeTop = shape.contains("/") ? shape.substring(0, shape.indexOf('/')) : shape;
                    return Suggestions.distance(top.toLowerCase(Locale.ROOT), shapeTop) <= 2;
                })
                .findFirst()
                .orElseGet(() -> String.join(", ", SHAPES));
    }

    /** The file that an element of this type and name stands in. */
    static String path(String type, String name, boolean own, String namespace) {
        return switch (type) {
            case ElementTypes.OBJECT ->
                own
                        ? "objects/" + Names.local(name, namespace) + ".yaml"
                        : "extends/" + Names.namespaceOf(name).orElse("-") + "/" + Names.bare(name) + ".yaml";
            case ElementTypes.VALUE_SET ->
                own ? "valueSets/" + Names.local(name, namespace) + ".yaml" : "extends/valueSets/" + name + ".yaml";
            case ElementTypes.PERMISSION_SET ->
                own ? "permissions/" + Names.local(name, namespace) + ".yaml" : "extends/permissions/" + name + ".yaml";
            case ElementTypes.APPROVAL ->
                own ? "approvals/" + Names.local(name, namespace) + ".yaml" : "extends/approvals/" + name + ".yaml";
            case ElementTypes.POLICY -> "policies/" + Names.local(name, namespace) + ".yaml";
            case ElementTypes.SETTING -> own ? "settings.yaml" : "extends/settings.yaml";
            case ElementTypes.APP -> own ? "apps.yaml" : "extends/apps.yaml";
            default -> throw new IllegalArgumentException("no file of its own: " + type);
        };
    }
}
