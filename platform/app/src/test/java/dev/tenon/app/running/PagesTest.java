package dev.tenon.app.running;

import static dev.tenon.app.running.Plant.DEVICES;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The links of the server from page to page of a list. */
class PagesTest {

    private static final Http ADMIN = Plant.administrator();
    private static final String OWN = "startswith(name,'Page ')";

    @BeforeAll
    static void devices() {
        String site = ADMIN.post(Plant.SITES, Map.of("name", "Page site"))
                .good()
                .get("id")
                .asString();
        for (int i = 0; i < 7; i++) {
            Map<String, Object> values = new HashMap<>(Map.of("name", "Page " + i));
            if (i % 3 > 0) {
                values.put("pieces", i % 3);
                values.put("site_id", site);
                values.put("state", "fresh");
                values.put("price", i);
            }
            ADMIN.post(DEVICES, values).good();
        }
    }

    private static List<String> walk(Http who, String... options) {
        List<String> all = new ArrayList<>(List.of("$filter", OWN));
        all.addAll(List.of(options));
        List<String> names = new ArrayList<>();
        JsonNode page = who.query(DEVICES, all.toArray(String[]::new)).good();
        while (true) {
            page.get("value").forEach(row -> names.add(row.get("name").asString()));
            JsonNode link = page.get("@odata.nextLink");
            if (link == null) {
                return names;
            }
            assertThat(link.asString()).contains("$skiptoken=").doesNotContain("$skip=");
            page = who.follow(link).good();
        }
    }

    @Test
    void linksLeadThroughTheListInItsOrder() {
        for (String order : List.of(
                "name",
                "name desc",
                "pieces",
                "pieces desc",
                "site/name desc,name",
                "state,price desc",
                "price mul 2 desc")) {
            List<String> whole = walk(ADMIN, "$orderby", order);
            assertThat(whole).hasSize(7);
            assertThat(walk(ADMIN.sized(2), "$orderby", order)).as(order).isEqualTo(whole);
        }
        assertThat(walk(ADMIN.sized(2), "$orderby", "name", "$skip", "1", "$top", "5"))
                .containsExactly("Page 1", "Page 2", "Page 3", "Page 4", "Page 5");
        assertThat(walk(Plant.watcher().sized(1), "$orderby", "pieces desc,name"))
                .containsExactly("Page 2", "Page 5", "Page 1", "Page 4");
    }

    @Test
    void rowsThatComeAndGoBetweenPagesMoveNoOthers() {
        JsonNode early = ADMIN.post(DEVICES, Map.of("name", "Page -")).good();
        JsonNode page = ADMIN.sized(3)
                .query(DEVICES, "$filter", OWN, "$orderby", "name", "$count", "true")
                .good();
        ADMIN.delete(DEVICES + "(" + early.get("id").asString() + ")").good();
        JsonNode late = ADMIN.post(DEVICES, Map.of("name", "Page !")).good();
        JsonNode next = ADMIN.sized(3).follow(page.get("@odata.nextLink")).good();
        assertThat(next.get("value").valueStream().map(row -> row.get("name").asString()))
                .containsExactly("Page 2", "Page 3", "Page 4");
        assertThat(next.get("@odata.count").asInt()).isEqualTo(8);
        ADMIN.delete(DEVICES + "(" + late.get("id").asString() + ")").good();
    }

    @Test
    void aTokenIsForItsQueryOnly() {
        String link = ADMIN.sized(2)
                .query(DEVICES, "$filter", OWN, "$orderby", "name")
                .good()
                .get("@odata.nextLink")
                .asString();
        String token = link.substring(link.indexOf("$skiptoken=") + "$skiptoken=".length());
        ADMIN.query(DEVICES, "$filter", OWN, "$orderby", "name", "$skiptoken", token)
                .good();
        ADMIN.query(DEVICES, "$filter", OWN + " and pieces gt 1", "$orderby", "name", "$skiptoken", token)
                .refused(400, "web.odata-page-token");
        ADMIN.query(DEVICES, "$filter", OWN, "$orderby", "name desc", "$skiptoken", token)
                .refused(400, "web.odata-page-token");
        ADMIN.query(Plant.SITES, "$filter", OWN, "$orderby", "name", "$skiptoken", token)
                .refused(400, "web.odata-page-token");
        ADMIN.query(DEVICES, "$filter", OWN, "$orderby", "name", "$skiptoken", "A" + token)
                .refused(400, "web.odata-page-token");
        ADMIN.query(DEVICES, "$skiptoken", "7").refused(400, "web.odata-page-token");
    }
}
