package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.expression.Expr;
import dev.tenon.expression.ExpressionError;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.shop.CompoundShop;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Fields of several values: amounts in currencies, addresses, places. The shop's today is 2026-05-04. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CompoundFieldContract {

    private static final String RATE = "sys__ExchangeRate";

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        Model model = shops.tenant(CompoundShop.files());
        door = new ShopDoor(shops.store(), model);
        rate("USD", "2025-01-01", "7.30");
        rate("USD", "2026-01-01", "7.00");
        rate("USD", "2026-05-05", "6.50");
        rate("EUR", "2026-03-01", "8.1234567891");
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private Row rate(String currency, String from, String rate) {
        return door.manager()
                .create(RATE, values("currency", currency, "validFrom", LocalDate.parse(from), "rate", decimal(rate)));
    }

    private Row order(@Nullable Object... pairs) {
        Map<String, @Nullable Object> values = values(pairs);
        values.put("customer", door.customer("Ada").id());
        return door.manager().create(ORDER, values);
    }

    private static ErrorCode refused(ThrowingCallable call) {
        PlatformException fault = catchThrowableOfType(PlatformException.class, call);
        return fault.details().isEmpty()
                ? fault.code()
                : fault.details().getFirst().code();
    }

    private List<Row> find(RecordSession session, String condition, String sort) {
        Expr key = filter(session, ORDER, sort);
        return session.query(new Query(
                        ORDER,
                        Query.Selection.ALL,
                        Optional.of(filter(session, ORDER, condition)),
                        List.of(new Query.SortKey(key, false)),
                        50,
                        0,
                        true))
                .rows();
    }

    private static BigDecimal number(Row row, String field) {
        return (BigDecimal) row.values().get(field);
    }

    @Test
    void anAmountHasACurrencyOfTheListAndIsInTheCorporateOneUnlessSaid() {
        Row plain = order("fee", decimal("10.50"));
        assertThat(plain.values()).containsEntry("feeCurrency", "CNY");
        assertThat(number(plain, "feeConverted")).isEqualByComparingTo("10.50");

        assertThat(refused(() -> order("fee", decimal("1"), "feeCurrency", "XQQ")))
                .isEqualTo(RecordsError.NOT_A_PICKLIST_VALUE);
        assertThat(refused(() -> order("fee", decimal("1"), "feeCurrency", "DEM")))
                .isEqualTo(RecordsError.NOT_A_PICKLIST_VALUE);
        assertThat(refused(() -> order("fee", decimal("1"), "feeCurrency", null)))
                .isEqualTo(RecordsError.FIELD_REQUIRED);
        assertThat(refused(() -> order("feeConverted", decimal("1")))).isEqualTo(RecordsError.COMPUTED_FIELD);
        assertThat(order("feeCurrency", null).values()).containsEntry("feeCurrency", null);
    }

    @Test
    void theConvertedValueTakesTheRateOfItsDayElseOfToday() {
        Row then = order("fee", decimal("100"), "feeCurrency", "USD", "feeDay", LocalDate.parse("2025-12-31"));
        Row today = order("fee", decimal("100"), "feeCurrency", "USD");
        Row eur = order("fee", decimal("10.01"), "feeCurrency", "EUR");
        Row before = order("fee", decimal("1"), "feeCurrency", "EUR", "feeDay", LocalDate.parse("2026-02-28"));
        Row unknown = order("fee", decimal("1"), "feeCurrency", "JPY");

        assertThat(number(then, "feeConverted")).isEqualByComparingTo("730");
        assertThat(number(today, "feeConverted")).isEqualByComparingTo("700");
        assertThat(number(eur, "feeConverted")).isEqualByComparingTo("81.32");
        assertThat(before.values()).containsEntry("feeConverted", null);
        assertThat(unknown.values()).containsEntry("feeConverted", null);
        // Without a day of its own, today's rate.
        assertThat(number(order("cost", decimal("2"), "costCurrency", "USD"), "costConverted"))
                .isEqualByComparingTo("14");
    }

    @Test
    void listsFilterSortAndAddUpByTheConvertedValue() {
        Row usd = order("discount", decimal("77"), "fee", decimal("1000"), "feeCurrency", "USD");
        Row cny = order("discount", decimal("77"), "fee", decimal("6999.99"), "feeCurrency", "CNY");
        Row eur = order("discount", decimal("77"), "fee", decimal("900"), "feeCurrency", "EUR");

        assertThat(find(door.manager(), "discount == 77.0", "feeConverted"))
                .extracting(Row::id)
                .containsExactly(cny.id(), usd.id(), eur.id());
        assertThat(find(door.manager(), "discount == 77.0 && feeConverted >= 7000.0", "fee"))
                .extracting(Row::id)
                .containsExactly(eur.id(), usd.id());
        assertThat(find(door.manager(), "discount == 77.0 && feeCurrency in ['EUR', 'CNY']", "feeCurrency"))
                .extracting(Row::id)
                .containsExactly(cny.id(), eur.id());

        RecordSession session = door.manager();
        Expr converted = filter(session, ORDER, "feeConverted");
        List<Map<String, @Nullable Object>> sums = session.aggregate(new Aggregation(
                ORDER,
                Optional.of(filter(session, ORDER, "discount == 77.0")),
                List.of(new Aggregation.Key("currency", filter(session, ORDER, "feeCurrency"))),
                List.of(new Aggregation.Measure("sum", Aggregation.Function.SUM, Optional.of(converted))),
                10));
        assertThat(sums).extracting(s -> s.get("currency")).containsExactly("CNY", "EUR", "USD");
        assertThat(sums.stream()
                        .map(s -> new BigDecimal(String.valueOf(s.get("sum"))))
                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .isEqualByComparingTo("21311.10");
        List<Map<String, @Nullable Object>> groups = session.aggregate(new Aggregation(
                ORDER,
                Optional.of(filter(session, ORDER, "discount == 77.0")),
                List.of(new Aggregation.Key("converted", converted)),
                List.of(new Aggregation.Measure("n", Aggregation.Function.COUNT, Optional.empty())),
                10));
        assertThat(groups).extracting(g -> g.get("n")).containsExactly(1L, 1L, 1L);
    }

    @Test
    void aConvertedValueIsReachedOverReferencesAndCollections() {
        Row usd = order("discount", decimal("78"), "fee", decimal("100"), "feeCurrency", "USD", "cost", decimal("1"));
        door.line(usd, 1, "1.00");
        RecordSession session = door.manager();
        Query.Selection withOrder =
                new Query.Selection(List.of("product"), Map.of("order", Query.Selection.of("feeConverted")), Map.of());
        List<Row> lines = session.query(new Query(
                        ShopDoor.LINE,
                        withOrder,
                        Optional.of(filter(session, ShopDoor.LINE, "order.feeConverted == 700.0")),
                        List.of(new Query.SortKey(filter(session, ShopDoor.LINE, "order.feeConverted"), true)),
                        10,
                        0,
                        false))
                .rows();
        assertThat(lines)
                .filteredOn(line -> line.parents().get("order").id().equals(usd.id()))
                .singleElement()
                .satisfies(line -> assertThat(number(line.parents().get("order"), "feeConverted"))
                        .isEqualByComparingTo("700"));
        assertThat(refused(() -> filter(door.clerk(), ShopDoor.LINE, "order.costConverted == 1.0")))
                .isEqualTo(ExpressionError.UNKNOWN_NAME);

        Query.Children orders = new Query.Children(
                ORDER,
                "customer",
                Query.Selection.of("feeConverted"),
                Optional.of(filter(session, ORDER, "feeConverted > 0.0")),
                List.of(new Query.SortKey(filter(session, ORDER, "feeConverted"), false)),
                5);
        Row customer = session.find(
                        ShopDoor.CUSTOMER,
                        (java.util.UUID) usd.values().get("customer"),
                        new Query.Selection(List.of("name"), Map.of(), Map.of("orders", orders)))
                .orElseThrow();
        assertThat(customer.children().get("orders"))
                .singleElement()
                .satisfies(row -> assertThat(number(row, "feeConverted")).isEqualByComparingTo("700"));
    }

    @Test
    void aCorrectedRateCountsAtOnceAndIsNotKeptTwiceForADay() {
        Row order = order("fee", decimal("3"), "feeCurrency", "GBP");
        Row rate = rate("GBP", "2026-01-01", "9");
        assertThat(number(door.reload(order), "feeConverted")).isEqualByComparingTo("27");

        door.manager().update(RATE, rate.id(), Optional.empty(), values("rate", decimal("10")));
        assertThat(number(door.reload(order), "feeConverted")).isEqualByComparingTo("30");
        assertThat(door.manager().history(RATE, rate.id()))
                .anySatisfy(entry -> assertThat(entry.field()).contains("rate"));

        assertThat(refused(() -> rate("GBP", "2026-01-01", "9"))).isEqualTo(RecordsError.DUPLICATE);
        assertThat(refused(() -> rate("CHF", "2026-01-01", "0"))).isEqualTo(RecordsError.VALIDATION_FAILED);
        assertThat(refused(() -> rate("CHF", "2026-01-01", "-1"))).isEqualTo(RecordsError.VALIDATION_FAILED);
        assertThat(refused(() -> rate("CNY", "2026-01-01", "1"))).isEqualTo(RecordsError.VALIDATION_FAILED);
        assertThat(refused(() -> door.clerk().create(RATE, values("currency", "CHF", "rate", decimal("8")))))
                .isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void whatIsHiddenFromSomebodyIsHiddenInAllOfItsParts() {
        Row order = order("cost", decimal("5"), "costCurrency", "USD", "fee", decimal("1"));
        RecordSession clerk = door.clerk();

        Row seen = clerk.find(ORDER, order.id(), Query.Selection.ALL).orElseThrow();
        assertThat(seen.values())
                .containsKeys("fee", "feeCurrency", "feeConverted")
                .doesNotContainKeys("cost", "costCurrency", "costConverted");
        for (String name : List.of("cost", "costCurrency", "costConverted")) {
            assertThat(refused(() -> clerk.find(ORDER, order.id(), Query.Selection.of(name))))
                    .isEqualTo(RecordsError.UNKNOWN_FIELD);
            assertThat(refused(() -> filter(clerk, ORDER, name + " != null"))).isEqualTo(ExpressionError.UNKNOWN_NAME);
            assertThat(refused(() -> clerk.create(ORDER, values(name, null)))).isEqualTo(RecordsError.UNKNOWN_FIELD);
        }
        door.manager().update(ORDER, order.id(), Optional.empty(), values("costCurrency", "EUR"));
        assertThat(clerk.history(ORDER, order.id()))
                .extracting(HistoryEntry::field)
                .noneMatch(field -> field != null && field.startsWith("cost"));
        assertThat(door.manager().history(ORDER, order.id()))
                .extracting(HistoryEntry::field)
                .contains("costCurrency")
                .doesNotContain("costConverted");
        // What may only be read may only be read in all of its parts, whoever asks in another's words.
        assertThat(clerk.access(ORDER).mayEdit("feeCurrency")).isFalse();
        assertThat(clerk.access(ORDER).mayEdit("shipToCity")).isFalse();
        assertThat(clerk.access(ORDER).mayEdit("spotLatitude")).isTrue();
        Expr asManager = filter(door.manager(), ORDER, "costConverted > 0.0 || costCurrency == 'EUR'");
        assertThat(clerk.query(Query.of(ORDER, 50).where(asManager)).rows()).isEmpty();
    }

    @Test
    void anAddressIsItsPartsAndOneLine() {
        Row home = order(
                "shipToCountry", "CN",
                "shipToState", "上海市",
                "shipToDistrict", "浦东新区",
                "shipToStreet", "世纪大道100号",
                "shipToPostalCode", "200120");
        Row abroad = order(
                "shipToCountry", "DE", "shipToCity", "Köln", "shipToStreet", "Am Hof 1", "shipToPostalCode", "50667");
        Row none = order();

        assertThat(home.values()).containsEntry("shipTo", "上海市 浦东新区 世纪大道100号 200120");
        assertThat(abroad.values()).containsEntry("shipTo", "Am Hof 1, Köln, 50667, DE");
        assertThat(none.values()).containsEntry("shipTo", null);
        assertThat(find(door.manager(), "shipTo.contains('世纪')", "shipTo"))
                .extracting(Row::id)
                .containsExactly(home.id());
        assertThat(find(door.manager(), "shipToCity == 'Köln'", "shipToCity"))
                .extracting(Row::id)
                .containsExactly(abroad.id());
        assertThat(refused(() -> order("shipTo", "Am Hof 1"))).isEqualTo(RecordsError.COMPUTED_FIELD);
        assertThat(refused(() -> order("shipToCountry", "XX"))).isEqualTo(RecordsError.NOT_A_PICKLIST_VALUE);
    }

    @Test
    void aPlaceHasBothCoordinatesWithinTheirRanges() {
        Row place = order("spotLatitude", decimal("31.2304"), "spotLongitude", decimal("-121.473700"));

        assertThat(place.values()).containsEntry("spot", "31.230400, -121.473700");
        assertThat(find(door.manager(), "spotLatitude > 31.0 && spotLatitude < 32.0", "spot"))
                .extracting(Row::id)
                .containsExactly(place.id());
        assertThat(refused(() -> order("spotLatitude", decimal("1")))).isEqualTo(RecordsError.FIELD_REQUIRED);
        assertThat(refused(() -> order("spotLongitude", decimal("1")))).isEqualTo(RecordsError.FIELD_REQUIRED);
        assertThat(refused(() -> order("spotLatitude", decimal("90.000001"), "spotLongitude", decimal("0"))))
                .isEqualTo(RecordsError.VALIDATION_FAILED);
        assertThat(refused(() -> order("spotLatitude", decimal("0"), "spotLongitude", decimal("-180.000001"))))
                .isEqualTo(RecordsError.VALIDATION_FAILED);
        assertThatCode(() -> order("spotLatitude", decimal("-90"), "spotLongitude", decimal("180")))
                .doesNotThrowAnyException();
        door.manager().update(ORDER, place.id(), Optional.empty(), values("spotLatitude", null, "spotLongitude", null));
        assertThat(door.reload(place).values()).containsEntry("spot", null);
    }
}
