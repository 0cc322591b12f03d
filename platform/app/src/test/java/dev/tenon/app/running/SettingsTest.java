package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The settings of all packages, and the own layer's word on them. */
class SettingsTest {

    private static final Http ADMIN = Plant.administrator();
    private static final String HOURS = "plant__coolingHours";

    private static JsonNode setting(String name) {
        return ADMIN.get("/api/admin/settings")
                .good()
                .valueStream()
                .filter(setting -> setting.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Http.Answer change(Map<String, Object> change) {
        return ADMIN.post("/api/admin/metadata/changes", Map.of("changes", List.of(change)));
    }

    private static Map<String, Object> set(Object value) {
        return Map.of("op", "set", "element", "setting:" + HOURS, "property", "value", "value", value);
    }

    @Test
    void whatIsInForceAndWhatMayBe() {
        JsonNode zone = setting("sys__timeZone");
        assertThat(zone.get("label").asString()).isEqualTo("Time zone");
        assertThat(zone.get("help").asString()).contains("IANA");
        assertThat(zone.get("type").asString()).isEqualTo("text");
        assertThat(zone.get("choices").valueStream().map(c -> c.get("value").asString()))
                .contains("Asia/Shanghai", "UTC");
        JsonNode currency = setting("sys__corporateCurrency");
        assertThat(currency.get("choices").valueStream().map(c -> c.get("value").asString()))
                .contains("CNY", "EUR");
        assertThat(setting(HOURS).get("choices").isNull()).isTrue();
        Plant.watcher().get("/api/admin/settings").refused(403, "web.permission-needed");
    }

    @Test
    void theOwnLayersValueIsSetAndTakenBack() {
        assertThat(setting(HOURS).get("layer").asString()).isEqualTo("plant");
        change(set(8)).good();
        JsonNode after = setting(HOURS);
        assertThat(after.get("value").asInt()).isEqualTo(8);
        assertThat(after.get("layer").asString()).isEqualTo("custom");
        assertThat(after.get("chain")
                        .valueStream()
                        .map(s -> s.get("value").asInt())
                        .toList())
                .containsExactly(6, 8);
        assertThat(change(set("long")).status()).isEqualTo(422);
        change(Map.of("op", "reset", "element", "setting:" + HOURS, "property", "value"))
                .good();
        assertThat(setting(HOURS).get("value").asInt()).isEqualTo(6);
    }

    @Test
    void missingFilesAreNotTheConsole() {
        assertThat(ADMIN.get("/assets/nothing.js").status()).isEqualTo(404);
        assertThat(ADMIN.get("/nothing.js").status()).isEqualTo(404);
        assertThat(ADMIN.get("/api/nothing/foo.bar").status()).isEqualTo(404);
    }
}
