package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Packages that cannot be: every fault is told with file and line, and what was installed stays as it was. */
class BadPackageTest {

    private static final String PACKAGES = "/api/admin/packages";

    private final Http http = Plant.administrator();
    private List<String> installed;

    @BeforeEach
    void remember() {
        installed = names("installed");
    }

    @AfterEach
    void nothingWasInstalledAndWorkGoesOn() {
        assertThat(names("installed")).isEqualTo(installed);
        JsonNode made = http.post(DEVICES, Map.of("name", "good")).good();
        http.delete(DEVICES + "(" + made.get("id").asString() + ")").good();
    }

    private List<String> names(String list) {
        return StreamSupport.stream(http.get(PACKAGES).good().get(list).spliterator(), false)
                .map(p -> p.get("name").asString() + " " + p.get("version").asString())
                .toList();
    }

    private static String info(String name, String version, String requires) {
        return "name: %s\nnamespace: %s\nversion: %s\nrequires: {%s}\ntitle: %s\n"
                .formatted(name, name, version, requires, name);
    }

    private static JsonNode error(JsonNode problem, String code) {
        return StreamSupport.stream(problem.get("errors").spliterator(), false)
                .filter(e -> e.get("code").asString().equals(code))
                .findFirst()
                .orElseThrow(() -> new AssertionError(code + " is not among " + problem));
    }

    private static void assertAt(JsonNode error, String file, int line) {
        assertThat(error.get("source").get("file").asString())
                .as(error.toString())
                .isEqualTo(file);
        assertThat(error.get("source").get("line").asInt()).as(error.toString()).isEqualTo(line);
    }

    @Test
    void whatIsNoArchive() {
        JsonNode problem = http.upload(PACKAGES, "x.zip", "no zip".getBytes(StandardCharsets.UTF_8))
                .refused(422, "tenancy.model-refused");
        assertThat(problem.get("errors").get(0).get("code").asString()).startsWith("metadata.");
        http.upload(PACKAGES, "x.zip", Http.zip("readme.md", "nothing")).refused(422, "tenancy.model-refused");
    }

    @Test
    void everyFaultOfTheFilesIsToldAtOnceWithItsLine() {
        JsonNode problem = http.upload(
                        PACKAGES,
                        "x.zip",
                        Http.zip("package.yaml", info("wrong", "1.0.0", ""), "objects/Thing.yaml", """
                                label: Thing
                                pluralLable: Things
                                fields:
                                  me: {type: text, label: Me}
                                  size: {type: txt, label: Size}
                                triggers:
                                  t: {on: [beforeCreate], script: scripts/nowhere.js, function: f}
                                """))
                .refused(422, "tenancy.model-refused");
        assertAt(error(problem, "metadata.unknown-key"), "objects/Thing.yaml", 2);
        assertThat(error(problem, "metadata.unknown-key").get("detail").asString())
                .contains("Did you mean pluralLabel?");
        assertAt(error(problem, "metadata.name-reserved"), "objects/Thing.yaml", 4);
        assertAt(error(problem, "metadata.value-not-allowed"), "objects/Thing.yaml", 5);
        assertThat(names("available")).noneMatch(p -> p.startsWith("wrong"));
    }

    @Test
    void namesOfTheExpressionLanguageAreNoNamesOfFields() {
        for (String name : List.of("me", "now", "today", "settings", "old")) {
            JsonNode problem = http.upload(
                            PACKAGES,
                            "x.zip",
                            Http.zip(
                                    "package.yaml",
                                    info("taken", "1.0.0", ""),
                                    "objects/Thing.yaml",
                                    "label: Thing\nfields:\n  " + name + ": {type: text, label: X}\n"))
                    .refused(422, "tenancy.model-refused");
            assertAt(error(problem, "metadata.name-reserved"), "objects/Thing.yaml", 3);
        }
    }

    @Test
    void aMissingTarget() {
        http.upload(
                        PACKAGES,
                        "x.zip",
                        Http.zip(
                                "package.yaml",
                                info("aimless", "1.0.0", "plant: \">=1.0.0\""),
                                "objects/Part.yaml",
                                """
                                label: Part
                                fields:
                                  name: {type: text, label: Name}
                                  device: {type: lookup, label: Device, target: plant__Devise}
                                rules:
                                  r: {condition: "nmae != null", message: A name.}
                                """,
                                "extends/plant/Divice.yaml",
                                "fields:\n  aimless__x: {type: text, label: X}\n"))
                .good();
        JsonNode problem =
                http.post(PACKAGES + "/aimless/1.0.0/apply", Map.of()).refused(422, "tenancy.model-refused");
        JsonNode missing = error(problem, "metadata.target-missing");
        assertThat(missing.get("detail").asString()).contains("Did you mean plant__Device?");
        assertThat(missing.get("source").get("file").asString()).isEqualTo("extends/plant/Divice.yaml");
        JsonNode preview =
                http.post(PACKAGES + "/aimless/1.0.0/preview", Map.of()).good();
        assertThat(preview.get("blocked").asBoolean()).isTrue();
        assertThat(preview.get("problems")).isNotEmpty();
    }

