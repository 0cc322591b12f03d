package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The caller and his tenant as what there is exactly one of. */
class SingletonsTest {

    private static final Http WATCHER = Plant.watcher();

    @Test
    void meIsTheCallersOwnRecord() {
        JsonNode me = WATCHER.get("/odata/Me").good();
        JsonNode account = WATCHER.get("/api/me").good();
        for (String member : List.of("id", "name", "login", "email", "locale", "zone")) {
            assertThat(me.get(member)).as(member).isEqualTo(account.get(member));
        }
        assertThat(me.get("@odata.context").asString()).endsWith("$metadata#Me");
        assertThat(Plant.administrator().get("/odata/Me").good().get("login").asString())
                .isEqualTo("admin");

        JsonNode part = WATCHER.query("/odata/Me", "$select", "login", "$expand", "manager($select=name)")
                .good();
        assertThat(part.get("login").asString()).isEqualTo("watcher");
        assertThat(part.has("zone")).isFalse();
        assertThat(part.get("manager").isNull()).isTrue();
        WATCHER.query("/odata/Me", "$select", "lgoin").refused(400, "records.unknown-field");
    }

    @Test
    void theTenantHasAKeyAndAName() {
        JsonNode tenant = WATCHER.get("/odata/Tenant").good();
        assertThat(tenant.get("key").asString()).isEqualTo("plant");
        assertThat(tenant.get("name").asString()).isEqualTo("Plant");
        JsonNode name = WATCHER.query("/odata/Tenant", "$select", "name").good();
        assertThat(name.has("key")).isFalse();
        assertThat(name.get("@odata.context").asString()).endsWith("#Tenant(name)");
        WATCHER.query("/odata/Tenant", "$select", "secret").refused(400, "records.unknown-field");
    }

    @Test
    void bothAreListedAndReadOnly() {
        List<String> listed = WATCHER.get("/odata")
                .good()
                .get("value")
                .valueStream()
                .filter(one -> one.get("kind").asString().equals("Singleton"))
                .map(one -> one.get("url").asString())
                .toList();
        assertThat(listed).containsExactly("Me", "Tenant");
        assertThat(WATCHER.get("/odata/$metadata").body())
                .contains("<Singleton Name=\"Me\" Type=\"Tenon.sys__User\"", "<Singleton Name=\"Tenant\"");
        for (String one : listed) {
            Plant.administrator()
                    .patch("/odata/" + one, "*", Map.of("name", "x"))
                    .refused(405, "web.method-not-allowed");
            Plant.administrator().post("/odata/" + one, Map.of("name", "x")).refused(405, "web.method-not-allowed");
            Plant.administrator().delete("/odata/" + one).refused(405, "web.method-not-allowed");
        }
    }

    @Test
    void theDescriptionForOtherToolsHasThemAndBatches() {
        JsonNode paths = WATCHER.get("/api/openapi.json").good().get("paths");
        assertThat(paths.get("/odata/Me").has("get")).isTrue();
        assertThat(paths.get("/odata/Tenant").has("get")).isTrue();
        assertThat(paths.get("/odata/$batch").has("post")).isTrue();
    }
}
