package dev.tenon.web;

import static dev.tenon.web.TestServer.encode;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.web.TestServer.Answer;
import dev.tenon.web.TestServer.Caller;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The data API as a program meets it. */
final class ODataTest {

    private static final String CUSTOMERS = "/odata/shop__Customer";
    private static final String ORDERS = "/odata/shop__Order";

    private static Caller manager;
    private static Caller clerk;
    private static String clerkId;

    @BeforeAll
    static void people() {
        manager = new Caller(TestServer.token(TestServer.person("odata-manager", "shop__manager")));
        var person = TestServer.person("odata-clerk", "shop__clerk");
        clerk = new Caller(TestServer.token(person));
        clerkId = person.id().toString();
    }

    private static JsonNode customer(String name, String more) {
        Answer created =
                manager.post(CUSTOMERS, "{\"name\":\"" + name + "\",\"agent_id\":\"" + clerkId + "\"" + more + "}");
        assertThat(created.status()).as(created.body()).isEqualTo(201);
        return created.json();
    }

    private static List<String> names(Answer list) {
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        List<String> names = new ArrayList<>();
        list.json().get("value").forEach(row -> names.add(row.get("name").asString()));
        return names;
    }

    private static Answer filtered(Caller caller, String filter) {
        return caller.get(CUSTOMERS + "?$orderby=name&$filter=" + encode(filter));
    }

    @Test
    void aCreatedRowComesBackWithItsAddressItsTagAndExactDecimals() {
        Answer created = manager.post(
                CUSTOMERS, "{\"name\":\"Exact\",\"creditLimit\":1234567890.12,\"agent_id\":\"" + clerkId + "\"}");
        assertThat(created.status()).isEqualTo(201);
        String id = created.json().get("id").asString();
        assertThat(created.header("Location")).endsWith(CUSTOMERS + "(" + id + ")");
        assertThat(created.header("ETag")).isEqualTo("W/\"1\"");
        assertThat(created.body()).contains("\"creditLimit\":1234567890.12").contains("\"version\":1");
        assertThat(created.json().get("agent_id").asString()).isEqualTo(clerkId);
        Answer asText = manager.get(CUSTOMERS + "(" + id + ")", "Accept", "application/json;IEEE754Compatible=true");
        assertThat(asText.body()).contains("\"creditLimit\":\"1234567890.12\"").contains("\"version\":\"1\"");
        assertThat(asText.header("Content-Type")).contains("IEEE754Compatible=true");
    }

    @Test
    void filtersMeanWhatODataSays() {
        customer("Filter A", ",\"creditLimit\":10.5,\"region\":\"north\"");
        customer("Filter B", ",\"creditLimit\":20,\"region\":\"south\"");
        customer("Filter C", ",\"creditLimit\":30");
        String mine = "startswith(name,'Filter') and ";
        assertThat(names(filtered(manager, mine + "creditLimit gt 10.5"))).containsExactly("Filter B", "Filter C");
        assertThat(names(filtered(manager, mine + "creditLimit eq 20.0"))).containsExactly("Filter B");
        assertThat(names(filtered(manager, mine + "region eq 'north'"))).containsExactly("Filter A");
        // An empty value differs from every value.
        assertThat(names(filtered(manager, mine + "region ne 'north'"))).containsExactly("Filter B", "Filter C");
        assertThat(names(filtered(manager, mine + "not (region eq 'north')"))).containsExactly("Filter B", "Filter C");
        assertThat(names(filtered(manager, mine + "region eq null"))).containsExactly("Filter C");
        assertThat(names(filtered(manager, mine + "region in ('north','south')")))
                .containsExactly("Filter A", "Filter B");
        assertThat(names(filtered(manager, mine + "contains(tolower(name),'r b')")))
                .containsExactly("Filter B");
        assertThat(names(filtered(manager, mine + "agent_id eq " + clerkId))).hasSize(3);
        assertThat(names(filtered(manager, mine + "agent/name eq 'Person odata-clerk' and creditLimit lt 20")))
                .containsExactly("Filter A");
        assertThat(names(filtered(manager, mine + "createdAt gt 2020-01-01T00:00:00Z")))
                .hasSize(3);
    }

