package dev.tenon.store.automation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.Identity;
import dev.tenon.automation.ImportStatus;
import dev.tenon.automation.ImportStatus.State;
import dev.tenon.automation.Imports.FileChoice;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.Imports.Request;
import dev.tenon.automation.Notifications;
import dev.tenon.automation.OutboxConsumer;
import dev.tenon.automation.port.OutboxQueue;
import dev.tenon.automation.port.OutboxQueue.Claimed;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.records.port.RecordStore.OutboxEvent;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.tenancy.Node;
import dev.tenon.store.tenancy.ShopPackage;
import dev.tenon.tenancy.PackageId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Work after commit on a real database: events, notifications, imports. */
abstract class AutomationContract {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";

    @TempDir
    Path folder;

    private final Listening listening = new Listening();
    private DatabaseSettings settings;
    private Node node;
    private Identity clerk;

    abstract DatabaseSettings settings(Path folder);

    /** Notes events; fails the first times where told to. */
    private static final class Listening implements OutboxConsumer {
        private final List<String> heard = new CopyOnWriteArrayList<>();
        private final Map<String, Integer> failing = new ConcurrentHashMap<>();

        @Override
        public String name() {
            return "listening";
        }

        @Override
        public Set<String> topics() {
            return Set.of("test.event");
        }

        @Override
        public void handle(Event event) {
            Integer left = failing.computeIfPresent(event.payload(), (p, n) -> n - 1);
            if (left != null && left >= 0) {
                throw new IllegalStateException("not now");
            }
            heard.add(event.key() + event.payload());
        }
    }

