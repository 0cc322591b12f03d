package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static dev.tenon.app.running.Plant.SITES;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Customers' scripts and partners' plugins that fail in every way: the administrator learns where, nobody else suffers. */
@Timeout(120)
class BadCodeTest {

    private static final String PLUGINS = "/api/admin/plugins";

    private final Http http = Plant.administrator();
    private long devices;
    private long sites;

    @BeforeEach
    void count() {
        devices = count(DEVICES);
        sites = count(SITES);
    }

    @AfterEach
    void nothingIsLeftAndTheServerWorks() {
        assertThat(count(DEVICES)).isEqualTo(devices);
        assertThat(count(SITES)).isEqualTo(sites);
        JsonNode made =
                http.post(DEVICES, Map.of("name", "script that behaves")).good();
        http.delete(DEVICES + "(" + made.get("id").asString() + ")").good();
        assertThat(count(SITES)).isEqualTo(sites + 1);
        http.get("/api/health").good();
    }

    private long count(String objects) {
        return http.query(objects, "$count", "true", "$top", "0")
                .good()
                .get("@odata.count")
                .asLong();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            script loop     | script.timeout       | 0  | was stopped
            script throw    | script.failed        | 8  | out of order
            script eat      | script.out-of-memory | 0  | more memory
            script misspell | script.failed        | 14 | price
            """)
    void aScriptThatFails(String name, String code, int line, String told) {
        JsonNode problem = http.post(DEVICES, Map.of("name", name)).refused(422, code);

        assertThat(problem.get("detail").asString()).contains("scripts/misbehave.js", told);
        JsonNode source = problem.get("source");
        assertThat(source.get("origin").asString()).isEqualTo("plant");
        assertThat(source.get("file").asString()).isEqualTo("scripts/misbehave.js");
        if (line > 0) {
            assertThat(source.get("line").asInt()).isEqualTo(line);
        }
    }

    @Test
    void aScriptThatRefuses() {
        JsonNode problem = http.post(DEVICES, Map.of("name", "script refuse")).refused(400, "script.user-error");
        assertThat(problem.get("detail").asString()).isEqualTo("This device is not for sale.");
        assertThat(problem.get("errors").get(0).get("pointer").asString()).isEqualTo("/name");
    }

    @Test
    void aScriptThatDoesNotCompile() {
        String path = "/api/admin/scripts/custom/scripts/broken.js";
        JsonNode problem = http.put(path, Map.of("source", "export function a() {\n  return 1 +;\n}\n"))
                .refused(422, "tenancy.model-refused");
        JsonNode error = problem.get("errors").get(0);
        assertThat(error.get("code").asString()).isEqualTo("tenancy.script-syntax");
        assertThat(error.get("source").get("file").asString()).isEqualTo("scripts/broken.js");
        assertThat(error.get("source").get("line").asInt()).isEqualTo(2);
        http.get(path).refused(404, "tenancy.unknown-script");
    }

    @Test
    void aJarThatIsBroken() {
        http.upload(PLUGINS, "broken.jar", "no jar at all".getBytes(StandardCharsets.UTF_8))
                .refused(400, "plugin.broken-jar");
        byte[] whole = new PluginJar("whole").bytes();
        http.upload(PLUGINS, "half.jar", java.util.Arrays.copyOf(whole, whole.length / 2))
                .refused(400, "plugin.broken-jar");
        assertThat(http.get(PLUGINS).good()).isEmpty();
    }

    @Test
    void aPluginForANewerServer() {
        JsonNode problem = http.upload(
                        PLUGINS,
                        "newer.jar",
                        new PluginJar("newer")
                                .attribute("Tenon-Sdk-Version", ">=99.0.0")
                                .bytes())
                .refused(400, "plugin.sdk-too-new");
        assertThat(problem.get("detail").asString()).contains("\"newer\"", ">=99.0.0", "Update the server");
        assertThat(http.get(PLUGINS).good()).isEmpty();
    }

    @Test
    void aPluginThatFailsAtItsStart() {
        byte[] jar = new PluginJar("sick")
                .contributing("throw new IllegalStateException(\"no licence\");")
                .bytes();
        JsonNode problem = http.upload(PLUGINS, "sick.jar", jar).refused(422, "plugin.start-failed");
        assertThat(problem.get("detail").asString()).contains("\"sick\"", "no licence");
        assertThat(http.get(PLUGINS).good()).isEmpty();
    }

    @Test
    void aPluginThatThrowsInEveryCall() {
        byte[] jar = new PluginJar("thrower")
                .contributing(
                        "to.trigger(\"boom\", (change, context) -> { throw new IllegalStateException(\"boom\"); });")
                .file(
                        "tenon-package/package.yaml",
                        "name: thrower\nnamespace: thrower\nversion: 1.0.0\nrequires: {plant: \">=1.0.0\"}\n"
                                + "title: Thrower\n")
                .file(
                        "tenon-package/extends/plant/Device.yaml",
                        "triggers:\n  thrower__boom: {on: [beforeCreate, beforeUpdate], plugin: thrower/boom}\n")
                .bytes();
        JsonNode good = http.post(DEVICES, Map.of("name", "mine")).good();
        String address = DEVICES + "(" + good.get("id").asString() + ")";
        http.upload(PLUGINS, "thrower.jar", jar).good();
        http.post(PLUGINS + "/thrower/enable", Map.of()).good();

        try {
            assertEveryCallFails(address);
        } finally {
            http.post(PLUGINS + "/thrower/disable", Map.of()).good();
        }
        http.patch(address, "*", Map.of("name", "changed")).good();
        http.delete(PLUGINS + "/thrower").good();
        http.delete(address).good();
    }

    private void assertEveryCallFails(String address) {
        for (int i = 0; i < 20; i++) {
            JsonNode problem = http.post(DEVICES, Map.of("name", "never")).refused(422, "plugin.failed");
            assertThat(problem.get("detail").asString()).contains("\"thrower\"", "\"boom\"");
            assertThat(problem.get("source").get("file").asString()).isEqualTo("acme/Main.java");
        }
        http.patch(address, "*", Map.of("name", "changed")).refused(422, "plugin.failed");
        assertThat(http.get(address).good().get("name").asString()).isEqualTo("mine");
    }

    @Test
    void aPluginWhoseMetadataDoesNotFitIsNotEnabled() {
        byte[] jar = new PluginJar("lost")
                .contributing("")
                .file(
                        "tenon-package/package.yaml",
                        "name: lost\nnamespace: lost\nversion: 1.0.0\nrequires: {plant: \">=1.0.0\"}\ntitle: Lost\n")
                .file("tenon-package/extends/plant/Devise.yaml", "fields:\n  lost__x: {type: text, label: X}\n")
                .bytes();
        http.upload(PLUGINS, "lost.jar", jar).good();
        JsonNode problem = http.post(PLUGINS + "/lost/enable", Map.of()).refused(422, "tenancy.model-refused");
        JsonNode error = problem.get("errors").get(0);
        assertThat(error.get("code").asString()).isEqualTo("metadata.target-missing");
        assertThat(error.get("detail").asString()).contains("Did you mean plant__Device?");
        assertThat(List.of(http.get(PLUGINS).good().get(0).get("enabled").asBoolean()))
                .containsExactly(false);
        http.delete(PLUGINS + "/lost").good();
    }
}
