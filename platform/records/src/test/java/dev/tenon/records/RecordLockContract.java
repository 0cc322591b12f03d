package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.access.Identity;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a lock on a record means, whatever keeps it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RecordLockContract {

    @SuppressWarnings("NullAway.Init") // opened before the first test
    private ShopDoor shop;

    /** A new shop with these files. */
    protected abstract ShopDoor open(Map<String, String> files);

    @BeforeEach
    void open() {
        if (shop == null) {
            shop = open(files());
        }
        shop.guards().clear();
    }

    protected ShopDoor shop() {
        return shop;
    }

    protected static Map<String, String> files() {
        Map<String, String> files = ShopPackage.files();
        files.put("objects/Remark.yaml", """
                label: Remark
                pluralLabel: Remarks
                titleField: text
                baseline: publicReadWrite
                fields:
                  line: {type: masterDetail, label: Line, target: Line}
                  text: {type: text, label: Text, maxLength: 40}
                """);
        files.computeIfPresent("objects/Order.yaml", (path, text) -> text + """
                  liked: {type: manyToMany, label: Liked, target: Customer}
                """);
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) -> text.replace("delete: true, scope: all", "delete: true, lock: true, scope: all")
                        + "  Remark: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}\n");
        String all =
                "create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit";
        files.put("permissions/boss.yaml", """
                label: Boss
                objects:
                  Customer: {%1$s, lock: true, editLocked: true}
                  Order: {%1$s, lock: true, editLocked: true}
                  Line: {%1$s}
                """.formatted(all));
        files.put("permissions/reader.yaml", """
                label: Reader who could lock
                objects:
                  Order: {read: true, scope: all, fieldDefault: read, lock: true, editLocked: true}
                """);
        files.put("permissions/remarks.yaml", """
                label: Sees remarks only
                objects:
                  Remark: {create: true, read: true, edit: true, scope: all, editScope: all, fieldDefault: edit}
                """);
        return files;
    }

    protected RecordSession with(String set) {
        Identity manager = shop.managerIdentity();
        return shop.as(new Identity(manager.user(), Identity.Kind.USER, Set.of(set)));
    }

    protected RecordSession boss() {
        return with("shop__boss");
    }

    protected static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private static RecordsError code(ThrowingCallable call) {
        return (RecordsError) refused(call).code();
    }

    private static String text(PlatformException told, Locale locale) {
        return ErrorTexts.render(told.code(), told.args(), locale);
    }

    protected Row locked(Row row) {
        shop.manager().lock(row.object(), row.id(), Optional.of("audited"));
        return row;
    }

    private void update(RecordSession session, Row row, Object... pairs) {
        session.update(row.object(), row.id(), Optional.empty(), values(pairs));
    }

    @Test
    void nobodyChangesDeletesOrGivesAwayALockedRecord() {
        Row order = locked(shop.order(shop.customer("Ada")));
        RecordSession manager = shop.manager();

        PlatformException told = refused(() -> update(manager, order, "status", "cancelled"));
        assertThat(told.code()).isEqualTo(RecordsError.LOCKED);
        assertThat(text(told, Locale.ENGLISH))
                .startsWith("The record is locked by Mona Manager since May 4, 2026, 10:00")
                .endsWith("AM: audited. To change it, have it unlocked.");
        assertThat(text(told, Locale.SIMPLIFIED_CHINESE)).startsWith("记录已由 Mona Manager 于 ");
        assertThat(code(() -> update(
                        manager, order, "owner", shop.clerkIdentity().user().id())))
                .isEqualTo(RecordsError.LOCKED);
        assertThat(code(() -> manager.delete(ORDER, order.id(), Optional.empty())))
                .isEqualTo(RecordsError.LOCKED);
        assertThat(shop.reload(order).version()).isEqualTo(order.version());

        manager.unlock(ORDER, order.id(), Optional.empty());
        update(manager, order, "status", "cancelled");
        assertThat(shop.reload(order).values()).containsEntry("status", "cancelled");
    }

    @Test
    void aLockHoldsThePartsAtAnyDepth() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        Row remark = shop.manager().create("shop__Remark", values("line", line.id(), "text", "old"));
        locked(order);
        RecordSession manager = shop.manager();

        PlatformException told = refused(() -> update(manager, line, "quantity", 2L));
        assertThat(told.code()).isEqualTo(RecordsError.LOCKED_WITH_WHOLE);
        assertThat(text(told, Locale.ENGLISH))
                .startsWith("The record is a part of one that is locked (Order), by Mona Manager, since ")
                .contains(": audited.");
        assertThat(code(() -> manager.delete(LINE, line.id(), Optional.empty())))
                .isEqualTo(RecordsError.LOCKED_WITH_WHOLE);
        assertThat(code(() -> update(manager, remark, "text", "new"))).isEqualTo(RecordsError.LOCKED_WITH_WHOLE);
        assertThat(code(() -> manager.create("shop__Remark", values("line", line.id()))))
                .isEqualTo(RecordsError.LOCKED_WITH_WHOLE);
        // To the order itself the new line is its own change.
        assertThat(code(() -> shop.line(order, 1, "1.00"))).isEqualTo(RecordsError.LOCKED);
        assertThat(shop.reload(order).values()).containsEntry("lineTotal", decimal("2.00"));
    }

    @Test
    void partsAreMovedNeitherIntoALockedWholeNorOutOfIt() {
        Row ada = shop.customer("Ada");
        Row open = shop.order(ada);
        Row closed = shop.order(ada);
        Row outside = shop.line(open, 1, "1.00");
        Row inside = shop.line(closed, 1, "2.00");
        locked(closed);

        assertThat(code(() -> update(shop.manager(), inside, "order", open.id())))
                .isEqualTo(RecordsError.LOCKED_WITH_WHOLE);
        assertThat(code(() -> update(shop.manager(), outside, "order", closed.id())))
                .isEqualTo(RecordsError.LOCKED);
        assertThat(shop.reload(closed).values()).containsEntry("lineTotal", decimal("2.00"));
    }

    @Test
    void aLockedPartKeepsItsWholeFromBeingDeleted() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        Identity system = shop.systemIdentity();
        shop.as(system).lock(LINE, line.id(), Optional.empty());

        assertThat(code(() -> shop.manager().delete(ORDER, order.id(), Optional.empty())))
                .isEqualTo(RecordsError.LOCKED);
        update(shop.manager(), order, "discount", decimal("1.00"));
        assertThat(shop.reload(order).values()).containsEntry("total", decimal("1.00"));
    }

    @Test
    void aLockedRecordTakesNoFileAndNoLink() {
        Row ada = shop.customer("Ada");
        Row order = shop.order(ada);
        update(shop.manager(), order, "liked", List.of(ada.id()));
        locked(order);
        RecordSession manager = shop.manager();

        assertThat(code(() -> manager.attach(
                        ORDER, order.id(), "a.txt", "text/plain", new ByteArrayInputStream(new byte[1]))))
                .isEqualTo(RecordsError.LOCKED);
        assertThat(code(() -> update(manager, order, "liked", List.of()))).isEqualTo(RecordsError.LOCKED);
        LinkChange unlink = new LinkChange(List.of(), List.of(ada.id()));
        assertThat(code(() -> update(manager, order, "liked", unlink))).isEqualTo(RecordsError.LOCKED);
        // Neither does a link go with the record at its other end, nor a reference.
        assertThat(code(() -> manager.delete(CUSTOMER, ada.id(), Optional.empty())))
                .isIn(RecordsError.LOCKED, RecordsError.LOCKED_WITH_WHOLE, RecordsError.DELETE_RESTRICTED);
    }

    @Test
    void aLockedRecordDoesNotLoseAReferenceWithTheRecordThatIsDeleted() {
        Row payer = shop.customer("Pat");
        Row order = shop.order(shop.customer("Ada"));
        update(shop.manager(), order, "payer", payer.id());
        locked(order);
        assertThat(code(() -> shop.manager().delete(CUSTOMER, payer.id(), Optional.empty())))
                .isEqualTo(RecordsError.LOCKED);
    }

    @Test
    void whatThePlatformComputesGoesOn() {
        Row ada = locked(shop.customer("Ada"));
        Row order = shop.order(ada);
        shop.line(order, 2, "5.00");
        assertThat(shop.reload(ada).values())
                .containsEntry("orderCount", 1L)
                .containsEntry("orderTotal", decimal("10.00"));
        update(shop.as(shop.systemIdentity()), ada, "region", "south");
        assertThat(shop.reload(ada).values()).containsEntry("region", "south");
    }

    @Test
    void codeThatRunsWithinASaveOfThePlatformIsHeldAllTheSame() {
        Row ada = locked(shop.customer("Ada"));
        Row bob = shop.customer("Bob");
        shop.code().on("noted", (change, context) -> {
            if ("go".equals(change.values().get("secret"))) {
                context.records().update(CUSTOMER, ada.id(), 1, Map.of("secret", "reached"));
            }
        });
        Identity engine = new Identity(
                shop.managerIdentity().user(),
                Identity.Kind.SYSTEM,
                shop.managerIdentity().permissionSets());
        assertThat(code(() -> update(shop.as(engine), bob, "secret", "go"))).isEqualTo(RecordsError.LOCKED);
        shop.code().on("noted", (change, context) -> {});
    }

    @Test
    void whoMayEditLockedRecordsDoesSoWithoutUnlocking() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        locked(order);

        update(boss(), order, "discount", decimal("1.00"));
        // The right on the whole counts, not one on the part.
        update(boss(), line, "quantity", 3L);
        boss().create(LINE, values("order", order.id(), "product", "Tea", "price", decimal("1.00")));
        boss().delete(LINE, line.id(), Optional.empty());

        assertThat(shop.reload(order).values())
                .containsEntry("lineTotal", decimal("1.00"))
                .containsEntry("total", decimal("0.00"));
        assertThat(boss().lockState(ORDER, order.id()).lock()).isPresent();
    }

    @Test
    void whoMayEditLockedRecordsIsHeldByTheGuardsOfOthersAllTheSame() {
        Row order = locked(shop.order(shop.customer("Ada")));
        List<Hold> told = new ArrayList<>();
        shop.guards().add((identity, change) -> {
            told.addAll(change.holds());
            throw RecordsError.OUT_OF_REACH.error().with("object", ORDER).build();
        });
        assertThat(code(() -> update(boss(), order, "discount", decimal("1.00"))))
                .isEqualTo(RecordsError.OUT_OF_REACH);
        assertThat(told).extracting(Hold::record).containsExactly(order.id());
    }

    @Test
    void onlyWhoHasTheRightAndMayEditTheRecordLocksIt() {
        Row ada = shop.customer("Ada");
        Row mine = shop.clerk().create(ORDER, values("customer", ada.id()));
        Row other = shop.order(ada);
        RecordSession clerk = shop.clerk();

        assertThat(code(() -> clerk.lock(ORDER, mine.id(), Optional.empty())))
                .as("may edit")
                .isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(code(() -> with("shop__reader").lock(ORDER, other.id(), Optional.empty())))
                .as("may lock what he edits, and edits nothing")
                .isEqualTo(RecordsError.NOT_ALLOWED);
        shop.manager().lock(ORDER, mine.id(), Optional.empty());
        assertThat(code(() -> clerk.unlock(ORDER, mine.id(), Optional.empty()))).isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void aRecordThatIsNotSeenIsNoRecord() {
        Row order = shop.order(shop.manager().create(CUSTOMER, values("name", "Nobody's")));
        UUID unknown = RecordIds.next();
        RecordSession clerk = shop.clerk();
        for (UUID id : List.of(order.id(), unknown)) {
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> clerk.lock(ORDER, id, Optional.empty()),
                    () -> clerk.unlock(ORDER, id, Optional.empty()),
                    () -> clerk.lockState(ORDER, id))) {
                PlatformException told = refused(call);
                assertThat(told.code()).isEqualTo(RecordsError.NOT_FOUND);
                assertThat(told.args()).containsEntry("id", id).containsEntry("object", ORDER);
            }
        }
        assertThat(code(() -> clerk.lockState("shop__Remark", unknown))).isEqualTo(RecordsError.UNKNOWN_OBJECT);
    }

    @Test
    void theSameLockOnceMoreIsNoneAndAnotherIsRefused() {
        Row order = shop.order(shop.customer("Ada"));
        LockState.Seen first = shop.manager().lock(ORDER, order.id(), Optional.of(" audited "));
        shop.at(ShopDoor.NOW.plus(Duration.ofHours(1)));
        assertThat(shop.manager().lock(ORDER, order.id(), Optional.of("audited")))
                .isEqualTo(first);
        PlatformException other = refused(() -> shop.manager().lock(ORDER, order.id(), Optional.empty()));
        assertThat(other.code()).isEqualTo(RecordsError.ALREADY_LOCKED);
        assertThat(text(other, Locale.ENGLISH)).contains("by Mona Manager", ": audited");
        shop.at(ShopDoor.NOW);
    }

    @Test
    void onlyTheLockThatWasSeenIsRemoved() {
        Row order = shop.order(shop.customer("Ada"));
        RecordSession manager = shop.manager();
        assertThat(code(() -> manager.unlock(ORDER, order.id(), Optional.empty())))
                .isEqualTo(RecordsError.NOT_LOCKED);
        LockState.Seen first = manager.lock(ORDER, order.id(), Optional.empty());
        manager.unlock(ORDER, order.id(), Optional.of(first.at()));
        shop.at(ShopDoor.NOW.plus(Duration.ofHours(1)));
        LockState.Seen second = shop.manager().lock(ORDER, order.id(), Optional.empty());
        shop.at(ShopDoor.NOW);
        assertThat(code(() -> manager.unlock(ORDER, order.id(), Optional.of(first.at()))))
                .isEqualTo(RecordsError.STALE_LOCK);
        manager.unlock(ORDER, order.id(), Optional.of(second.at()));
        assertThat(manager.lockState(ORDER, order.id()).lock()).isEmpty();
    }

    @Test
    void theReasonIsBoundedAndMayBeLeftOut() {
        Row order = shop.order(shop.customer("Ada"));
        RecordSession manager = shop.manager();
        PlatformException told = refused(() -> manager.lock(ORDER, order.id(), Optional.of("😀".repeat(501))));
        assertThat(told.code()).isEqualTo(RecordsError.LOCK_REASON_TOO_LONG);
        assertThat(told.args()).containsEntry("limit", 500).containsEntry("length", 501);
        assertThat(code(() -> manager.lock(ORDER, order.id(), Optional.of("a\0"))))
                .isEqualTo(RecordsError.CHARACTER_NOT_ALLOWED);
        assertThat(manager.lock(ORDER, order.id(), Optional.of("  ")).reason()).isEmpty();
        manager.unlock(ORDER, order.id(), Optional.empty());
        assertThat(manager.lock(ORDER, order.id(), Optional.of("长".repeat(500))).reason())
                .hasValueSatisfying(reason -> assertThat(reason).hasSize(500));
    }

    @Test
    void theStateTellsWhatTheReaderMayDo() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        assertThat(shop.manager().lockState(ORDER, order.id()))
                .isEqualTo(new LockState(Optional.empty(), Optional.empty(), true, true));
        locked(order);

        LockState manager = shop.manager().lockState(ORDER, order.id());
        assertThat(manager.lock().orElseThrow())
                .isEqualTo(new LockState.Seen(
                        new RecordKey(ORDER, order.id()),
                        Optional.of(shop.managerIdentity().user().id()),
                        ShopDoor.NOW,
                        Optional.of("audited")));
        assertThat(manager.mayLock()).isTrue();
        assertThat(manager.mayEdit()).isFalse();
        assertThat(boss().lockState(ORDER, order.id()).mayEdit()).isTrue();
        LockState auditor = shop.auditor().lockState(ORDER, order.id());
        assertThat(auditor.mayLock()).isFalse();
        assertThat(auditor.mayEdit()).isFalse();

        LockState part = shop.manager().lockState(LINE, line.id());
        assertThat(part.lock()).isEmpty();
        assertThat(part.whole())
                .hasValueSatisfying(whole -> assertThat(whole.record()).isEqualTo(new RecordKey(ORDER, order.id())));
        assertThat(part.mayEdit()).isFalse();
        assertThat(part.mayLock()).as("no set gives it on lines").isFalse();
    }

    @Test
    void ofAWholeThatIsNotSeenNothingIsToldButThatItIsLocked() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        Row remark = shop.manager().create("shop__Remark", values("line", line.id(), "text", "old"));
        locked(order);

        PlatformException told = refused(() -> update(with("shop__remarks"), remark, "text", "new"));
        assertThat(told.code()).isEqualTo(RecordsError.LOCKED_WITH_WHOLE);
        assertThat(text(told, Locale.ENGLISH))
                .isEqualTo("The record is a part of one that is locked. To change it, have that one unlocked.");
        LockState state = with("shop__remarks").lockState("shop__Remark", remark.id());
        assertThat(state.whole()).isEmpty();
        assertThat(state.mayEdit()).isFalse();
    }

    @Test
    void theHistoryTellsWhoLockedAndUnlocked() {
        Row order = shop.order(shop.customer("Ada"));
        locked(order);
        shop.manager().unlock(ORDER, order.id(), Optional.empty());
        shop.manager().lock(ORDER, order.id(), Optional.empty());

        List<HistoryEntry> history = shop.auditor().history(ORDER, order.id());
        assertThat(history)
                .filteredOn(entry -> entry.kind() == HistoryEntry.Kind.LOCKED)
                .extracting(HistoryEntry::newValue)
                .containsExactly(null, "\"audited\"");
        assertThat(history)
                .filteredOn(entry -> entry.kind() == HistoryEntry.Kind.UNLOCKED)
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.by())
                            .isEqualTo(shop.managerIdentity().user().id());
                    assertThat(entry.through()).isEqualTo(HistoryEntry.Channel.USER);
                    assertThat(entry.at()).isEqualTo(ShopDoor.NOW);
                });
        assertThat(shop.reload(order).version()).isEqualTo(order.version());
    }

    @Test
    void aDeletedRecordComesBackWithItsLock() {
        Row order = shop.order(shop.customer("Ada"));
        shop.line(order, 1, "2.00");
        locked(order);
        boss().delete(ORDER, order.id(), Optional.empty());

        boss().recycleBin().restore(order.id());

        assertThat(shop.manager().lockState(ORDER, order.id()).lock())
                .hasValueSatisfying(lock -> assertThat(lock.reason()).contains("audited"));
        assertThat(code(() -> update(shop.manager(), order, "status", "cancelled")))
                .isEqualTo(RecordsError.LOCKED);
    }

    @Test
    void aLockedWholeTakesNoPartBack() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        shop.manager().delete(LINE, line.id(), Optional.empty());
        locked(order);
        assertThat(code(() -> shop.manager().recycleBin().restore(line.id()))).isEqualTo(RecordsError.LOCKED);
        boss().recycleBin().restore(line.id());
        assertThat(shop.reload(order).values()).containsEntry("lineTotal", decimal("2.00"));
    }

    @Test
    void whatIsPurgedLeavesNoLock() {
        Row order = shop.order(shop.customer("Ada"));
        Row line = shop.line(order, 1, "2.00");
        shop.as(shop.systemIdentity()).lock(LINE, line.id(), Optional.empty());
        locked(order);
        assertThat(code(() -> boss().delete(ORDER, order.id(), Optional.empty())))
                .as("the right on orders does not reach a line that is locked itself")
                .isEqualTo(RecordsError.LOCKED);
        Identity engine = new Identity(shop.managerIdentity().user(), Identity.Kind.SYSTEM, Set.of());
        shop.as(engine).delete(ORDER, order.id(), Optional.empty());

        shop.as(engine).recycleBin().remove(order.id());

        List<RecordKey> gone = List.of(new RecordKey(ORDER, order.id()), new RecordKey(LINE, line.id()));
        assertThat(shop.holds().on(shop.model().model().tenant(), gone)).isEmpty();
    }

    @Test
    void codeLocksWithTheRightsOfThePerson() {
        Row ada = shop.customer("Ada");
        shop.code().on("noted", (change, context) -> {
            if ("done".equals(change.values().get("secret"))) {
                context.records().lock(CUSTOMER, ada.id(), "done");
            }
        });
        update(shop.manager(), ada, "secret", "done");
        assertThat(shop.manager()
                        .client()
                        .findLock(CUSTOMER, ada.id())
                        .orElseThrow()
                        .reason())
                .contains("done");
        assertThat(code(() -> shop.clerk().client().unlock(CUSTOMER, ada.id()))).isEqualTo(RecordsError.NOT_ALLOWED);
        shop.manager().client().unlock(CUSTOMER, ada.id());
        assertThat(shop.manager().client().findLock(CUSTOMER, ada.id())).isEmpty();
        shop.code().on("noted", (change, context) -> {});
    }
}
