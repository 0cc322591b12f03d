package dev.tenon.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Amounts with currencies, addresses and places over the data API: described, read, filtered, exported, customized. */
class CompoundFieldTest {

    private static final String CONTRACTS = "/odata/plant__Contract";
    private static final String RATES = "/odata/sys__ExchangeRate";
    private static final String CHANGES = "/api/admin/metadata/changes";

    private static final Http ADMIN = Plant.administrator();
    private static final Http WATCHER = Plant.watcher();

    private static Map<String, @Nullable Object> values(@Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return values;
    }

    @BeforeAll
    static void contracts() {
        ADMIN.post(RATES, values("currency", "USD", "validFrom", "2020-01-01", "rate", 7))
                .good();
        ADMIN.post(RATES, values("currency", "USD", "validFrom", "2021-01-01", "rate", 6.5))
                .good();
        contract("name", "old", "amount", 100, "amountCurrency", "USD", "signedOn", "2020-06-30");
        contract("name", "new", "amount", 110, "amountCurrency", "USD", "margin", 9, "marginCurrency", "USD");
        contract("name", "home", "amount", 701);
        contract("name", "none", "officeCountry", "CN", "officeCity", "北京市", "officeStreet", "长安街1号");
        contract("name", "unrated", "amount", 5, "amountCurrency", "JPY", "spotLatitude", 31.5, "spotLongitude", 121);
    }

    private static JsonNode contract(@Nullable Object... namesAndValues) {
        return ADMIN.post(CONTRACTS, values(namesAndValues)).good();
    }

    private static List<String> names(JsonNode answer) {
        return answer.get("value")
                .valueStream()
                .map(row -> row.get("name").asString())
                .toList();
    }

