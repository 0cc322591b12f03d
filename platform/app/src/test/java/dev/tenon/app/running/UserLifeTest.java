package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Users come by invitation and go with a hand-over; the last administrator stays, whatever is tried. */
class UserLifeTest {

    private static final String USERS = "/api/admin/users";
    private static final Http ADMIN = Plant.administrator();

    private static String invited(String login, String... sets) {
        JsonNode made = ADMIN.post(
                        USERS, Map.of("login", login, "name", login, "locale", "en", "permissionSets", List.of(sets)))
                .good();
        assertThat(made.get("invited").asBoolean()).isTrue();
        return made.get("id").asString();
    }

    private static String idOf(Http person) {
        return person.get("/api/me").good().get("id").asString();
    }

    @Test
    void anInvitedPersonGetsALinkAndIsToldApartFromOthers() {
        String id = invited("newcomer", "plant__operator");
        JsonNode link = ADMIN.post(USERS + "/" + id + "/link", Map.of()).good();
        assertThat(link.get("kind").asString()).isEqualTo("INVITATION");
        assertThat(link.get("link").asString()).contains("/account-link?key=tlnk_");
        ADMIN.post(USERS + "/" + id + "/deactivate", Map.of()).good();
        ADMIN.post(USERS + "/" + id + "/link", Map.of()).refused(409, "identity.account-inactive");
        ADMIN.post(USERS + "/" + id + "/activate", Map.of()).good();
        JsonNode events =
                ADMIN.get("/api/admin/identity-events?user=" + id).good().get("items");
        assertThat(events.valueStream().map(e -> e.get("kind").asString()))
                .containsExactly("REACTIVATED", "DEACTIVATED", "INVITED", "CREATED");
        assertThat(events.get(0).get("address").asString()).isNotBlank();
    }

