package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.app.running.Http.Answer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tenants come and go by the operator's word, wholly or not at all, and by nobody else's. */
class OperatorTest {

    private static final String TENANTS = "/api/platform/tenants";

    private final Http operator = Plant.operator();

    @Test
    void aTenantComesWithItsProductAndItsFirstAdministratorAndGoesWhenConfirmed() {
        JsonNode made =
                operator.post(TENANTS, tenant("acme", "a good password")).good();
        assertThat(made.get("key").asString()).isEqualTo("acme");
        assertThat(keys()).contains("acme", "plant");

        operator.post(TENANTS, tenant("acme", "a good password")).refused(409, "tenancy.tenant-exists");

        operator.delete(TENANTS + "/acme").refused(400, "web.not-confirmed");
        operator.delete(TENANTS + "/acme?confirm=plant").refused(400, "web.not-confirmed");
        assertThat(keys()).contains("acme");
        assertThat(operator.delete(TENANTS + "/acme?confirm=acme").status()).isEqualTo(204);
        assertThat(keys()).doesNotContain("acme").contains("plant");
        operator.delete(TENANTS + "/acme?confirm=acme").refused(404, "tenancy.unknown-tenant");
    }

    @Test
    void nothingOfATenantStaysWhoseAdministratorOrProductIsRefused() {
        operator.post(TENANTS, tenant("weak", "short")).refused(400, "identity.password-unfit");
        Map<String, Object> unknown = new HashMap<>(tenant("weak", "a good password"));
        unknown.put("packages", List.of(Map.of("name", "plant", "version", "9.9.9")));
        operator.post(TENANTS, unknown).refused(404, "tenancy.unknown-package");
        operator.post(TENANTS, tenant("Weak-Key", "a good password")).refused(400, "tenancy.tenant-key-invalid");
        Map<String, Object> halved = new HashMap<>(tenant("weak", "a good password"));
        halved.put("name", "Weak\u0000");
        operator.post(TENANTS, halved).refused(400, "records.character-not-allowed");
        halved.put("name", "W".repeat(10_000));
        operator.post(TENANTS, halved).refused(400, "tenancy.tenant-name-invalid");
        halved.put("name", "Weak");
        halved.put("packages", List.of(Map.of()));
        operator.post(TENANTS, halved).refused(400, "web.parameter-missing");
        halved.put("packages", Collections.singletonList(null));
        operator.post(TENANTS, halved).refused(400, "web.parameter-missing");
        operator.post(TENANTS, Map.of("key", "weak", "name", "Weak")).refused(400, "web.parameter-missing");
        assertThat(keys()).doesNotContain("weak");
    }

    @Test
    void whoComesAgainUnderTheSameNameFindsNothingOfBefore() {
        operator.post(TENANTS, tenant("again", "a good password")).good();
        Http before = Plant.worker("again");
        JsonNode site = before.post(Plant.SITES, Map.of("name", "Old site")).good();
        before.upload(
                        "/api/records/plant__Site/" + site.get("id").asString() + "/attachments",
                        "plan.txt",
                        "a plan".getBytes(StandardCharsets.UTF_8))
                .good();
        assertThat(Plant.files("again")).isNotEmpty();
        operator.delete(TENANTS + "/again?confirm=again").good();
        before.get(Plant.SITES).refused(401, "web.unauthenticated");
        assertThat(Plant.files("again")).isEmpty();

        operator.post(TENANTS, tenant("again", "another good password")).good();
        before.get(Plant.SITES).refused(401, "web.unauthenticated");
        JsonNode sites = Plant.worker("again").get(Plant.SITES).good();
        assertThat(sites.get("value").isEmpty()).isTrue();
        operator.delete(TENANTS + "/again?confirm=again").good();
    }

    @Test
    void noTenantsAdministratorIsTheOperatorAndTheOperatorIsNobodyInATenant() {
        Http administrator = Plant.administrator();
        administrator.get(TENANTS).refused(401, "web.unauthenticated");
        administrator.post(TENANTS, tenant("mine", "a good password")).refused(401, "web.unauthenticated");
        administrator.delete(TENANTS + "/plant?confirm=plant").refused(401, "web.unauthenticated");
        operator.get("/api/admin/users").refused(401, "web.unauthenticated");
        operator.get(Plant.DEVICES).refused(401, "web.unauthenticated");
        assertThat(keys()).contains("plant").doesNotContain("mine");
    }

    private List<String> keys() {
        Answer all = operator.get(TENANTS);
        return all.good().valueStream().map(t -> t.get("key").asString()).toList();
    }

    private static Map<String, Object> tenant(String key, String password) {
        return Map.of(
                "key",
                key,
                "name",
                "Acme Ltd.",
                "packages",
                List.of(Map.of("name", "plant", "version", "1.0.0")),
                "administrator",
                Map.of("login", "boss", "name", "Boss", "password", password, "zone", "Asia/Shanghai"));
    }
}
