package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.records.Row;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecycleBin;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Averages, and the first and last day, over the records that refer to one; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RollUpContract {

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
    }

    @AfterAll
    void close() {
        shops.close();
    }

    @BeforeEach
    void newTenant() {
        Map<String, String> files = ShopPackage.files();
        files.computeIfPresent("objects/Order.yaml", (path, text) -> text + """
                  meanPrice: {type: rollUp, label: Mean price, object: Line, via: order, function: avg, field: price}
                  meanQuantity: {type: rollUp, label: Mean quantity, object: Line, via: order, function: avg, field: quantity, filter: "price > 1.0"}
                  twice: {type: formula, label: Twice, result: {type: decimal, precision: 20, scale: 6}, expression: "meanPrice * 2.0"}
                  firstDue: {type: rollUp, label: First, object: Line, via: order, function: min, field: due}
                  lastDue: {type: rollUp, label: Last, object: Line, via: order, function: max, field: due}
                """);
        files.computeIfPresent("objects/Customer.yaml", (path, text) -> text.replace("rules:\n", """
                  goods: {type: rollUp, label: Goods, object: Order, via: customer, function: sum, field: lineTotal, filter: "lineTotal > 1.0"}
                  bestMean: {type: rollUp, label: Best, object: Order, via: customer, function: max, field: meanPrice}
                  meanOfMeans: {type: rollUp, label: Mean, object: Order, via: customer, function: avg, field: meanPrice}
                  lastDue: {type: rollUp, label: Last, object: Order, via: customer, function: max, field: lastDue}
                rules:
                """));
        files.computeIfPresent("objects/Line.yaml", (path, text) -> text + "  due: {type: date, label: Due}\n");
        door = new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 30), shops.tenant(files));
    }

    private void mean(Row order, String field, String expected) {
        assertThat(door.reload(order).values().get(field)).isEqualTo(expected == null ? null : decimal(expected));
    }

    @Test
    void anAverageIsExactAndFollowsEveryChange() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        Row other = door.order(customer);
        mean(order, "meanPrice", null);
        Row first = door.line(order, 1, "10.00");
        door.line(order, 2, "0.01");
        Row third = door.line(order, 4, "0.00");
        mean(order, "meanPrice", "3.336667");
        mean(order, "twice", "6.673334");
        mean(order, "meanQuantity", "1.0000");
        door.manager().update(LINE, third.id(), Optional.empty(), values("price", decimal("2.00")));
        mean(order, "meanPrice", "4.003333");
        mean(order, "meanQuantity", "2.5000");
        door.manager().update(LINE, first.id(), Optional.empty(), values("order", other.id()));
        mean(order, "meanPrice", "1.005000");
        mean(other, "meanPrice", "10.000000");
        door.manager().delete(LINE, first.id(), Optional.empty());
        mean(other, "meanPrice", null);
        door.manager().recycleBin().restore(first.id());
        mean(other, "meanPrice", "10.000000");
        door.manager().delete(ORDER, other.id(), Optional.empty());
        door.manager().recycleBin().restore(other.id());
        mean(other, "meanPrice", "10.000000");
    }

    @Test
    void aRollUpTakesRollUpsTogetherAndFollowsThem() {
        Row customer = door.customer("Ada");
        Row empty = door.customer("Eve");
        wholes(customer, "0.00", null, null);
        Row first = door.order(customer);
        Row second = door.order(customer);
        door.line(first, 2, "5.00");
        Row line = door.line(second, 1, "1.00");
        door.line(second, 3, "2.00");
        wholes(customer, "17.00", "5.000000", "3.2500000000");
        door.manager().update(LINE, line.id(), Optional.empty(), values("price", decimal("13.00")));
        wholes(customer, "29.00", "7.500000", "6.2500000000");
        door.manager()
                .update(LINE, line.id(), Optional.empty(), values("due", java.time.LocalDate.parse("2026-03-01")));
        assertThat(door.reload(customer).values()).containsEntry("lastDue", java.time.LocalDate.parse("2026-03-01"));
        door.manager().update(ORDER, second.id(), Optional.empty(), values("customer", empty.id()));
        wholes(customer, "10.00", "5.000000", "5.0000000000");
        wholes(empty, "19.00", "7.500000", "7.5000000000");
        door.manager().delete(ORDER, second.id(), Optional.empty());
        wholes(empty, "0.00", null, null);
        door.manager().recycleBin().restore(second.id());
        wholes(empty, "19.00", "7.500000", "7.5000000000");
        assertThat(door.reload(empty).values()).containsEntry("lastDue", java.time.LocalDate.parse("2026-03-01"));
    }

    private void wholes(Row customer, String goods, String best, String mean) {
        mean(customer, "goods", goods);
        mean(customer, "bestMean", best);
        mean(customer, "meanOfMeans", mean);
    }

    @Test
    void theFirstAndTheLastDayAreKnown() {
        Row order = door.order(door.customer("Ada"));
        Row line = door.line(order, 1, "1.00");
        door.manager()
                .update(LINE, line.id(), Optional.empty(), values("due", java.time.LocalDate.parse("2026-02-28")));
        Row later = door.line(order, 1, "1.00");
        door.manager()
                .update(LINE, later.id(), Optional.empty(), values("due", java.time.LocalDate.parse("2026-03-01")));
        assertThat(door.reload(order).values())
                .containsEntry("firstDue", java.time.LocalDate.parse("2026-02-28"))
                .containsEntry("lastDue", java.time.LocalDate.parse("2026-03-01"));
        door.manager().delete(LINE, later.id(), Optional.empty());
        assertThat(door.reload(order).values()).containsEntry("lastDue", java.time.LocalDate.parse("2026-02-28"));
    }

    @Test
    void twoWritersOnOneParentLoseNothing() throws Exception {
        Row order = door.order(door.customer("Ada"));
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            List<Future<?>> work = new ArrayList<>();
            for (String price : List.of("1.00", "2.00")) {
                work.add(people.submit(() -> {
                    for (int i = 0; i < 10; i++) {
                        door.line(order, 1, price);
                    }
                }));
            }
            for (Future<?> one : work) {
                one.get(2, TimeUnit.MINUTES);
            }
        }
        mean(order, "meanPrice", "1.500000");
    }
}