    @BeforeEach
    void open() {
        settings = settings(folder);
        node = new Node(settings, folder, StepListener.NONE, List.of(listening));
        node.tenancy().start();
        node.tenancy().packages().add(Node.system(TENANT), ShopPackage.first());
        node.tenancy().tenants().create(Node.system(TENANT), TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
        node.automation().start();
        clerk = node.person(TENANT, "shop__clerk");
    }

    @AfterEach
    void close() {
        node.close();
    }

    private static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited too long").isLessThan(deadline);
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private void append(String key, String... payloads) {
        node.recordStore().inTransaction(TENANT, () -> {
            List<OutboxEvent> events = new ArrayList<>();
            for (String payload : payloads) {
                events.add(new OutboxEvent(RecordIds.next(), "test.event", key, payload));
            }
            node.recordStore().appendJournal(TENANT, List.of(), events);
            return true;
        });
    }

    @Test
    void eventsArriveInOrderForEachKeyAlsoAfterAFailure() {
        listening.failing.put("2", 1);
        append("a", "1", "2", "3");
        append("b", "1", "5");
        await(() -> listening.heard.size() == 5);
        assertThat(listening.heard.stream().filter(h -> h.startsWith("a"))).containsExactly("a1", "a2", "a3");
        assertThat(listening.heard.stream().filter(h -> h.startsWith("b"))).containsExactly("b1", "b5");
        await(() -> outboxIsEmpty());
    }

    private boolean outboxIsEmpty() {
        return node.database()
                        .dsl()
                        .fetchCount(org.jooq.impl.DSL.table(
                                org.jooq.impl.DSL.name(dev.tenon.store.TenantSchemas.nameOf(TENANT), "tenon_outbox")))
                == 0;
    }

    @Test
    void eventsOfARolledBackTransactionAreNeverHeard() {
        assertThatThrownBy(() -> node.recordStore().inTransaction(TENANT, () -> {
                    append("a", "1");
                    throw new IllegalStateException("back");
                }))
                .hasMessage("back");
        append("a", "2");
        await(() -> !listening.heard.isEmpty());
        assertThat(listening.heard).containsExactly("a2");
    }

    @Test
    void whoTakesSomeEventsDoesNotLockTheOthers() {
        node.automation().close();
        append("a", "1");
        append("b", "2");
        append("c", "3");
        OutboxQueue queue = new JooqOutboxQueue(node.database());
        Instant now = Instant.now().plusSeconds(1);
        List<Claimed> all = queue.claim(TENANT, Set.of("test.event"), now, now, 10);
        assertThat(all).extracting(Claimed::payload).containsExactly("1", "2", "3");

        queue.inTransaction(TENANT, () -> {
            assertThat(queue.claim(TENANT, Set.of("test.event"), now, now.plusSeconds(60), 1))
                    .extracting(Claimed::payload)
                    .containsExactly("1");
            CompletableFuture.runAsync(() -> queue.bury(TENANT, all.get(1).id(), "put aside"))
                    .join();
            return true;
        });
        assertThat(queue.claim(TENANT, Set.of("test.event"), now, now.plusSeconds(60), 10))
                .extracting(Claimed::payload)
                .containsExactly("3");
    }

    @Test
    void eventsThatNobodyWantsDoNotPileUp() {
        node.session(clerk).create(CUSTOMER, Map.of("name", "A"));
        await(this::outboxIsEmpty);
    }

    @Test
    void notificationsAreReadByTheirRecipientOnly() {
        Identity other = node.person(TENANT, "shop__clerk");
        Node.system(TENANT);
        RecordSession system = node.records().open(Node.system(TENANT), HistoryEntry.Channel.SYSTEM);
        for (Identity person : List.of(clerk, other)) {
            person(person);
            system.create(
                    "sys__Notification",
                    Map.of("recipient", people.get(person), "kind", "test.told", "title", "Hello", "read", false));
        }
        Notifications notifications = node.automation().notifications();
        Identity asClerk = asUser(clerk);
        Notifications.Inbox inbox = notifications.read(asClerk, true, 20);
        assertThat(inbox.unread()).isEqualTo(1);
        UUID id = inbox.items().getFirst().id();
        assertThatThrownBy(() -> notifications.markRead(asUser(other), id))
                .hasMessageContaining("automation.unknown-notification");
        notifications.markRead(asClerk, id);
        assertThat(notifications.read(asClerk, true, 20).items()).isEmpty();
        assertThat(notifications.read(asClerk, false, 20).items())
                .singleElement()
                .satisfies(i -> assertThat(i.read()).isTrue());
        notifications.markAllRead(asUser(other));
        assertThat(notifications.read(asUser(other), true, 20).unread()).isZero();
    }

    private final Map<Identity, UUID> people = new ConcurrentHashMap<>();

    private void person(Identity identity) {
        Row user = node.records()
                .open(Node.system(TENANT), HistoryEntry.Channel.SYSTEM)
                .create(
                        "sys__User",
                        Map.of(
                                "name",
                                identity.user().name(),
                                "login",
                                "u" + people.size(),
                                "locale",
                                "en",
                                "active",
                                true));
        people.put(identity, user.id());
    }

    private Identity asUser(Identity identity) {
        UUID id = people.get(identity);
        return new Identity(
                new dev.tenon.sdk.ActingUser(
                        TENANT,
                        id,
                        identity.user().name(),
                        identity.user().locale(),
                        identity.user().zone()),
                Identity.Kind.USER,
                identity.permissionSets());
    }

    private ImportStatus imported(byte[] file, Map<String, String> mapping, String keyField) {
        return imported(CUSTOMER, file, mapping, keyField);
    }

    private ImportStatus imported(String object, byte[] file, Map<String, String> mapping, String keyField) {
        ImportStatus started = node.automation()
                .imports()
                .start(
                        clerk,
                        request(object, mapping, keyField, keyField.isEmpty() ? Mode.INSERT : Mode.UPSERT, false),
                        new ByteArrayInputStream(file));
        await(() -> ended(started.id()));
        return node.automation().imports().require(clerk, started.id());
    }

    static Request request(String object, Map<String, String> mapping, String keyField, Mode mode, boolean dryRun) {
        return new Request(
                object,
                "customers.csv",
                FileChoice.NONE,
                mapping,
                Optional.of(keyField).filter(k -> !k.isEmpty()),
                mode,
                dryRun);
    }

    private boolean ended(UUID id) {
        State state = node.automation().imports().require(clerk, id).state();
        return state != State.QUEUED && state != State.RUNNING;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Optional<Row> customer(String code) {
        RecordSession session = node.session(Node.system(TENANT));
        return session.query(Query.of(CUSTOMER, 1000)).rows().stream()
                .filter(r -> code.equals(r.values().get("code")))
                .findFirst();
    }

    @Test
    void tenThousandRowsAreImportedAndTheRejectsCanBeCorrectedAndSentAgain() {
        StringBuilder csv = new StringBuilder("name,code,city,rating,since\n");
        int rejected = 0;
        for (int i = 1; i <= 10_000; i++) {
            boolean bad = i % 500 == 0;
            rejected += bad ? 1 : 0;
            csv.append("Customer ").append(i).append(",N").append(i).append(",Shanghai,");
            csv.append(bad ? "many" : String.valueOf(i % 10))
                    .append(",2026/1/")
                    .append(i % 28 + 1)
                    .append('\n');
        }
        long start = System.nanoTime();
        ImportStatus done = imported(utf8(csv.toString()), Map.of(), "");
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(done.failure()).isNull();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.total()).isEqualTo(10_000);
        assertThat(done.processed()).isEqualTo(10_000);
        assertThat(done.created()).isEqualTo(10_000 - rejected);
        assertThat(done.rejected()).isEqualTo(rejected);
        assertThat(done.errors().getFirst()).satisfies(e -> {
            assertThat(e.line()).isEqualTo(501);
            assertThat(e.column()).isEqualTo("rating");
            assertThat(e.code()).isEqualTo("records.type-mismatch");
        });
        System.out.println("10,000 rows imported in " + took.toMillis() + " ms");
        assertThat(took).isLessThan(Duration.ofSeconds(60));
        ByteArrayOutputStream rejects = new ByteArrayOutputStream();
        node.automation().imports().writeRejects(clerk, done.id(), rejects);
        String file = rejects.toString(StandardCharsets.UTF_8);
        assertThat(file.lines().findFirst()).contains("\uFEFFname,code,city,rating,since,_error");
        assertThat(file.lines().count()).isEqualTo(rejected + 1L);
        ImportStatus again = imported(utf8(file.replace(",many,", ",3,")), Map.of(), "");
        assertThat(again.created()).isEqualTo(rejected);
        assertThat(again.rejected()).isZero();
        assertThat(node.session(clerk)
                        .query(new Query(CUSTOMER, Query.Selection.of("name"), Optional.empty(), List.of(), 1, 0, true))
                        .count())
                .hasValue(10_001);
    }

    @Test
    void chineseTitlesAndGbkAndSemicolonsAreUnderstood() {
        byte[] gbk = "名称;城市;级别\n大卖场;上海;金牌\n".getBytes(Charset.forName("GBK"));
        ImportStatus done = imported(gbk, Map.of(), "");
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.created()).isEqualTo(1);
        assertThat(node.session(clerk).query(Query.of(CUSTOMER, 10)).rows())
                .anySatisfy(r -> assertThat(r.values())
                        .containsEntry("name", "大卖场")
                        .containsEntry("city", "上海")
                        .containsEntry("tier", "a"));
    }

