package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.metadata.Layer;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.PackageInfo;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Row;
import dev.tenon.records.RowOutcome;
import dev.tenon.records.port.RecordStore.Series;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.records.JooqRecycleBin;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Numbers with the day in them, with and without gaps; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AutoNumberContract {

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

    private void tenant(String number) {
        Map<String, String> files = ShopPackage.files();
        files.computeIfPresent("objects/Order.yaml", (path, text) -> text.replace("format: \"ORD-{0000}\"", number));
        Model shop = shops.tenant(files);
        Layer zone = new Layer(PackageInfo.custom(), Map.of(), Map.of())
                .apply(List.of(new LayerEdit.SetProperty(
                        new ElementKey("setting", "sys__timeZone"), "value", "Asia/Shanghai")))
                .orThrow();
        Model model = Models.compile(
                        shop.tenant(), 2, List.of(PackageReader.read(files).orThrow(), zone))
                .orThrow();
        door = new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 30), model);
    }

    private String number(Row customer) {
        return String.valueOf(door.order(customer).values().get("number"));
    }

    private Map<String, Object> bad(Row customer) {
        return Map.of("customer", customer.id(), "payer", UUID.randomUUID());
    }

    @Test
    void theCountBeginsAgainWithTheTenantsMonthAndNeverEnds() {
        tenant("format: \"ORD-{yy}{MM}/{00}-{dd}\", reset: month");
        Row customer = door.customer("Ada");
        door.at(Instant.parse("2026-05-31T15:59:59Z"));
        assertThat(number(customer)).isEqualTo("ORD-2605/01-31");
        assertThat(number(customer)).isEqualTo("ORD-2605/02-31");
        door.at(Instant.parse("2026-05-31T16:00:00Z"));
        assertThat(number(customer)).as("June in Shanghai").isEqualTo("ORD-2606/01-01");
        Model model = door.model().model();
        door.store().nextNumber(model, new Series(ORDER, "number", "2026-06", false), 98);
        assertThat(number(customer)).as("more digits than the format has").isEqualTo("ORD-2606/100-01");
        door.at(Instant.parse("2027-06-01T00:00:00Z"));
        assertThat(number(customer)).isEqualTo("ORD-2706/01-01");
    }

    @Test
    void aFastCountLeavesOutWhatASaveThatFailedHadTaken() {
        tenant("format: \"{0}\"");
        Row customer = door.customer("Ada");
        assertThat(number(customer)).isEqualTo("1");
        assertThatThrownBy(() -> door.manager().create(ORDER, bad(customer))).isInstanceOf(PlatformException.class);
        assertThat(number(customer)).isEqualTo("3");
    }

    @Test
    void aGaplessCountGivesItToTheNext() {
        tenant("format: \"{yyyy}-{0}\", reset: year, gapless: true");
        Row customer = door.customer("Ada");
        assertThat(number(customer)).isEqualTo("2026-1");
        assertThatThrownBy(() -> door.manager().create(ORDER, bad(customer))).isInstanceOf(PlatformException.class);
        assertThatThrownBy(() -> door.manager().inTransaction(() -> {
                    number(customer);
                    throw new IllegalStateException("back");
                }))
                .hasMessage("back");
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        ORDER,
                        List.of(values("customer", customer.id()), bad(customer), values("customer", customer.id())));
        assertThat(outcomes).filteredOn(RowOutcome.Rejected.class::isInstance).hasSize(1);
        assertThat(number(customer)).isEqualTo("2026-4");
    }

    @Test
    void writersOfAGaplessCountWaitForEachOther() throws Exception {
        tenant("format: \"{0}\", gapless: true");
        Row customer = door.customer("Ada");
        ConcurrentLinkedQueue<Integer> taken = new ConcurrentLinkedQueue<>();
        try (ExecutorService people = Executors.newFixedThreadPool(4)) {
            List<Future<?>> work = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                work.add(people.submit(() -> IntStream.range(0, 10).forEach(turn -> {
                    if (turn % 3 == 2) {
                        assertThatThrownBy(() -> door.manager().create(ORDER, bad(customer)))
                                .isInstanceOf(PlatformException.class);
                    } else {
                        taken.add(Integer.valueOf(number(customer)));
                    }
                })));
            }
            for (Future<?> one : work) {
                one.get(2, TimeUnit.MINUTES);
            }
        }
        assertThat(taken)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.rangeClosed(1, taken.size()).boxed().toList());
        assertThat(taken).hasSize(28);
    }
}
