package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.NOW;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Hold;
import dev.tenon.records.RecordKey;
import dev.tenon.records.RecordLockContract;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.SetLock;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.approval.JooqHoldStore;
import dev.tenon.store.records.JooqRecycleBin;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import net.ttddyy.dsproxy.ExecutionInfo;
import net.ttddyy.dsproxy.QueryInfo;
import net.ttddyy.dsproxy.listener.QueryExecutionListener;
import net.ttddyy.dsproxy.support.ProxyDataSourceBuilder;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks in a database: how often it is asked, and what two see of each other who come at once. */
abstract class JooqRecordLockContract extends RecordLockContract {

    private final List<String> sent = new ArrayList<>();
    private ShopDatabase shops;
    private JooqRecycleBin bin;
    private JooqHoldStore holds;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void openDatabase(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder), this::watched));
        bin = new JooqRecycleBin(shops.database(), 30);
        holds = shops.holds();
    }

    @AfterAll
    void close() {
        shops.close();
    }

    @Override
    protected ShopDoor open(Map<String, String> files) {
        return new ShopDoor(shops.store(), bin, holds, shops.tenant(files));
    }

    private DataSource watched(DataSource driver) {
        return ProxyDataSourceBuilder.create(driver)
                .listener(new QueryExecutionListener() {
                    @Override
                    public void beforeQuery(ExecutionInfo execution, List<QueryInfo> queries) {}

                    @Override
                    public void afterQuery(ExecutionInfo execution, List<QueryInfo> queries) {
                        synchronized (sent) {
                            queries.forEach(query -> sent.add(query.getQuery()));
                        }
                    }
                })
                .build();
    }

    private List<String> sentBy(Runnable call) {
        synchronized (sent) {
            sent.clear();
        }
        call.run();
        synchronized (sent) {
            return List.copyOf(sent);
        }
    }

    private String tenant() {
        return shop().model().model().tenant();
    }

    private int locks() {
        return shops.database()
                .dsl()
                .fetchCount(DSL.table(DSL.name(TenantSchemas.nameOf(tenant()), "tenon_record_lock")));
    }

    private void cancel(Row order) {
        shop().manager().update(ORDER, order.id(), Optional.empty(), values("status", "cancelled"));
    }

    @Test
    void whatHoldsARecordAndItsWholesIsReadWithOneStatement() {
        Row order = shop().order(shop().customer("Ada"));
        Row line = shop().line(order, 1, "2.00");
        shop().manager().update(LINE, line.id(), Optional.empty(), values("quantity", 2L));

        List<String> ofALine =
                sentBy(() -> shop().manager().update(LINE, line.id(), Optional.empty(), values("quantity", 3L)));

        assertThat(ofALine)
                .filteredOn(sql -> sql.contains("tenon_record_lock") || sql.contains("tenon_approval_head"))
                .singleElement()
                .satisfies(sql -> assertThat(sql).contains("tenon_record_lock", "tenon_approval_head"));
        // What nothing can hold yet is not asked for.
        assertThat(sentBy(() -> shop().manager().create(CUSTOMER, values("name", "New"))))
                .noneMatch(sql -> sql.contains("tenon_record_lock"));
        assertThat(sentBy(() -> shop().manager().query(dev.tenon.records.Query.of(ORDER, 10))))
                .noneMatch(sql -> sql.contains("tenon_record_lock"));
    }

    @Test
    void everyLockIsKeptAsItIs() {
        SetLock bare =
                new SetLock(ORDER, RecordIds.next(), RecordIds.next(), NOW.plusNanos(123_456_000), Optional.empty());
        SetLock full = new SetLock(LINE, RecordIds.next(), RecordIds.next(), NOW, Optional.of("审计'\"\\ 😀"));
        holds.set(tenant(), bare);
        holds.set(tenant(), full);

        List<RecordKey> asked = Stream.of(bare, full)
                .map(lock -> new RecordKey(lock.object(), lock.record()))
                .toList();
        assertThat(holds.on(tenant(), asked)).containsExactlyInAnyOrder(bare, full);
        assertThat(holds.on(tenant(), asked.subList(0, 1))).containsExactly(bare);
        assertThat(holds.on(tenant(), List.of(new RecordKey(ORDER, RecordIds.next()))))
                .isEmpty();
        List<UUID> many =
                new ArrayList<>(Stream.generate(RecordIds::next).limit(1_200).toList());
        many.add(bare.record());
        holds.remove(tenant(), many);
        assertThat(holds.on(tenant(), asked)).extracting(Hold::record).containsExactly(full.record());
        holds.remove(tenant(), List.of(full.record()));
    }

    @Test
    void aSaveThatWaitsForALockSeesIt() {
        Row order = shop().order(shop().customer("Ada"));
        assertThat(second(() -> shop().manager().lock(ORDER, order.id(), Optional.empty()), () -> cancel(order)))
                .hasValueSatisfying(told -> assertThat(told.code()).isEqualTo(RecordsError.LOCKED));
        assertThat(shop().reload(order).values()).containsEntry("status", "open");
    }

    @Test
    void aDeletionThatWaitsForALockSeesIt() {
        Row order = shop().order(shop().customer("Ada"));
        assertThat(second(
                        () -> shop().manager().lock(ORDER, order.id(), Optional.empty()),
                        () -> shop().manager().delete(ORDER, order.id(), Optional.empty())))
                .hasValueSatisfying(told -> assertThat(told.code()).isEqualTo(RecordsError.LOCKED));
    }

    @Test
    void aLockThatWaitsForASaveComesAfterIt() {
        Row order = shop().order(shop().customer("Ada"));
        assertThat(second(() -> cancel(order), () -> shop().manager().lock(ORDER, order.id(), Optional.empty())))
                .isEmpty();
        assertThat(shop().reload(order).values()).containsEntry("status", "cancelled");
        assertThat(shop().manager().lockState(ORDER, order.id()).lock()).isPresent();
    }

    @Test
    void ofTwoWhoLockAtOnceOneIsTold() {
        Row order = shop().order(shop().customer("Ada"));
        assertThat(second(
                        () -> shop().manager().lock(ORDER, order.id(), Optional.of("first")),
                        () -> boss().lock(ORDER, order.id(), Optional.of("second"))))
                .hasValueSatisfying(told -> assertThat(told.code()).isEqualTo(RecordsError.ALREADY_LOCKED));
    }

    @Test
    void ofTwoWhoUnlockAtOnceOneIsTold() {
        Row order = locked(shop().order(shop().customer("Ada")));
        assertThat(second(
                        () -> shop().manager().unlock(ORDER, order.id(), Optional.empty()),
                        () -> boss().unlock(ORDER, order.id(), Optional.empty())))
                .hasValueSatisfying(told -> assertThat(told.code()).isEqualTo(RecordsError.NOT_LOCKED));
    }

    /** Starts the second while the first has not committed; what the second is told. */
    private Optional<PlatformException> second(Runnable first, Runnable second) {
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        try (ExecutorService people = Executors.newFixedThreadPool(2)) {
            Future<Boolean> one = people.submit(() -> shop().manager().inTransaction(() -> {
                first.run();
                written.countDown();
                await(commit);
                return true;
            }));
            await(written);
            Future<PlatformException> two = people.submit(() -> refused(second::run));
            LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
            assertThat(two.isDone()).as("waits").isFalse();
            commit.countDown();
            assertThat(one.get(1, TimeUnit.MINUTES)).isTrue();
            return Optional.ofNullable(two.get(1, TimeUnit.MINUTES));
        } catch (Exception e) {
            throw new AssertionError(e);
        } finally {
            commit.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(1, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aLockGoesWithItsRecordWhenTheTimeInTheRecycleBinIsOver() {
        int before = locks();
        Row order = locked(shop().order(shop().customer("Ada")));
        boss().delete(ORDER, order.id(), Optional.empty());
        assertThat(locks()).isEqualTo(before + 1);
        bin.removeExpired(tenant(), NOW.plus(Duration.ofDays(29)), 1_000);
        assertThat(locks()).isEqualTo(before + 1);
        bin.removeExpired(tenant(), NOW.plus(Duration.ofDays(31)), 1_000);
        assertThat(locks()).isEqualTo(before);
    }

    @Test
    void locksStayWithTheDataOfARemovedObjectAndGoWithIt() {
        Map<String, String> files = files();
        Model with = shops.tenant(files);
        ShopDoor door = new ShopDoor(shops.store(), bin, holds, with);
        Row line = door.line(door.order(door.customer("Ada")), 1, "2.00");
        Row remark = door.manager().create("shop__Remark", values("line", line.id(), "text", "x"));
        for (Row row : List.of(line, remark)) {
            door.as(door.systemIdentity()).lock(row.object(), row.id(), Optional.empty());
        }
        files.remove("objects/Remark.yaml");
        files.remove("permissions/remarks.yaml");
        files.computeIfPresent("permissions/manager.yaml", (path, text) -> text.replaceAll("(?m)^  Remark:.*\\R", ""));
        Model without = ShopPackage.model(with.tenant(), 2, files);
        shops.evolve(without);
        List<RecordKey> both = Stream.of(line, remark)
                .map(row -> new RecordKey(row.object(), row.id()))
                .toList();
        JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(shops.database(), shops.catalogue());
        assertThat(evolution.purge(with.tenant(), without, NOW))
                .as("found to be gone")
                .isFalse();
        assertThat(holds.on(with.tenant(), both)).hasSize(2);

        assertThat(evolution.purge(with.tenant(), without, NOW.plus(Duration.ofDays(31))))
                .isTrue();
        assertThat(holds.on(with.tenant(), both)).extracting(Hold::record).containsExactly(line.id());
    }

    @Test
    void whereNoBinKeepsARecordNeitherIsItsLock() {
        ShopDoor without =
                new ShopDoor(shops.store(), new JooqRecycleBin(shops.database(), 0), holds, shops.tenant(files()));
        Row order = without.order(without.customer("Ada"));
        without.manager().lock(ORDER, order.id(), Optional.empty());
        Identity boss = new Identity(without.managerIdentity().user(), Identity.Kind.USER, Set.of("shop__boss"));
        without.as(boss).delete(ORDER, order.id(), Optional.empty());
        assertThat(holds.on(without.model().model().tenant(), List.of(new RecordKey(ORDER, order.id()))))
                .isEmpty();
    }
}