    @Test
    void aKeyFieldUpdatesWhatIsThereAndCreatesTheRest() {
        ImportStatus done = imported(
                utf8("Code,Name,City\nHQ,Headquarters,\nNEW,New one,Beijing\nNEW,New one again,Wuhan\n,No key,x\n"),
                Map.of(),
                "code");
        assertThat(done.created()).isEqualTo(1);
        assertThat(done.updated()).isEqualTo(2);
        assertThat(done.rejected()).isEqualTo(1);
        assertThat(done.errors()).singleElement().satisfies(e -> {
            assertThat(e.code()).isEqualTo("automation.key-empty");
            assertThat(e.line()).isEqualTo(5);
        });
        assertThat(customer("HQ").orElseThrow().values())
                .containsEntry("name", "Headquarters")
                .containsEntry("city", "Shanghai");
        assertThat(customer("NEW").orElseThrow().values()).containsEntry("city", "Wuhan");
    }

    @Test
    void referencesAreFoundByTitleOrUniqueText() {
        node.session(clerk).create(CUSTOMER, Map.of("name", "Twin"));
        node.session(clerk).create(CUSTOMER, Map.of("name", "Twin"));
        ImportStatus done = imported(
                "shop__Order",
                utf8("customer,amount\nHead office,\"1,200.50\"\nHQ,1\nNobody,2\nTwin,3\n"),
                Map.of(),
                "");
        assertThat(done.created()).isEqualTo(2);
        assertThat(done.errors())
                .extracting(ImportStatus.RowError::code)
                .containsExactly("automation.reference-not-found", "automation.reference-ambiguous");
    }