    @Test
    void aReferenceAndAnExpressionThatLeadNowhere() {
        http.upload(
                        PACKAGES,
                        "x.zip",
                        Http.zip(
                                "package.yaml",
                                info("dangling", "1.0.0", "plant: \">=1.0.0\""),
                                "objects/Part.yaml",
                                """
                                label: Part
                                fields:
                                  name: {type: text, label: Name}
                                  device: {type: lookup, label: Device, target: plant__Devise}
                                """))
                .good();
        JsonNode refused =
                http.post(PACKAGES + "/dangling/1.0.0/apply", Map.of()).refused(422, "tenancy.model-refused");
        assertAt(error(refused, "metadata.reference-unknown"), "objects/Part.yaml", 4);

        http.upload(
                        PACKAGES,
                        "x.zip",
                        Http.zip("package.yaml", info("misspelt", "1.0.0", ""), "objects/Part.yaml", """
                                label: Part
                                fields:
                                  name: {type: text, label: Name}
                                rules:
                                  named: {condition: "nmae != null", message: A name.}
                                """))
                .good();
        JsonNode problem =
                http.post(PACKAGES + "/misspelt/1.0.0/apply", Map.of()).refused(422, "tenancy.model-refused");
        JsonNode unknown = error(problem, "expression.unknown-name");
        assertAt(unknown, "objects/Part.yaml", 5);
        assertThat(unknown.get("detail").asString()).contains("Did you mean name?");
    }

    @Test
    void aPackageWhoseRequirementIsMissing() {
        http.upload(PACKAGES, "x.zip", Http.zip("package.yaml", info("lonely", "1.0.0", "nobody: \">=1.0.0\"")))
                .good();
        JsonNode problem = http.post(PACKAGES + "/lonely/1.0.0/apply", Map.of()).refused(422, "tenancy.model-refused");
        assertThat(error(problem, "metadata.requirement-missing").get("detail").asString())
                .contains("requires nobody", "Install it first");
    }

    @Test
    void packagesThatRequireEachOther() {
        http.upload(PACKAGES, "x.zip", Http.zip("package.yaml", info("hen", "1.0.0", "egg: \">=1.0.0\"")))
                .good();
        http.upload(PACKAGES, "x.zip", Http.zip("package.yaml", info("egg", "1.0.0", "hen: \">=1.0.0\"")))
                .good();
        for (String name : List.of("hen", "egg")) {
            JsonNode problem =
                    http.post(PACKAGES + "/" + name + "/1.0.0/apply", Map.of()).refused(422, "tenancy.model-refused");
            JsonNode circle = error(problem, "metadata.requirement-cycle");
            assertThat(circle.get("detail").asString()).contains("hen → egg").contains("egg → hen".substring(0, 5));
            assertThat(circle.get("source").get("file").asString()).isEqualTo("package.yaml");
        }
    }

    @Test
    void anUpgradeThatWouldCloseACircleLeavesTheInstalledVersion() {
        http.upload(PACKAGES, "x.zip", Http.zip("package.yaml", info("base", "1.0.0", "")))
                .good();
        http.upload(PACKAGES, "x.zip", Http.zip("package.yaml", info("upper", "1.0.0", "base: \">=1.0.0\"")))
                .good();
        http.post(PACKAGES + "/base/1.0.0/apply", Map.of()).good();
        http.post(PACKAGES + "/upper/1.0.0/apply", Map.of()).good();
        installed = names("installed");
        http.upload(PACKAGES, "x.zip", Http.zip("package.yaml", info("base", "1.1.0", "upper: \">=1.0.0\"")))
                .good();

        JsonNode problem = http.post(PACKAGES + "/base/1.1.0/apply", Map.of()).refused(422, "tenancy.model-refused");

        assertThat(error(problem, "metadata.requirement-cycle").get("detail").asString())
                .contains("base → upper → base");
        assertThat(names("installed")).contains("base 1.0.0");
    }

    @Test
    void theOwnLayerRefusesTheSameWay() {
        String changes = "/api/admin/metadata/changes";
        http.post(changes, change("field:plant__Devise/c__x", Map.of("type", "text", "label", "X")))
                .refused(422, "tenancy.model-refused");
        JsonNode problem = http.post(changes, change("field:plant__Device/c__x", Map.of("type", "txet", "label", "X")))
                .refused(422, "tenancy.model-refused");
        assertThat(problem.get("errors")).isNotEmpty();
        http.post(changes, Map.of("changes", List.of(Map.of("op", "explode", "element", "field:a/b"))))
                .refused(400, "web.parameter-malformed");
        http.post(DEVICES, Map.of("name", "x", "c__x", "y")).refused(400, "records.unknown-field");
    }

    private static Map<String, Object> change(String element, Map<String, Object> properties) {
        return Map.of("changes", List.of(Map.of("op", "add", "element", element, "properties", properties)));
    }
}