    @Test
    void aHiddenFieldIsInEveryRespectAnUnknownOne() {
        customer("Hidden", ",\"secret\":\"treasure\"");
        for (String query : List.of(
                "?$filter=%s eq 'treasure'",
                "?$orderby=%s",
                "?$select=%s",
                "?$apply=groupby((%s),aggregate($count as n))",
                "?$filter=contains(%s,'t')")) {
            Answer hidden = clerk.get(
                    CUSTOMERS + query.formatted("secret").replace(" ", "%20").replace("'", "%27"));
            Answer unknown = clerk.get(
                    CUSTOMERS + query.formatted("qwerty").replace(" ", "%20").replace("'", "%27"));
            assertThat(hidden.status()).as(query + hidden).isEqualTo(400);
            assertThat(hidden.body().replace("secret", "qwerty").replaceAll("\"traceId\":\"[0-9a-f]*\"", ""))
                    .isEqualTo(unknown.body().replaceAll("\"traceId\":\"[0-9a-f]*\"", ""));
        }
        assertThat(clerk.get("/odata/$metadata").body())
                .doesNotContain("secret")
                .contains("creditLimit");
        assertThat(manager.get("/odata/$metadata").body()).contains("secret");
        assertThat(clerk.get(CUSTOMERS).body()).doesNotContain("secret").doesNotContain("treasure");
        Answer written = clerk.post(CUSTOMERS, "{\"name\":\"x\",\"secret\":\"y\"}");
        Answer nonsense = clerk.post(CUSTOMERS, "{\"name\":\"x\",\"qwerty\":\"y\"}");
        assertThat(written.problem().get("code")).isEqualTo(nonsense.problem().get("code"));
        assertThat(clerk.get("/api/objects/shop__Customer").body()).doesNotContain("secret");
        assertThat(clerk.get("/api/openapi.json").body()).doesNotContain("secret");
    }

    @Test
    void aHiddenObjectIsInEveryRespectAnUnknownOne() {
        Caller auditor = new Caller(TestServer.token(TestServer.person("odata-auditor", "shop__auditor")));
        Answer hidden = auditor.get(CUSTOMERS);
        Answer unknown = auditor.get("/odata/shop__Nonsense");
        assertThat(hidden.status()).isEqualTo(404);
        assertThat(hidden.problem().get("code")).isEqualTo(unknown.problem().get("code"));
        assertThat(auditor.get("/odata/$metadata").body())
                .doesNotContain("shop__Customer")
                .contains("shop__Order");
        assertThat(auditor.get(ORDERS).status()).isEqualTo(200);
        assertThat(auditor.get(ORDERS + "?$expand=customer").status()).isEqualTo(400);
    }

    @Test
    void pagesFollowEachOtherByTheLinksOfTheServer() {
        for (int i = 0; i < 7; i++) {
            customer("Page " + i, "");
        }
        String filter = "&$orderby=name&$filter=" + encode("startswith(name,'Page')");
        List<String> all = new ArrayList<>();
        String next = CUSTOMERS + "?$count=true" + filter;
        int requests = 0;
        while (next != null) {
            Answer page = manager.get(next, "Prefer", "odata.maxpagesize=3");
            all.addAll(names(page));
            assertThat(page.json().get("@odata.count").asInt()).isEqualTo(7);
            JsonNode link = page.json().get("@odata.nextLink");
            next = link == null
                    ? null
                    : link.asString().substring(TestServer.root().length());
            requests++;
        }
        assertThat(requests).isEqualTo(3);
        assertThat(all).hasSize(7).isSorted().doesNotHaveDuplicates();
        Answer top = manager.get(CUSTOMERS + "?$top=2&$skip=1" + filter);
        assertThat(names(top)).containsExactly("Page 1", "Page 2");
        assertThat(top.json().has("@odata.nextLink")).isFalse();
        assertThat(manager.get(CUSTOMERS + "/$count?$filter=" + encode("startswith(name,'Page')"))
                        .body())
                .isEqualTo("7");
    }

    @Test
    void aReaderGoesOnBehindTheLastRowItHas() {
        for (int i = 0; i < 4; i++) {
            customer("Behind " + i, "");
        }
        List<String> read = new ArrayList<>();
        String behind = "00000000-0000-0000-0000-000000000000";
        while (true) {
            Answer page = manager.get(CUSTOMERS + "?$top=3&$orderby=id&$filter="
                    + encode("startswith(name,'Behind') and id gt " + behind));
            List<String> names = names(page);
            if (names.isEmpty()) {
                break;
            }
            read.addAll(names);
            behind = page.json().get("value").get(names.size() - 1).get("id").asString();
        }
        assertThat(read).containsExactlyInAnyOrder("Behind 0", "Behind 1", "Behind 2", "Behind 3");
    }