    @Test
    void everythingThatIsWrongWithTheColumnsIsToldAtOnce() {
        assertThatThrownBy(() -> imported(
                        utf8("name,citty,createdAt,Code\nx,y,z,c\n"), Map.of("Code", "name", "gone", "city"), "since"))
                .isInstanceOfSatisfying(PlatformException.class, e -> {
                    assertThat(e.code().id()).isEqualTo("automation.columns-unfit");
                    assertThat(e.details())
                            .extracting(d -> d.code().id())
                            .containsExactlyInAnyOrder(
                                    "automation.mapped-column-missing",
                                    "automation.column-unknown",
                                    "automation.column-not-writable",
                                    "automation.column-twice",
                                    "automation.key-field-unfit");
                });
        assertThatThrownBy(() -> imported(new byte[0], Map.of(), "")).hasMessageContaining("automation.file-empty");
        assertThatThrownBy(() -> imported(new byte[] {'n', (byte) 0xFF, (byte) 0xFF, '\n'}, Map.of(), ""))
                .hasMessageContaining("automation.file-encoding");
        Identity nobody = node.person(TENANT);
        assertThatThrownBy(() -> node.automation()
                        .imports()
                        .start(
                                nobody,
                                request(CUSTOMER, Map.of(), "", Mode.INSERT, false),
                                new ByteArrayInputStream(utf8("name\nx\n"))))
                .hasMessageContaining("automation.not-allowed");
    }

    @Test
    void aMappingCanLeaveColumnsOut() {
        ImportStatus done =
                imported(utf8("Who,Remark,city\nZhang,note,Xi'an\n"), Map.of("Who", "name", "Remark", ""), "");
        assertThat(done.created()).isEqualTo(1);
    }

    @Test
    void nobodyElseSeesAnImport() {
        ImportStatus done = imported(utf8("name\nx\n"), Map.of(), "");
        Identity other = node.person(TENANT, "sys__administrator");
        assertThatThrownBy(() -> node.automation().imports().require(other, done.id()))
                .hasMessageContaining("automation.unknown-import");
        assertThat(node.automation().imports().list(other)).isEmpty();
        assertThat(node.automation().imports().list(clerk)).hasSize(1);
    }

    @Test
    void anImportCanBeStoppedAndGoesOnAfterARestart() {
        StringBuilder csv = new StringBuilder("name,code\n");
        for (int i = 1; i <= 5_000; i++) {
            csv.append("Customer ").append(i).append(",N").append(i).append('\n');
        }
        ImportStatus started = node.automation()
                .imports()
                .start(
                        clerk,
                        request(CUSTOMER, Map.of(), "", Mode.INSERT, false),
                        new ByteArrayInputStream(utf8(csv.toString())));
        await(() -> node.automation().imports().require(clerk, started.id()).processed() > 0);
        node.close();
        node = new Node(settings, folder, StepListener.NONE, List.of(listening));
        node.know(clerk);
        node.tenancy().start();
        ImportStatus between = node.automation().imports().require(clerk, started.id());
        node.automation().start();
        await(() -> ended(started.id()));
        ImportStatus done = node.automation().imports().require(clerk, started.id());
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(between.processed()).isPositive();
        assertThat(done.created()).isEqualTo(5_000);
        assertThat(done.rejected()).isZero();
        ImportStatus second = node.automation()
                .imports()
                .start(
                        clerk,
                        request(CUSTOMER, Map.of(), "", Mode.INSERT, false),
                        new ByteArrayInputStream(utf8(csv.toString().replace(",N", ",M"))));
        node.automation().imports().cancel(clerk, second.id());
        await(() -> ended(second.id()));
        assertThat(node.automation().imports().require(clerk, second.id()).state())
                .isEqualTo(State.CANCELED);
    }
}
