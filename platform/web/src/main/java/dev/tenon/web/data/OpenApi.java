package dev.tenon.web.data;

import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Action;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.MaskedText;
import dev.tenon.web.model.VisibleModel;
import dev.tenon.web.model.VisibleObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The data API as OpenAPI 3.1, for one caller: objects, fields and operations that are not his are not in it. */
final class OpenApi {

    private final VisibleModel visible;
    private final Locale locale;

    OpenApi(VisibleModel visible, Locale locale) {
        this.visible = visible;
        this.locale = locale;
    }

    Map<String, Object> write(String server) {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("openapi", "3.1.0");
        Map<String, Object> info = new LinkedHashMap<>();
        info.put("title", "Tenon · " + visible.model().tenant());
        info.put("version", String.valueOf(visible.model().version()));
        info.put(
                "description",
                "The data API of this tenant as the caller may use it. OData 4.01; see /odata/$metadata.");
        document.put("info", info);
        document.put("servers", List.of(Map.of("url", server)));
        document.put("security", List.of(Map.of("token", List.of())));
        Map<String, Object> paths = new LinkedHashMap<>();
        visible.objects().values().forEach(object -> paths(object, paths));
        paths.putAll(OpenApiService.paths(visible));
        document.put("paths", paths);
        Map<String, Object> schemas = new LinkedHashMap<>();
        schemas.put("Problem", problem());
        schemas.put("File", OpenApiService.file());
        visible.objects().values().forEach(object -> {
            schemas.put(object.name(), row(object));
            schemas.put(object.name() + ".Create", input(object, true));
            schemas.put(object.name() + ".Update", input(object, false));
        });
        Map<String, Object> components = new LinkedHashMap<>();
        components.put("securitySchemes", Map.of("token", Map.of("type", "http", "scheme", "bearer")));
        components.put("schemas", schemas);
        document.put("components", components);
        return document;
    }

    private void paths(VisibleObject object, Map<String, Object> paths) {
        String label = object.type().pluralLabel().in(locale);
        Map<String, Object> set = new LinkedHashMap<>();
        set.put(
                "get",
                operation(
                        object,
                        "list",
                        label,
                        options(
                                "$filter",
                                "$search",
                                "$select",
                                "$expand",
                                "$orderby",
                                "$top",
                                "$skip",
                                "$skiptoken",
                                "$count",
                                "$apply",
                                "$compute",
                                "view"),
                        null,
                        Map.of("200", answer(list(object)))));
        if (object.access().create()) {
            set.put(
                    "post",
                    operation(
                            object, "create", label, List.of(), ".Create", Map.of("201", answer(ref(object.name())))));
        }
        paths.put("/odata/" + object.name(), set);
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("parameters", List.of(id()));
        one.put(
                "get",
                operation(
                        object,
                        "read",
                        label,
                        options("$select", "$expand"),
                        null,
                        Map.of("200", answer(ref(object.name())))));
        if (!object.access().update().equals(Expr.FALSE)) {
            one.put(
                    "patch",
                    operation(
                            object,
                            "update",
                            label,
                            List.of(ifMatch()),
                            ".Update",
                            Map.of("200", answer(ref(object.name())))));
        }
        if (!object.access().delete().equals(Expr.FALSE)) {
            one.put(
                    "delete",
                    operation(
                            object,
                            "delete",
                            label,
                            List.of(ifMatch()),
                            null,
                            Map.of("204", Map.of("description", "Deleted"))));
        }
        paths.put("/odata/" + object.name() + "({id})", one);
        for (Action action : object.type().actions()) {
            if (object.access().actions().contains(action.name())) {
                new OpenApiCalls(this, locale).add(paths, object, action, label);
            }
        }
    }

    static Map<String, Object> operation(
            VisibleObject object,
            String verb,
            String label,
            List<Map<String, Object>> parameters,
            @Nullable String sent,
            Map<String, Object> answers) {
        Map<String, Object> operation = new LinkedHashMap<>();
        operation.put("operationId", verb + "_" + object.name());
        operation.put("tags", List.of(label));
        if (!parameters.isEmpty()) {
            operation.put("parameters", parameters);
        }
        if (sent != null) {
            operation.put("requestBody", body(ref(object.name() + sent)));
        }
        operation.put("responses", responses(answers));
        return operation;
    }