    @Test
    void parentsAndChildrenAreExpandedWithTheirOwnOptions() {
        JsonNode customer = customer("Expand", "");
        String order = manager.post(
                        ORDERS, "{\"customer_id\":\"" + customer.get("id").asString() + "\"}")
                .json()
                .get("id")
                .asString();
        for (int price = 1; price <= 3; price++) {
            Answer line = manager.post(
                    "/odata/shop__Line",
                    "{\"order@odata.bind\":\"shop__Order(" + order + ")\",\"product\":\"Tea\",\"price\":" + price
                            + "}");
            assertThat(line.status()).as(line.body()).isEqualTo(201);
        }
        Answer expanded = manager.get(ORDERS + "(" + order + ")?$select=number,total&$expand="
                + encode("customer($select=name),shop__Line_order($orderby=price desc;$top=2;$select=price)"));
        assertThat(expanded.status()).as(expanded.body()).isEqualTo(200);
        JsonNode row = expanded.json();
        assertThat(row.get("customer").get("name").asString()).isEqualTo("Expand");
        assertThat(row.get("shop__Line_order")).hasSize(2);
        assertThat(row.get("shop__Line_order").get(0).get("price").decimalValue())
                .isEqualByComparingTo("3");
        assertThat(row.has("status")).isFalse();
        assertThat(row.get("total").decimalValue()).isEqualByComparingTo("6");
        assertThat(manager.get(ORDERS + "?$expand="
                                + encode("customer($expand=shop__Order_customer($expand=customer($expand=agent)))"))
                        .problem()
                        .get("code")
                        .toString())
                .contains("odata-expand-too-deep");
    }

    @Test
    void aChangeNamesTheVersionItIsMeantFor() {
        JsonNode row = customer("Versions", "");
        String path = CUSTOMERS + "(" + row.get("id").asString() + ")";
        assertThat(manager.patch(path, "{\"creditLimit\":5}").status()).isEqualTo(428);
        Answer changed = manager.patch(path, "{\"creditLimit\":5}", "If-Match", "W/\"1\"");
        assertThat(changed.status()).as(changed.body()).isEqualTo(200);
        assertThat(changed.json().get("@odata.etag").asString()).isEqualTo("W/\"2\"");
        Answer stale = manager.patch(path, "{\"creditLimit\":6}", "If-Match", "W/\"1\"");
        assertThat(stale.status()).isEqualTo(412);
        assertThat(stale.json().get("code").asString()).isEqualTo("records.stale-version");
        assertThat(manager.patch(path, "{\"creditLimit\":7}", "If-Match", "*").status())
                .isEqualTo(200);
        assertThat(manager.patch(path, "{\"creditLimit\":7}", "If-Match", "three")
                        .status())
                .isEqualTo(400);
        assertThat(manager.get(path, "If-None-Match", "W/\"3\"").status()).isEqualTo(304);
        assertThat(manager.send("DELETE", path, null).status()).isEqualTo(428);
        assertThat(manager.send("DELETE", path, null, "If-Match", "W/\"3\"").status())
                .isEqualTo(204);
        assertThat(manager.get(path).status()).isEqualTo(404);
        assertThat(manager.get(CUSTOMERS + "(" + UUID.randomUUID() + ")").status())
                .isEqualTo(404);
    }

    @Test
    void groupsAreCountedAndSummed() {
        for (int i = 1; i <= 3; i++) {
            customer("Group " + i, ",\"region\":\"" + (i == 1 ? "north" : "south") + "\",\"creditLimit\":" + i + ".5");
        }
        Answer groups = manager.get(CUSTOMERS + "?$apply="
                + encode("filter(startswith(name,'Group'))/groupby((region),"
                        + "aggregate($count as n,creditLimit with sum as total))"));
        assertThat(groups.status()).as(groups.body()).isEqualTo(200);
        Map<String, String> totals = new java.util.TreeMap<>();
        groups.json()
                .get("value")
                .forEach(g -> totals.put(
                        g.get("region").asString(),
                        g.get("n") + " " + g.get("total").decimalValue().stripTrailingZeros()));
        assertThat(totals).containsEntry("north", "1 1.5").containsEntry("south", "2 6");
    }

