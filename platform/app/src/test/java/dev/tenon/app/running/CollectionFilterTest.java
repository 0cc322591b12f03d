package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** {@code any} and {@code all} over the records that refer to one, with the caller's rights inside of them, too. */
class CollectionFilterTest {

    private static final Http ADMIN = Plant.administrator();
    private static final Http WATCHER = Plant.watcher();

    @BeforeAll
    static void sitesAndTheirDevices() {
        String mixed = site("Col mixed");
        String worn = site("Col worn");
        site("Col none");
        device("Col a", mixed, Map.of("state", "fresh", "pieces", 10, "price", 5));
        device("Col b", mixed, Map.of("state", "worn", "checkedAt", "2026-01-01T00:00:00Z", "pieces", 20));
        device("Col c", worn, Map.of("state", "worn", "checkedAt", "2026-01-01T00:00:00Z", "pieces", 30, "price", 9));
    }

    private static String site(String name) {
        return ADMIN.post(Plant.SITES, Map.of("name", name)).good().get("id").asString();
    }

    private static void device(String name, String site, Map<String, Object> more) {
        Map<String, Object> values = new java.util.HashMap<>(more);
        values.put("name", name);
        values.put("site_id", site);
        ADMIN.post(Plant.DEVICES, values).good();
    }

    private static List<String> sites(Http who, String condition) {
        return names(who, Plant.SITES, condition);
    }

    private static List<String> names(Http who, String set, String condition) {
        JsonNode found = who.query(set, "$orderby", "name", "$filter", "startswith(name,'Col') and (" + condition + ")")
                .good();
        return found.get("value")
                .valueStream()
                .map(row -> row.get("name").asString())
                .toList();
    }

    @Test
    void anyFindsWhoHasOneThatFits() {
        assertThat(sites(ADMIN, "plant__Device_site/any()")).containsExactly("Col mixed", "Col worn");
        assertThat(sites(ADMIN, "plant__Device_site/any(d:d/pieces gt 15)")).containsExactly("Col mixed", "Col worn");
        assertThat(sites(ADMIN, "plant__Device_site/any(d:d/pieces gt 15 and d/state eq 'fresh')"))
                .isEmpty();
        assertThat(sites(ADMIN, "not plant__Device_site/any(d:d/state eq 'worn')"))
                .containsExactly("Col none");
        assertThat(sites(ADMIN, "plant__Device_site/any(d:d/state eq 'worn') eq false"))
                .containsExactly("Col none");
        assertThat(sites(ADMIN, "not (plant__Device_site/any() and name eq 'Col worn')"))
                .containsExactly("Col mixed", "Col none");
        assertThat(sites(ADMIN, "plant__Device_site/any(d:contains(d/name,'a')) or name eq 'Col none'"))
                .containsExactly("Col mixed", "Col none");
    }

    @Test
    void allFindsWhoHasNoneThatDoesNotFitAndAnEmptyValueFitsNothing() {
        assertThat(sites(ADMIN, "plant__Device_site/all(d:d/state eq 'worn')")).containsExactly("Col none", "Col worn");
        assertThat(sites(ADMIN, "plant__Device_site/all(d:d/price gt 1)")).containsExactly("Col none", "Col worn");
    }

    @Test
    void pathsLeadToCollectionsAndTheRowOutsideCanBeNamed() {
        assertThat(names(ADMIN, Plant.DEVICES, "site/plant__Device_site/any(o:o/pieces gt $it/pieces)"))
                .containsExactly("Col a");
        assertThat(names(ADMIN, Plant.DEVICES, "site/plant__Device_site/any(o:o/site/name eq 'Col worn')"))
                .containsExactly("Col c");
        assertThat(sites(
                        ADMIN,
                        "plant__Device_site/any(d:d/site/plant__Device_site/any(o:o/pieces gt d/pieces and o/name ne"
                                + " $it/name))"))
                .containsExactly("Col mixed");
    }

    @Test
    void whatOneMayNotSeeIsInNoCollection() {
        assertThat(sites(WATCHER, "plant__Device_site/any()")).containsExactly("Col mixed");
        assertThat(sites(WATCHER, "plant__Device_site/any(d:d/state eq 'worn')"))
                .isEmpty();
        assertThat(sites(WATCHER, "plant__Device_site/all(d:d/state eq 'fresh')"))
                .containsExactly("Col mixed", "Col none", "Col worn");
        WATCHER.query(Plant.SITES, "$filter", "plant__Device_site/any(d:d/price gt 1)")
                .refused(400, "records.unknown-field");
    }

    @Test
    void whatCannotBeAskedIsNamed() {
        ADMIN.query(Plant.SITES, "$filter", "plant__Devices_site/any(d:d/pieces gt 1)")
                .refused(400, "records.unknown-field");
        String deep = "d/site/plant__Device_site/any(e:e/site/plant__Device_site/any(f:f/pieces gt 1))";
        ADMIN.query(Plant.SITES, "$filter", "plant__Device_site/any(c:c/site/plant__Device_site/any(d:" + deep + "))")
                .refused(400, "web.odata-too-complex");
    }
}
