package dev.tenon.store.records;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.expression.Expr;
import dev.tenon.expression.Scope;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore.LockedPage;
import dev.tenon.records.port.RecordStore.NewRow;
import dev.tenon.records.port.RecordStore.OutboxEvent;
import dev.tenon.records.port.RecordStore.Series;
import dev.tenon.records.port.RecordStore.StoredRow;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Writing records, and what is kept with them; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class RecordStoreContract {

    private static final AtomicInteger TENANT = new AtomicInteger();
    static final String OFFER = "recruiting__Offer";

    private Database database;
    private Catalogue catalogue;
    private JournaledSchemaEvolution evolution;
    private JooqRecordStore store;
    private String tenant;
    private Model model;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        database = Database.open(settings(folder));
        catalogue = new Catalogue(database);
        evolution = new JournaledSchemaEvolution(database, catalogue);
        store = new JooqRecordStore(database, catalogue);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void newTenant() {
        tenant = "tenant" + TENANT.incrementAndGet();
        model = offers(tenant);
        evolution.createTenant(tenant);
        evolution.evolve(tenant, model);
    }

    private static Model offers(String tenant) {
        return model(
                tenant,
                1,
                object(
                        OFFER,
                        List.of(new ObjectType.UniqueKey("once", List.of("candidate", "startDate"), false)),
                        field("title", text(50)),
                        unique("code", text(20)),
                        field("salary", decimal(12, 2)),
                        field("grade", dev.tenon.store.TestModels.picklist("p1", "p2")),
                        field("candidate", new FieldType.Lookup("recruiting__Candidate")),
                        field("startDate", new FieldType.DateOnly()),
                        field("decidedAt", new FieldType.DateTime()),
                        field("signed", new FieldType.Bool()),
                        field("headcount", whole()),
                        field("number", new FieldType.AutoNumber("OFF-{0000}")),
                        field("note", new FieldType.Text(100_000, true, FieldType.Text.Format.PLAIN)),
                        field("annual", dev.tenon.store.TestModels.formula(decimal(14, 2)))));
    }

    private UUID insert(Map<String, Object> values) {
        UUID id = RecordIds.next();
        store.insert(model, OFFER, id, new HashMap<>(values));
        return id;
    }

    private StoredRow row(UUID id) {
        return store.inTransaction(tenant, () -> store.lock(model, OFFER, id).orElseThrow());
    }

    @Test
    void whatIsReadIsWhatWasWritten() {
        UUID candidate = RecordIds.next();
        UUID owner = RecordIds.next();
        Instant decided = Instant.parse("2026-03-29T01:30:00.123456Z");
        Map<String, Object> values = new HashMap<>();
        values.put("title", "Käse 录用 \uD83D\uDE80 'quoted' \"and\" \\ {0} ? :p1");
        values.put("code", "");
        values.put("salary", new BigDecimal("1234567890.10"));
        values.put("grade", "p1");
        values.put("candidate", candidate);
        values.put("startDate", LocalDate.of(1582, 10, 4));
        values.put("decidedAt", decided);
        values.put("signed", true);
        values.put("headcount", Long.MIN_VALUE);
        values.put("number", "OFF-0001");
        values.put("note", "n".repeat(100_000));
        values.put("annual", new BigDecimal("14.0"));
        values.put("owner", owner);
        values.put("createdAt", decided);
        UUID id = insert(values);

        StoredRow row = row(id);

        values.put("annual", new BigDecimal("14.00"));
        values.put("id", id);
        values.put("version", 1L);
        assertThat(row.id()).isEqualTo(id);
        assertThat(row.version()).isEqualTo(1);
        assertThat(row.values()).containsAllEntriesOf(values).containsEntry("updatedBy", null);
    }

    @Test
    void emptyFieldsAreNull() {
        StoredRow row = row(insert(Map.of()));
        assertThat(row.values()).hasSize(model.requireObject(OFFER).fields().size());
        row.values().forEach((field, value) -> {
            if (!field.equals("id") && !field.equals("version")) {
                assertThat(value).as(field).isNull();
            }
        });
    }

    @Test
    void nanosecondsAreCutAndNotRounded() {
        UUID id = insert(Map.of("decidedAt", Instant.parse("2026-01-01T00:00:00.999999999Z")));
        assertThat(row(id).values()).containsEntry("decidedAt", Instant.parse("2026-01-01T00:00:00.999999Z"));
    }

    @Test
    void textsAreAsLongAsTheFieldAllowsInCodePoints() {
        UUID id = insert(Map.of("title", "\uD83D\uDE80".repeat(50)));
        assertThat(row(id).values()).containsEntry("title", "\uD83D\uDE80".repeat(50));
    }

    @Test
    void anUpdateNeedsTheVersionAndCountsIt() {
        UUID id = insert(Map.of("title", "one", "salary", new BigDecimal("1.00")));
        assertThat(store.update(model, OFFER, id, 1, Map.of("title", "two"))).isTrue();
        assertThat(store.update(model, OFFER, id, 1, Map.of("title", "three"))).isFalse();
        assertThat(store.update(model, OFFER, id, 2, Map.of())).isTrue();
        assertThat(row(id).version()).isEqualTo(3);
        assertThat(row(id).values()).containsEntry("title", "two").containsEntry("salary", new BigDecimal("1.00"));
    }

    @Test
    void computedValuesDoNotMakeANewVersion() {
        UUID id = insert(Map.of("title", "one"));
        store.writeComputed(model, OFFER, id, Map.of("annual", new BigDecimal("12.00")));
        assertThat(row(id).version()).isEqualTo(1);
        assertThat(row(id).values()).containsEntry("annual", new BigDecimal("12.00"));
    }

    @Test
    void manyRecordsAreLockedAndComputedPageByPage() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(insert(Map.of("title", "t" + i, "salary", new BigDecimal("1.00"))));
        }
        ids.sort(Comparator.comparing(UUID::toString));
        store.inTransaction(tenant, () -> {
            LockedPage first = store.lockAfter(model, OFFER, Optional.empty(), 2);
            assertThat(first.rows()).extracting(StoredRow::id).isEqualTo(ids.subList(0, 2));
            assertThat(first.last()).contains(ids.get(1));
            LockedPage full = store.lockAfter(model, OFFER, first.last(), 3);
            assertThat(full.rows()).extracting(StoredRow::id).isEqualTo(ids.subList(2, 5));
            assertThat(full.last()).contains(ids.get(4));
            assertThat(store.lockAfter(model, OFFER, full.last(), 3))
                    .isEqualTo(new LockedPage(List.of(), Optional.empty()));
            LockedPage all = store.lockAfter(model, OFFER, first.last(), 10);
            assertThat(all.last()).isEmpty();
            List<StoredRow> rest = all.rows();
            assertThat(rest).extracting(StoredRow::id).isEqualTo(ids.subList(2, 5));
            assertThat(rest.getFirst().values()).containsEntry("salary", new BigDecimal("1.00"));
            Map<UUID, Map<String, @Nullable Object>> computed = new LinkedHashMap<>();
            rest.forEach(row -> computed.put(row.id(), Map.of("annual", new BigDecimal("12.00"))));
            store.writeComputed(model, OFFER, computed);
            store.writeComputed(model, OFFER, Map.of());
            return true;
        });
        assertThat(row(ids.get(4)).values()).containsEntry("annual", new BigDecimal("12.00"));
        assertThat(row(ids.get(4)).version()).isEqualTo(1);
        assertThat(row(ids.get(1)).values().get("annual")).isNull();
    }

    @Test
    void whatIsBehindAPageIsNotLocked() {
        List<UUID> ids = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            ids.add(insert(Map.of("title", "t" + i)));
        }
        ids.sort(Comparator.comparing(UUID::toString));
        store.inTransaction(tenant, () -> {
            assertThat(store.lockAfter(model, OFFER, Optional.empty(), 2).rows())
                    .hasSize(2);
            Optional<StoredRow> other = CompletableFuture.supplyAsync(
                            () -> store.inTransaction(tenant, () -> store.lock(model, OFFER, ids.get(3))))
                    .join();
            assertThat(other).isPresent();
            return true;
        });
    }

    @Test
    void aDeletionNeedsTheVersion() {
        UUID id = insert(Map.of("title", "one"));
        assertThat(store.delete(model, OFFER, id, 2)).isFalse();
        assertThat(store.delete(model, OFFER, id, 1)).isTrue();
        assertThat(store.delete(model, OFFER, id, 1)).isFalse();
        assertThat(store.inTransaction(tenant, () -> store.lock(model, OFFER, id)))
                .isEmpty();
    }

    @Test
    void aDuplicateNamesTheFieldAndNoValue() {
        insert(Map.of("code", "secret"));
        assertThatThrownBy(() -> insert(Map.of("code", "secret")))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(RecordsError.DUPLICATE);
                    assertThat(e.args()).containsEntry("field", "code").containsEntry("object", OFFER);
                    assertThat(e.args().toString()).doesNotContain("secret");
                });
    }

    @Test
    void aDuplicateOfSeveralFieldsNamesThemAll() {
        UUID candidate = RecordIds.next();
        Map<String, Object> values = Map.of("candidate", candidate, "startDate", LocalDate.of(2026, 1, 1));
        UUID first = insert(values);
        insert(Map.of("candidate", candidate));
        insert(Map.of("candidate", candidate));
        UUID other = insert(Map.of("candidate", candidate, "startDate", LocalDate.of(2026, 1, 2)));
        assertThatThrownBy(() -> store.update(model, OFFER, other, 1, Map.of("startDate", LocalDate.of(2026, 1, 1))))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.args()).containsEntry("field", "candidate,startDate"));
        assertThatThrownBy(() -> store.insert(model, OFFER, first, Map.of()))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.args()).containsEntry("field", "id"));
    }

    @Test
    void manyRowsGoInAtOnceOrNotAtAll() {
        List<NewRow> rows = new ArrayList<>();
        for (int i = 0; i < 1234; i++) {
            Map<String, Object> values = new HashMap<>();
            values.put("title", "row " + i);
            values.put("code", "c" + i);
            values.put("salary", i % 2 == 0 ? null : new BigDecimal(i).setScale(2));
            rows.add(new NewRow(RecordIds.next(), values));
        }
        store.insertAll(model, OFFER, rows);
        assertThat(row(rows.get(1233).id()).values()).containsEntry("title", "row 1233");
        assertThat(row(rows.get(1232).id()).values()).containsEntry("salary", null);

        UUID fresh = RecordIds.next();
        List<NewRow> again =
                List.of(new NewRow(fresh, Map.of("code", "fresh")), new NewRow(RecordIds.next(), Map.of("code", "c7")));
        assertThatThrownBy(() -> store.insertAll(model, OFFER, again))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(RecordsError.DUPLICATE);
                    assertThat(e.args()).containsEntry("field", "code");
                });
        assertThat(store.inTransaction(tenant, () -> store.lock(model, OFFER, fresh)))
                .isEmpty();
    }

    @Test
    void aFieldThatHasNoColumnIsAnError() {
        assertThatThrownBy(() -> insert(Map.of("nothing", 1L)))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(StoreError.UNKNOWN_COLUMN));
    }

    @Test
    void anExceptionRollsBackEverything() {
        UUID id = RecordIds.next();
        List<String> hooks = new ArrayList<>();
        assertThatThrownBy(() -> store.inTransaction(tenant, () -> {
                    store.insert(model, OFFER, id, Map.of("title", "x"));
                    store.inTransaction(tenant, () -> {
                        store.afterCommit(() -> hooks.add("never"));
                        return store.update(model, OFFER, id, 1, Map.of("title", "y"));
                    });
                    throw new IllegalArgumentException("stop");
                }))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(store.inTransaction(tenant, () -> store.lock(model, OFFER, id)))
                .isEmpty();
        assertThat(hooks).isEmpty();
    }

    @Test
    void workAfterTheCommitSeesItAndHasTransactionsOfItsOwn() {
        UUID id = RecordIds.next();
        List<String> seen = new ArrayList<>();
        store.inTransaction(tenant, () -> {
            store.inTransaction(tenant, () -> {
                store.insert(model, OFFER, id, Map.of("title", "x"));
                store.afterCommit(() -> {
                    seen.add(String.valueOf(row(id).values().get("title")));
                    assertThat(store.update(model, OFFER, id, 1, Map.of("title", "y")))
                            .isTrue();
                });
                store.afterCommit(() -> {
                    throw new IllegalStateException("a failing hook harms nobody");
                });
                store.afterCommit(() -> seen.add("last"));
                return true;
            });
            assertThat(seen).isEmpty();
            return true;
        });
        assertThat(seen).containsExactly("x", "last");
        assertThat(row(id).values()).containsEntry("title", "y");
        store.afterCommit(() -> seen.add("at once"));
        assertThat(seen).endsWith("at once");
    }

    @Test
    void ofTwoWritersOfOneRowOneWins() throws Exception {
        UUID id = insert(Map.of("headcount", 0L));
        AtomicInteger won = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        int writers = 4;
        try (ExecutorService threads = Executors.newFixedThreadPool(writers)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < writers; i++) {
                long mine = i;
                all.add(threads.submit(() -> {
                    start.await();
                    return store.inTransaction(tenant, () -> {
                        if (store.update(model, OFFER, id, 1, Map.of("headcount", mine))) {
                            won.incrementAndGet();
                        }
                        return true;
                    });
                }));
            }
            start.countDown();
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(won).hasValue(1);
        assertThat(row(id).version()).isEqualTo(2);
    }

    @Test
    void aLockMakesOthersWait() throws Exception {
        UUID id = insert(Map.of("headcount", 0L));
        int rounds = 25;
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 4 * rounds; i++) {
                all.add(threads.submit(() -> store.inTransaction(tenant, () -> {
                    StoredRow row = store.lock(model, OFFER, id).orElseThrow();
                    long next = (Long) row.values().get("headcount") + 1;
                    return store.update(model, OFFER, id, row.version(), Map.of("headcount", next));
                })));
            }
            for (Future<?> one : all) {
                assertThat(one.get()).isEqualTo(true);
            }
        }
        assertThat(row(id).values()).containsEntry("headcount", 4L * rounds);
    }

    @Test
    void aDeadlockIsAConflictThatMayBeTriedAgain() throws Exception {
        UUID first = insert(Map.of("title", "a"));
        UUID second = insert(Map.of("title", "b"));
        CountDownLatch both = new CountDownLatch(2);
        List<PlatformException> lost = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            List<Future<?>> all = new ArrayList<>();
            for (List<UUID> order : List.of(List.of(first, second), List.of(second, first))) {
                all.add(threads.submit(() -> {
                    try {
                        store.inTransaction(tenant, () -> {
                            store.lock(model, OFFER, order.get(0));
                            both.countDown();
                            awaitUnchecked(both);
                            return store.lock(model, OFFER, order.get(1));
                        });
                    } catch (PlatformException e) {
                        synchronized (lost) {
                            lost.add(e);
                        }
                    }
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(lost).isNotEmpty().allMatch(e -> e.code() == StoreError.CONFLICT || e.code() == StoreError.BUSY);
    }

    private static void awaitUnchecked(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void numbersAreUniqueAndIncreasingAlsoInTransactionsThatRollBack() throws Exception {
        assertThat(store.nextNumber(model, new Series(OFFER, "number", "", false), 1))
                .isEqualTo(1);
        assertThat(store.nextNumber(model, new Series(OFFER, "number", "", false), 10))
                .isEqualTo(2);
        assertThat(store.nextNumber(model, new Series(OFFER, "number", "", false), 1))
                .isEqualTo(12);
        assertThat(store.nextNumber(model, new Series(OFFER, "other", "", false), 1))
                .isEqualTo(1);
        ConcurrentSkipListSet<Long> taken = new ConcurrentSkipListSet<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(12)) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < 120; i++) {
                all.add(threads.submit(() -> store.inTransaction(tenant, () -> {
                    insert(Map.of("title", "holds a connection"));
                    return taken.add(store.nextNumber(model, new Series(OFFER, "number", "", false), 1));
                })));
            }
            for (Future<?> one : all) {
                assertThat(one.get()).isEqualTo(true);
            }
        }
        assertThat(taken).hasSize(120).allMatch(n -> n > 12);
    }

    @Test
    void referringRecordsAreFound() {
        UUID candidate = RecordIds.next();
        UUID other = RecordIds.next();
        UUID one = insert(Map.of("candidate", candidate));
        UUID two = insert(Map.of("candidate", other));
        insert(Map.of("candidate", RecordIds.next()));
        assertThat(store.referring(model, OFFER, "candidate", List.of(candidate, other), 10))
                .containsExactlyInAnyOrder(one, two);
        assertThat(store.referring(model, OFFER, "candidate", List.of(candidate, other), 1))
                .hasSize(1);
        assertThat(store.referring(model, OFFER, "candidate", List.of(), 10)).isEmpty();
    }

    @Test
    void matchingKeepsThoseThatFulfilTheCondition() {
        UUID low = insert(Map.of("salary", new BigDecimal("10.00")));
        UUID high = insert(Map.of("salary", new BigDecimal("20.00")));
        QueryPlan plan = new QueryPlan(
                OFFER,
                List.of(),
                Map.of(),
                condition("salary > 15.0"),
                List.of(),
                1,
                0,
                Optional.empty(),
                false,
                Map.of());
        assertThat(store.matching(model, plan, List.of(high, low, RecordIds.next())))
                .containsExactly(high);
        assertThat(store.matching(model, plan, List.of(low))).isEmpty();
    }

    private Expr condition(String text) {
        return QueryContract.compile(Scope.of(model, OFFER), text);
    }

    @Test
    void historyIsToldNewestFirst() {
        UUID record = RecordIds.next();
        UUID user = RecordIds.next();
        Instant at = Instant.parse("2026-01-01T10:00:00Z");
        HistoryEntry created = new HistoryEntry(
                RecordIds.next(),
                OFFER,
                record,
                HistoryEntry.Kind.CREATED,
                null,
                null,
                null,
                user,
                HistoryEntry.Channel.USER,
                at);
        HistoryEntry changed = new HistoryEntry(
                RecordIds.next(),
                OFFER,
                record,
                HistoryEntry.Kind.UPDATED,
                "title",
                "\"a\"",
                "\"b\"",
                user,
                HistoryEntry.Channel.SCRIPT,
                at);
        store.appendJournal(tenant, List.of(created), List.of());
        store.appendJournal(tenant, List.of(changed), List.of());
        store.appendJournal(tenant, List.of(), List.of());
        assertThat(store.history(tenant, OFFER, record, 10)).containsExactly(changed, created);
        assertThat(store.history(tenant, OFFER, record, 1)).containsExactly(changed);
        assertThat(store.history(tenant, OFFER, RecordIds.next(), 10)).isEmpty();
    }

    @Test
    void attachmentsAreKeptWithTheirRecord() {
        UUID record = RecordIds.next();
        Attachment letter = new Attachment(
                RecordIds.next(),
                "信.pdf",
                "application/pdf",
                12,
                RecordIds.next(),
                Instant.parse("2026-01-01T10:00:00Z"));
        store.insertAttachment(tenant, OFFER, record, letter, "ab".repeat(32));
        assertThat(store.attachments(tenant, OFFER, record)).containsExactly(letter);
        assertThat(store.findAttachment(tenant, letter.id())).hasValueSatisfying(found -> {
            assertThat(found.recordId()).isEqualTo(record);
            assertThat(found.contentHash()).isEqualTo("ab".repeat(32));
        });
        assertThat(store.findAttachment(tenant, record)).isEmpty();
    }

    @Test
    void eventsAreRolledBackWithTheirChange() {
        List<OutboxEvent> events = Arrays.asList(
                new OutboxEvent(RecordIds.next(), "record.created", "k", "{}"),
                new OutboxEvent(RecordIds.next(), "record.updated", "k", "{}"));
        store.inTransaction(tenant, () -> {
            store.appendJournal(tenant, List.of(), events);
            return true;
        });
        assertThatThrownBy(() -> store.inTransaction(tenant, () -> {
                    store.appendJournal(
                            tenant, List.of(), List.of(new OutboxEvent(RecordIds.next(), "record.deleted", "k", "{}")));
                    throw new IllegalStateException("stop");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(database.dsl()
                        .fetch("select topic from " + dev.tenon.store.TenantSchemas.nameOf(tenant)
                                + ".tenon_outbox order by seq")
                        .getValues(0, String.class))
                .containsExactly("record.created", "record.updated");
    }
}