    @Test
    void whatALeaverOwnsIsHandedOver() throws InterruptedException {
        Http leaver = Plant.someone("leaver", "plant__operator");
        Http heir = Plant.someone("heir", "plant__operator");
        String from = idOf(leaver);
        String to = idOf(heir);
        String site = leaver.post(Plant.SITES, Map.of("name", "Site of the leaver"))
                .good()
                .get("id")
                .asString();
        ADMIN.post(USERS + "/" + from + "/deactivate", Map.of("handOverTo", from))
                .refused(400, "identity.hand-over-target");
        leaver.get("/api/me").good();

        JsonNode started = ADMIN.post(USERS + "/" + from + "/deactivate", Map.of("handOverTo", to))
                .good()
                .get("handOver");
        leaver.get("/api/me").refused(401, "web.unauthenticated");
        String job = "/api/admin/hand-overs/" + started.get("id").asString();
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!ADMIN.get(job).good().get("state").asString().equals("DONE")) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            Thread.sleep(50);
        }
        JsonNode done = ADMIN.get(job).good();
        assertThat(done.get("processed").asInt()).isEqualTo(1);
        assertThat(done.get("leftOver").asInt()).isZero();
        assertThat(ADMIN.get(Plant.SITES + "(" + site + ")?$expand=owner")
                        .good()
                        .get("owner")
                        .get("id")
                        .asString())
                .isEqualTo(to);
        ADMIN.post("/api/admin/hand-overs", Map.of("from", to, "to", from)).refused(400, "identity.hand-over-target");
        Plant.watcher().get("/api/admin/hand-overs").refused(403, "web.permission-needed");
    }

    @Test
    void theLastAdministratorStaysWhateverIsTried() {
        String key = "alone";
        Plant.operator()
                .post(
                        "/api/platform/tenants",
                        Map.of(
                                "key",
                                key,
                                "name",
                                "Alone",
                                "packages",
                                List.of(Map.of("name", "plant", "version", "1.0.0")),
                                "administrator",
                                Map.of("login", "boss", "name", "Boss", "password", "a good password")))
                .good();
        Http boss = Plant.known(key, "boss");
        String id = idOf(boss);
        boss.patch(USERS + "/" + id, null, Map.of("active", false)).refused(409, "identity.own-administration");
        boss.patch(USERS + "/" + id, null, Map.of("permissionSets", List.of()))
                .refused(409, "identity.own-administration");
        // As a change of the permission set.
        Map<String, Object> without = Map.of(
                "op",
                "set",
                "element",
                "permissionSet:sys__administrator",
                "property",
                "system",
                "value",
                List.of("customize"));
        for (boolean dryRun : new boolean[] {true, false}) {
            JsonNode refused = boss.post(
                            "/api/admin/metadata/changes", Map.of("changes", List.of(without), "dryRun", dryRun))
                    .json();
            assertThat(refused.toString()).contains("identity.last-administrator");
        }
        // As a record, by the data API.
        boss.patch("/odata/sys__User(" + id + ")", "*", Map.of("active", false)).refused(403, "records.not-allowed");
        assertThat(boss.delete("/odata/sys__User(" + id + ")").status()).isEqualTo(403);
        boss.get(USERS).good();
        Plant.operator()
                .delete("/api/platform/tenants/" + key + "?confirm=" + key)
                .good();
    }

    @Test
    void whoManagesUsersOnlyDoesNotBecomeAdministrator() {
        Map<String, Object> personnel = Map.of(
                "op",
                "add",
                "element",
                "permissionSet:c__personnel",
                "properties",
                Map.of(
                        "label",
                        "Personnel",
                        "system",
                        List.of("manageUsers"),
                        "objects",
                        Map.of(
                                "sys__User",
                                Map.of(
                                        "read",
                                        true,
                                        "edit",
                                        true,
                                        "delete",
                                        true,
                                        "scope",
                                        "all",
                                        "fieldDefault",
                                        "edit"))));
        JsonNode added = ADMIN.post("/api/admin/metadata/changes", Map.of("changes", List.of(personnel)))
                .json();
        assertThat(added.has("code")).as(added.toString()).isFalse();
        Http manager = Plant.someone("personnel", "c__personnel");
        String id = idOf(manager);
        String admin = idOf(ADMIN);
        String colleague = invited("colleague");
        manager.patch(USERS + "/" + colleague, null, Map.of("permissionSets", List.of("plant__watcher")))
                .good();
        manager.patch(USERS + "/" + colleague, null, Map.of("permissionSets", List.of("sys__administrator")))
                .refused(403, "identity.more-than-own");
        manager.patch(USERS + "/" + id, null, Map.of("permissionSets", List.of("c__personnel", "plant__watcher")))
                .refused(403, "identity.own-rights");
        manager.post(USERS + "/" + admin + "/link", Map.of()).refused(403, "identity.more-than-own");
        manager.patch(USERS + "/" + admin, null, Map.of("password", "taken over by me"))
                .refused(403, "identity.more-than-own");
        // A permission set may allow to change the records of people; what stands for the account stays.
        manager.patch("/odata/sys__User(" + admin + ")", "*", Map.of("login", "taken"))
                .refused(403, "identity.record-of-account");
        manager.delete("/odata/sys__User(" + admin + ")").refused(403, "identity.record-of-account");
    }

    @Test
    void tenantsSetWhatTheyDemandOfPasswords() {
        ADMIN.post("/api/admin/metadata/changes", Map.of("changes", List.of(length(20))))
                .good();
        try {
            ADMIN.post(
                            USERS,
                            Map.of("login", "lengthy", "name", "L", "locale", "en", "password", "nineteen characters"))
                    .refused(400, "identity.password-unfit");
            assertThat(ADMIN.get("/api/me/password").good().get("length").asInt())
                    .isEqualTo(20);
            ADMIN.post("/api/admin/metadata/changes", Map.of("changes", List.of(length(2))))
                    .good();
            assertThat(ADMIN.get("/api/me/password").good().get("length").asInt())
                    .as("never below what is safe")
                    .isEqualTo(8);
        } finally {
            ADMIN.post(
                            "/api/admin/metadata/changes",
                            Map.of(
                                    "changes",
                                    List.of(Map.of(
                                            "op",
                                            "reset",
                                            "element",
                                            "setting:sys__passwordLength",
                                            "property",
                                            "value"))))
                    .good();
        }
    }

    private static Map<String, Object> length(int characters) {
        return Map.of("op", "set", "element", "setting:sys__passwordLength", "property", "value", "value", characters);
    }
}