    @Test
    void aViewFiltersAndSorts() {
        customer("View Z", ",\"region\":\"south\"");
        customer("View Y", ",\"region\":\"south\"");
        customer("View X", ",\"region\":\"north\"");
        Answer view = manager.get(CUSTOMERS + "?view=south&$filter=" + encode("startswith(name,'View')"));
        assertThat(names(view)).containsExactly("View Y", "View Z");
        assertThat(manager.get(CUSTOMERS + "?view=nowhere").json().get("code").asString())
                .isEqualTo("web.unknown-view");
    }

    @Test
    void searchLooksIntoShortTextsWhateverTheCase() {
        customer("Søren Kierkegaard", "");
        customer("陈静", "");
        assertThat(names(manager.get(CUSTOMERS + "?$search=" + encode("\"kierke\""))))
                .containsExactly("Søren Kierkegaard");
        assertThat(names(manager.get(CUSTOMERS + "?$search=" + encode("\"陈\""))))
                .containsExactly("陈静");
        assertThat(names(manager.get(CUSTOMERS + "?$search=" + encode("\"nobody at all\""))))
                .isEmpty();
    }

    @Test
    void whatIsWrongWithAQueryIsTold() {
        assertThat(filtered(manager, "creditLimit gt").status()).isEqualTo(400);
        assertThat(filtered(manager, "creditLimit eq 'abc'").status()).isEqualTo(400);
        assertThat(filtered(manager, "nmae eq 'x'").json().get("detail").asString())
                .contains("name");
        assertThat(filtered(manager, "region eq 'nroth'").status()).isEqualTo(400);
        assertThat(manager.get(CUSTOMERS + "?$top=-1").status()).isEqualTo(400);
        assertThat(manager.get(CUSTOMERS + "?$nonsense=1").status()).isIn(400, 501);
        assertThat(manager.get("/odata/shop__Custmer").json().get("detail").asString())
                .contains("shop__Customer");
        assertThat(manager.get(CUSTOMERS + "(1)").status()).isIn(400, 404);
        assertThat(filtered(manager, "name eq 'x'" + " or name eq 'x'".repeat(400))
                        .json()
                        .get("code")
                        .asString())
                .isEqualTo("web.odata-too-complex");
        Answer odata = filtered(manager, "nmae eq 'x'");
        assertThat(odata.json().get("error").get("code").asString()).isEqualTo("records.unknown-field");
    }

    @Test
    void allFaultsOfARowAreToldAtOnce() {
        Answer refused = manager.post(CUSTOMERS, "{\"name\":5,\"creditLimit\":\"lots\",\"nonsense\":1}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("errors")).hasSize(3);
        assertThat(refused.body()).contains("\"pointer\":\"/creditLimit\"").contains("\"pointer\":\"/nonsense\"");
        assertThat(manager.post(CUSTOMERS, "[1]").status()).isEqualTo(400);
        assertThat(manager.post(CUSTOMERS, "{\"name\":{\"a\":1}}").status()).isEqualTo(400);
    }

    @Test
    void theServiceDescribesItself() {
        Answer service = clerk.get("/odata/");
        assertThat(service.json().get("value").findValuesAsString("name")).contains("shop__Customer", "shop__Line");
        assertThat(clerk.get("/odata").status()).isEqualTo(200);
        assertThat(clerk.get("/odata/$metadata").header("Content-Type")).startsWith("application/xml");
        Answer json = clerk.get("/odata/$metadata", "Accept", "application/json");
        assertThat(json.json().get("Tenon").has("shop__Customer")).isTrue();
        assertThat(clerk.get(CUSTOMERS, "OData-MaxVersion", "4.0").header("OData-Version"))
                .isEqualTo("4.0");
        assertThat(clerk.get(CUSTOMERS, "Accept", "text/html").status()).isEqualTo(406);
    }

    @Test
    void exportedTextCannotBecomeAFormula() {
        customer("=HYPERLINK(1)", ",\"region\":\"north\"");
        customer("Export, \\\"quoted\\\"", "");
        Answer csv = manager.get("/api/export/shop__Customer.csv?$filter="
                + encode("startswith(name,'=') or startswith(name,'Export')") + "&$orderby=name");
        assertThat(csv.status()).as(csv.body()).isEqualTo(200);
        assertThat(csv.header("Content-Disposition")).contains("attachment");
        assertThat(csv.body()).startsWith("\uFEFF").contains("'=HYPERLINK(1)").contains("\"Export, \"\"quoted\"\"\"");
        assertThat(csv.body()).contains("North").contains("Person odata-clerk");
        assertThat(clerk.get("/api/export/shop__Customer.csv").body()).doesNotContain("Secret");
    }
}