    /** The answers of an operation, and what it says when it fails. */
    static Map<String, Object> responses(Map<String, Object> answers) {
        Map<String, Object> responses = new LinkedHashMap<>(answers);
        responses.put(
                "default",
                Map.of(
                        "description",
                        "Problem details",
                        "content",
                        Map.of("application/problem+json", Map.of("schema", ref("Problem")))));
        return responses;
    }

    static Map<String, Object> body(Map<String, Object> schema) {
        return Map.of("required", true, "content", Map.of("application/json", Map.of("schema", schema)));
    }

    static Map<String, Object> answer(Map<String, Object> schema) {
        return Map.of("description", "OK", "content", Map.of("application/json", Map.of("schema", schema)));
    }

    static Map<String, Object> ref(String schema) {
        return Map.of("$ref", "#/components/schemas/" + schema);
    }

    private static Map<String, Object> list(VisibleObject object) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("@odata.count", Map.of("type", "integer"));
        properties.put("value", Map.of("type", "array", "items", ref(object.name())));
        properties.put("@odata.nextLink", Map.of("type", "string", "format", "uri"));
        return Map.of("type", "object", "properties", properties, "required", List.of("value"));
    }

    private static List<Map<String, Object>> options(String... names) {
        List<Map<String, Object>> options = new ArrayList<>();
        for (String name : names) {
            String type = switch (name) {
                case "$top", "$skip" -> "integer";
                case "$count" -> "boolean";
                default -> "string";
            };
            options.add(Map.of("name", name, "in", "query", "schema", Map.of("type", type)));
        }
        return options;
    }

    static Map<String, Object> id() {
        return Map.of(
                "name", "id", "in", "path", "required", true, "schema", Map.of("type", "string", "format", "uuid"));
    }

    private static Map<String, Object> ifMatch() {
        return Map.of("name", "If-Match", "in", "header", "required", true, "schema", Map.of("type", "string"));
    }

    private Map<String, Object> row(VisibleObject object) {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("@odata.etag", Map.of("type", "string"));
        properties.put("id", Map.of("type", "string", "format", "uuid"));
        properties.put("version", Map.of("type", "integer", "format", "int64"));
        object.fields().values().forEach(f -> properties.put(VisibleObject.property(f), schema(f)));
        ways(object, "", properties);
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("title", object.type().label().in(locale));
        schema.put("properties", properties);
        // Of the others a caller may select.
        schema.put("required", List.of("@odata.etag", "id", "version"));
        return schema;
    }

    /** Records around one: answered where they are expanded, saved where they are sent. */
    private void ways(VisibleObject object, String kind, Map<String, Object> properties) {
        object.fields()
                .values()
                .forEach(field -> VisibleObject.target(field)
                        .filter(visible.objects()::containsKey)
                        .filter(target -> kind.isEmpty() || object.access().mayEdit(field.name()))
                        .ifPresent(target -> properties.put(
                                field.name(),
                                kind.isEmpty()
                                        ? Map.of("oneOf", List.of(ref(target), Map.of("type", "null")))
                                        : ref(target + kind))));
        object.children().values().forEach(child -> {
            if (kind.isEmpty() || child.links().isEmpty()) {
                properties.put(child.name(), Map.of("type", "array", "items", ref(child.object() + kind)));
            }
        });
        object.links().values().stream()
                .filter(field -> !kind.isEmpty() && object.access().mayEdit(field.name()))
                .forEach(field -> properties.put(field.name(), schema(field)));
    }

    /** @param creating whether a new record is sent; in a change nothing is needed, and records inside of it may have ids */
    private Map<String, Object> input(VisibleObject object, boolean creating) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        object.fields().values().forEach(field -> {
            boolean computed = field.type() instanceof FieldType.Formula
                    || field.type() instanceof FieldType.RollUp
                    || field.type() instanceof FieldType.Derived
                    || field.type() instanceof FieldType.AutoNumber;
            boolean given = object.access().mayEdit(field.name())
                    || (creating && field.name().equals(SystemField.RECORD_TYPE));
            if (computed || field.readOnly() || !given) {
                return;
            }
            properties.put(VisibleObject.property(field), schema(field));
            boolean bySender = VisibleObject.target(field).isEmpty();
            if (creating
                    && bySender
                    && field.alwaysRequired()
                    && field.defaultValue().isEmpty()
                    && !field.system()) {
                required.add(VisibleObject.property(field));
            }
        });
        ways(object, creating ? ".Create" : ".Update", properties);
        if (!creating) {
            properties.put("id", Map.of("type", "string", "format", "uuid"));
            properties.put("@odata.etag", Map.of("type", "string"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        schema.put("additionalProperties", false);
        return schema;
    }

    Map<String, Object> schema(Field field) {
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("title", field.label().in(locale));
        field.help().ifPresent(help -> schema.put("description", help.in(locale)));
        type(visible.model(), field.type(), field.alwaysRequired(), schema);
        return schema;
    }

    private static void type(Model model, FieldType type, boolean required, Map<String, Object> schema) {
        switch (type) {
            case FieldType.Text text -> {
                named("string", required, schema);
                schema.put("maxLength", text.maxLength());
            }
            case FieldType.WholeNumber number -> {
                named("integer", required, schema);
                schema.put("format", "int64");
                number.min().ifPresent(min -> schema.put("minimum", min));
                number.max().ifPresent(max -> schema.put("maximum", max));
            }
            case FieldType.DecimalNumber number -> {
                named("number", required, schema);
                schema.put("multipleOf", BigDecimal.ONE.movePointLeft(number.scale()));
            }
            case FieldType.Bool _ -> named("boolean", required, schema);
            case FieldType.DateOnly _ -> formatted("date", required, schema);
            case FieldType.DateTime _ -> formatted("date-time", required, schema);
            case FieldType.TimeOfDay _ -> formatted("time", required, schema);
            case FieldType.MultiPicklist picklist -> {
                named("array", required, schema);
                schema.put(
                        "items",
                        Map.of(
                                "type",
                                "string",
                                "enum",
                                picklist.values().stream()
                                        .map(FieldType.Picklist.Value::key)
                                        .toList()));
                schema.put("uniqueItems", true);
            }
            case FieldType.RichText text -> {
                named("string", required, schema);
                schema.put("maxLength", text.maxLength());
                schema.put("contentMediaType", "text/html");
            }
            case FieldType.Json json -> {
                named("string", required, schema);
                schema.put("maxLength", json.maxLength());
                schema.put("contentMediaType", "application/json");
            }
            case FieldType.EncryptedText text -> {
                named("string", required, schema);
                schema.put("maxLength", Math.max(text.maxLength(), MaskedText.LONGEST));
            }
            case FieldType.Picklist picklist -> {
                named("string", required, schema);
                List<@Nullable Object> keys = new ArrayList<>();
                picklist.values().stream().map(FieldType.Picklist.Value::key).forEach(keys::add);
                if (!required) {
                    keys.add(null);
                }
                schema.put("enum", keys);
            }
            case FieldType.File _ ->
                schema.put("anyOf", required ? List.of(ref("File")) : List.of(ref("File"), Map.of("type", "null")));
            case FieldType.Lookup _ -> formatted("uuid", required, schema);
            case FieldType.MasterDetail _ -> formatted("uuid", required, schema);
            case FieldType.ManyToMany _ -> {
                schema.put("type", "array");
                schema.put("items", Map.of("type", "string", "format", "uuid"));
            }
            case FieldType.AutoNumber _ -> {
                named("string", true, schema);
                schema.put("readOnly", true);
            }
            case FieldType.Formula formula -> {
                type(model, formula.result(), false, schema);
                schema.put("readOnly", true);
            }
            case FieldType.Derived derived -> {
                type(model, derived.result(), false, schema);
                schema.put("readOnly", true);
            }
            case FieldType.RollUp rollUp -> {
                type(model, rollUp.result(model), false, schema);
                schema.put("readOnly", true);
            }
        }
    }

    private static void formatted(String format, boolean required, Map<String, Object> schema) {
        named("string", required, schema);
        schema.put("format", format);
    }

    private static void named(String type, boolean required, Map<String, Object> schema) {
        schema.put("type", required ? type : List.of(type, "null"));
    }

    private static Map<String, Object> problem() {
        Map<String, Object> properties = new LinkedHashMap<>();
        for (String text : List.of("type", "title", "detail", "code", "kind", "traceId")) {
            properties.put(text, Map.of("type", "string"));
        }
        properties.put("status", Map.of("type", "integer"));
        properties.put("args", Map.of("type", "object", "additionalProperties", true));
        properties.put(
                "errors",
                Map.of(
                        "type",
                        "array",
                        "items",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(
                                        "code",
                                        Map.of("type", "string"),
                                        "pointer",
                                        Map.of("type", "string"),
                                        "detail",
                                        Map.of("type", "string")))));
        return Map.of("type", "object", "properties", properties);
    }
}
