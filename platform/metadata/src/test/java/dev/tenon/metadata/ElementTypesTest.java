package dev.tenon.metadata;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.internal.SchemaCheck;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ElementTypesTest {

    private static final Map<String, String> CHANGES = Map.of(
            "object", "extends-object",
            "value-set", "extends-value-set",
            "permission-set", "extends-permission-set",
            "approval", "extends-approval",
            "settings", "extends-settings",
            "apps", "extends-apps");

    static Stream<ElementType> types() {
        return ElementTypes.all().stream().filter(t -> !t.name().equals(ElementTypes.SCRIPT));
    }

    @ParameterizedTest
    @MethodSource("types")
    void descriptorsAndSchemaNameTheSameProperties(ElementType type) {
        TreeSet<String> described = new TreeSet<>();
        type.properties().forEach(p -> described.add(p.name()));
        ElementTypes.childrenOf(type).forEach(c -> described.add(c.group().replaceAll("\\..*", "")));

        assertThat(new TreeSet<>(schema(type.schema()).path("properties").propertyNames()))
                .isEqualTo(described);
    }

    @ParameterizedTest
    @MethodSource("types")
    void anExtendingFileMaySayTheSameAsADefiningOne(ElementType type) {
        String file = type.schema().replaceAll("\\.schema\\.json.*", "");
        if (!CHANGES.containsKey(file)) {
            return;
        }
        String changed = type.schema().replace(file + ".schema.json", CHANGES.get(file) + ".schema.json");

        JsonNode change = schema(changed);
        assertThat(change.path("properties").propertyNames())
                .containsExactlyInAnyOrderElementsOf(
                        schema(type.schema()).path("properties").propertyNames());
        assertThat(change.has("required")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "package",
                "object",
                "extends-object",
                "value-set",
                "extends-value-set",
                "permission-set",
                "extends-permission-set",
                "approval",
                "extends-approval",
                "policy",
                "settings",
                "extends-settings",
                "apps",
                "extends-apps",
                "i18n"
            })
    void everyPropertyOfEverySchemaIsExplainedAndNothingElseIsAllowed(String name) {
        JsonNode document = SchemaCheck.document(name + ".schema.json");
        List<String> faults = new ArrayList<>();
        visit(document, "#", faults);

        assertThat(document.path("title").stringValue("")).isNotBlank();
        assertThat(document.path("$schema").stringValue("")).isEqualTo("https://json-schema.org/draft/2020-12/schema");
        assertThat(faults).isEmpty();
    }

    private static void visit(JsonNode schema, String path, List<String> faults) {
        schema.path("properties").properties().forEach(p -> {
            JsonNode value = p.getValue();
            boolean explained = value.has("description")
                    || value.has("$ref")
                    || path.contains("/dependentSchemas")
                    || path.contains("/allOf")
                    || value.path("additionalProperties").isBoolean();
            if (!explained) {
                faults.add(path + "/" + p.getKey() + " has no description");
            }
            visit(value, path + "/" + p.getKey(), faults);
        });
        if (schema.has("properties")
                && schema.path("type").toString().contains("object")
                && !schema.has("additionalProperties")) {
            faults.add(path + " allows unknown keys");
        }
        schema.path("$defs").properties().forEach(d -> visit(d.getValue(), path + "/$defs/" + d.getKey(), faults));
        if (schema.path("additionalProperties").isObject()) {
            visit(schema.path("additionalProperties"), path + "/*", faults);
        }
        if (schema.path("items").isObject()) {
            visit(schema.path("items"), path + "/[]", faults);
        }
    }

    private static JsonNode schema(String reference) {
        String[] parts = reference.split("#", 2);
        JsonNode document = SchemaCheck.document(parts[0]);
        return parts.length == 1 ? document : document.at(parts[1]);
    }
}