    private static JsonNode field(JsonNode object, String name) {
        return object.get("fields")
                .valueStream()
                .filter(f -> f.get("name").asString().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDescriptionsTellTheWholeAndItsParts() {
        JsonNode object = ADMIN.get("/api/objects/plant__Contract").good();
        JsonNode amount = field(object, "amount");
        assertThat(amount.get("type").asString()).isEqualTo("currency");
        assertThat(amount.get("parts").toString())
                .isEqualTo("{\"currency\":\"amountCurrency\",\"converted\":\"amountConverted\"}");
        assertThat(field(object, "amountCurrency").get("part").get("of").asString())
                .isEqualTo("amount");
        assertThat(field(object, "amountConverted").get("currency").asString()).isEqualTo("CNY");
        assertThat(field(object, "office").get("type").asString()).isEqualTo("address");
        assertThat(field(object, "office").get("parts")).hasSize(6);
        assertThat(field(object, "spot").get("type").asString()).isEqualTo("geolocation");
        assertThat(object.get("layout").get("sections").toString())
                .contains("\"amount\"", "\"office\"")
                .doesNotContain("amountCurrency", "officeCity");

        assertThat(ADMIN.get("/odata/$metadata").body())
                .contains("Name=\"amountCurrency\"", "Name=\"amountConverted\"", "Name=\"spotLatitude\"");
        assertThat(ADMIN.get("/api/openapi.json").good().toString()).contains("\"amountConverted\"");
        assertThat(ADMIN.get("/api/me").good().get("corporateCurrency").asString())
                .isEqualTo("CNY");
    }

    @Test
    void listsFilterSortPageAndAddUpByTheConvertedValue() {
        assertThat(names(ADMIN.query(
                                CONTRACTS,
                                "$filter",
                                "amountConverted gt 0",
                                "$orderby",
                                "amountConverted desc,name",
                                "$select",
                                "name,amount,amountCurrency,amountConverted")
                        .good()))
                .containsExactly("new", "home", "old");
        assertThat(names(ADMIN.query(CONTRACTS, "$filter", "amountCurrency eq 'USD'", "$orderby", "name")
                        .good()))
                .containsExactly("new", "old");
        assertThat(ADMIN.query(
                                CONTRACTS,
                                "$apply",
                                "filter(amount ne null)/groupby((amountCurrency),aggregate(amountConverted with sum as total))")
                        .good()
                        .get("value")
                        .toString())
                .contains("\"amountCurrency\":\"USD\"", "1415");

        JsonNode first = ADMIN.sized(2)
                .query(CONTRACTS, "$filter", "amountConverted gt 0", "$orderby", "amountConverted")
                .good();
        assertThat(names(first)).containsExactly("old", "home");
        assertThat(names(ADMIN.follow(first.get("@odata.nextLink")).good())).containsExactly("new");
        assertThat(names(ADMIN.query(CONTRACTS, "view", "large").good())).containsExactly("new", "home", "old");
        assertThat(ADMIN.query("/api/export/plant__Contract.csv", "view", "large")
                        .body())
                .contains("Amount (currency),Amount (converted)", "CNY Chinese Yuan", "USD US Dollar,715.00");
    }

    @Test
    void addressesAndPlacesAreTextsAndTheirParts() {
        assertThat(names(ADMIN.query(CONTRACTS, "$filter", "contains(office,'长安街') and officeCountry eq 'CN'")
                        .good()))
                .containsExactly("none");
        JsonNode place = ADMIN.query(CONTRACTS, "$filter", "spotLatitude ge 31.4 and spotLongitude lt 122")
                .good()
                .get("value")
                .get(0);
        assertThat(place.get("spot").asString()).isEqualTo("31.500000, 121.000000");
        assertThat(ADMIN.post(CONTRACTS, values("name", "half", "spotLatitude", 1))
                        .refused(400, "records.field-required")
                        .get("errors")
                        .get(0)
                        .get("pointer")
                        .asString())
                .isEqualTo("/spotLongitude");
    }

    @Test
    void tablesNameThePartsByTheirNamesOrLabels() {
        JsonNode seeded = ADMIN.query(CONTRACTS, "$filter", "name eq 'seeded'")
                .good()
                .get("value")
                .get(0);
        assertThat(seeded.get("amountCurrency").asString()).isEqualTo("JPY");
        assertThat(seeded.get("office").asString()).isEqualTo("苏州市");
        assertThat(seeded.get("spot").asString()).isEqualTo("31.300000, 120.600000");
    }

    @Test
    void whoMayNotReadAnAmountLearnsNothingOfItsParts() {
        assertThat(WATCHER.get("/api/objects/plant__Contract").body()).doesNotContain("margin");
        assertThat(WATCHER.get("/odata/$metadata").body())
                .contains("amountConverted")
                .doesNotContain("margin");
        assertThat(WATCHER.get(CONTRACTS).body()).contains("amountConverted").doesNotContain("margin");
        for (String hidden : List.of("margin", "marginCurrency", "marginConverted")) {
            WATCHER.query(CONTRACTS, "$filter", hidden + " ne null").refused(400, "records.unknown-field");
            WATCHER.query(CONTRACTS, "$orderby", hidden).refused(400, "records.unknown-field");
            WATCHER.query(CONTRACTS, "$select", hidden).refused(400, "records.unknown-field");
            assertThat(aggregated(hidden)).isEqualTo(aggregated("nothing"));
        }
        WATCHER.post(RATES, values("currency", "USD", "validFrom", "2022-01-01", "rate", 1))
                .refused(403, "records.not-allowed");
    }

    private static String aggregated(String name) {
        Http.Answer answer = WATCHER.query(CONTRACTS, "$apply", "aggregate(" + name + " with max as m)");
        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        return answer.json().get("code").asString();
    }

    private static Map<String, Object> set(String element, String property, Object value) {
        return Map.of("op", "set", "element", element, "property", property, "value", value);
    }

    private static Http.Answer change(Map<String, Object> change) {
        return ADMIN.post(CHANGES, Map.of("changes", List.of(change)));
    }

    @Test
    void theCorporateCurrencyIsASettingThatHasToBeACurrency() {
        String setting = "setting:sys__corporateCurrency";
        change(set(setting, "value", "XXQ")).refused(422, "tenancy.model-refused");
        change(set(setting, "value", "USD")).good();
        try {
            // The rates into the former currency say nothing about the new one.
            assertThat(names(ADMIN.query(CONTRACTS, "$filter", "amountConverted ne null", "$orderby", "name")
                            .good()))
                    .containsExactly("new", "old");
            assertThat(contract("name", "dollar", "amount", 1)
                            .get("amountCurrency")
                            .asString())
                    .isEqualTo("USD");
        } finally {
            change(Map.of("op", "reset", "element", setting, "property", "value"))
                    .good();
            String id = ADMIN.query(CONTRACTS, "$filter", "name eq 'dollar'")
                    .good()
                    .get("value")
                    .get(0)
                    .get("id")
                    .asString();
            ADMIN.delete(CONTRACTS + "(" + id + ")").good();
        }
    }

    @Test
    void whatCannotStayRightIsRefusedBeforeItIsPublished() {
        Map<String, Object> label = Map.of("label", "X");
        Stream.of(
                        Map.entry(
                                values(
                                        "type", "formula",
                                        "result", Map.of("type", "decimal"),
                                        "expression", "amountConverted * 2.0"),
                                "expression.only-in-queries"),
                        Map.entry(values("type", "text", "default", "office"), "expression.only-in-queries"),
                        Map.entry(values("type", "currency", "rateDate", "name"), "metadata.rate-date"))
                .forEach(bad -> {
                    Map<String, @Nullable Object> properties = new LinkedHashMap<>(bad.getKey());
                    properties.putAll(label);
                    Http.Answer answer = change(
                            Map.of("op", "add", "element", "field:plant__Contract/c__x", "properties", properties));
                    assertThat(answer.status()).as(answer.body()).isEqualTo(422);
                    assertThat(answer.body()).contains(bad.getValue());
                });
    }

    @Test
    void aCustomerAddsAnAmountAndItsPartsComeWithIt() {
        change(Map.of(
                        "op",
                        "add",
                        "element",
                        "field:plant__Contract/c__bonus",
                        "properties",
                        Map.of("type", "currency", "label", "Bonus", "label@zh-CN", "奖金", "rateDate", "signedOn")))
                .good();
        ADMIN.patch(
                        CONTRACTS + "("
                                + ADMIN.query(CONTRACTS, "$filter", "name eq 'old'")
                                        .good()
                                        .get("value")
                                        .get(0)
                                        .get("id")
                                        .asString()
                                + ")",
                        "*",
                        values("c__bonus", 2, "c__bonusCurrency", "USD"))
                .good();
        assertThat(names(ADMIN.query(CONTRACTS, "$filter", "c__bonusConverted eq 14")
                        .good()))
                .containsExactly("old");
        change(set("section:plant__Contract/main", "fields", List.of("c__bonusCurrency")))
                .refused(422, "tenancy.model-refused");
    }
}
