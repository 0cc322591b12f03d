package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.Row;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Organization units and other trees of records; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class OrganizationUnitContract {

    private static final String UNIT = "sys__OrganizationUnit";
    private static final String FOLDER = "shop__Folder";

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        Map<String, String> files = new LinkedHashMap<>(ShopPackage.files());
        files.put("objects/Folder.yaml", """
                label: Folder
                fields:
                  name: {type: text, label: Name, maxLength: 40}
                  within: {type: lookup, label: Within, target: Folder, circles: refused}
                """);
        files.computeIfPresent(
                "objects/Order.yaml",
                (path, text) -> text + "  unit: {type: lookup, label: Unit, target: sys__OrganizationUnit}\n");
        files.computeIfPresent(
                "permissions/manager.yaml",
                (path, text) -> text
                        + "  sys__OrganizationUnit: {create: true, read: true, edit: true, delete: true, scope: all, fieldDefault: edit}\n"
                        + "  Folder: {create: true, read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: edit}\n");
        files.computeIfPresent(
                "permissions/clerk.yaml",
                (path, text) ->
                        text + "  Folder: {create: true, read: true, edit: true, scope: own, fieldDefault: edit}\n");
        door = new ShopDoor(shops.store(), shops.tenant(files));
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private Row unit(String code, @Nullable Row parent) {
        return door.manager()
                .create(
                        UNIT,
                        values("code", code, "name", "Unit " + code, "parent", parent == null ? null : parent.id()));
    }

    private Row move(Row unit, @Nullable Row parent) {
        return door.manager()
                .update(UNIT, unit.id(), Optional.empty(), values("parent", parent == null ? null : parent.id()));
    }

    private static PlatformException refused(ThrowingCallable call) {
        PlatformException fault = catchThrowableOfType(PlatformException.class, call);
        assertThat(fault).isNotNull();
        return fault;
    }

    private static String way(ThrowingCallable call) {
        var detail = refused(call).details().getFirst();
        assertThat(detail.code()).isEqualTo(RecordsError.CIRCLE);
        return String.valueOf(detail.args().get("path"));
    }

    @Test
    void noUnitIsPartOfItself() {
        Row top = unit("a1", null);
        Row middle = unit("a2", top);
        Row low = unit("a3", middle);

        assertThat(way(() -> move(top, low))).isEqualTo("Unit a1 → Unit a3 → Unit a2 → Unit a1");
        assertThat(way(() -> move(low, low))).isEqualTo("Unit a3 → Unit a3");
        assertThat(move(low, top).values()).containsEntry("parent", top.id());
        move(top, unit("a4", null));
    }

    @Test
    void aUnitTellsWhatItIsWithinAndFollowsChangesAbove() {
        Row first = unit("b1", null);
        Row last = unit("b5", unit("b4", unit("b3", unit("b2", first))));
        assertThat(first.values()).containsEntry("within", null);
        assertThat(last.values()).containsEntry("within", "Unit b2 / Unit b3 / Unit b4");

        Row third = unit("b9", last);
        door.manager().update(UNIT, last.id(), Optional.empty(), values("name", "Sales"));
        assertThat(door.reload(third).values()).containsEntry("within", "Unit b3 / Unit b4 / Sales");
    }

    @Test
    void everybodyReadsUnitsAndOnlyWhoMayChangesThem() {
        Row unit = unit("c1", null);
        assertThat(door.auditor().find(UNIT, unit.id(), Query.Selection.ALL)).isPresent();
        assertThat(refused(() -> door.clerk().create(UNIT, values("code", "c2", "name", "x")))
                        .code())
                .isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(refused(() -> unit("C1", null)).details().getFirst().code()).isEqualTo(RecordsError.DUPLICATE);
    }

    @Test
    void whatIsNotActiveIsNotOfferedAndStays() {
        Row active = unit("d1", null);
        Row closed = unit("d2", null);
        Row order = door.order(door.customer("Ann"));
        RecordSession manager = door.manager();
        manager.update(ORDER, order.id(), Optional.empty(), values("unit", closed.id()));
        manager.update(UNIT, closed.id(), Optional.empty(), values("active", false));

        assertThat(manager.candidates(ORDER, Optional.empty(), Map.of(), "unit", target -> Query.of(target, 500))
                        .rows())
                .extracting(Row::id)
                .contains(active.id())
                .doesNotContain(closed.id());
        manager.update(ORDER, order.id(), Optional.empty(), values("discount", ShopDoor.decimal("1")));
        assertThat(door.reload(order).values()).containsEntry("unit", closed.id());

        UUID gone = door.otherClerkIdentity().user().id();
        door.as(door.systemIdentity()).update("sys__User", gone, Optional.empty(), values("active", false));
        assertThat(manager.candidates(ORDER, Optional.of(order.id()), Map.of(), "owner", t -> Query.of(t, 500))
                        .rows())
                .extracting(Row::id)
                .contains(door.clerkIdentity().user().id())
                .doesNotContain(gone);
    }

    @Test
    void theWayNamesNothingThatItsReaderMayNotSee() {
        RecordSession clerk = door.clerk();
        Row own = clerk.create(FOLDER, values("name", "own"));
        Row hidden = door.manager().create(FOLDER, values("name", "hidden", "within", own.id()));
        Row mine = clerk.create(FOLDER, values("name", "mine"));
        door.manager().update(FOLDER, mine.id(), Optional.empty(), values("within", hidden.id()));

        assertThat(way(() -> clerk.update(FOLDER, own.id(), Optional.empty(), values("within", mine.id()))))
                .isEqualTo("own → mine → … → own");
    }

    @Test
    void whatComesBackClosesNoCircle() {
        Row top = unit("e1", null);
        Row middle = unit("e2", top);
        Row low = unit("e3", middle);
        RecordSession manager = door.manager();
        manager.delete(UNIT, middle.id(), Optional.empty());
        assertThat(door.reload(low).values()).containsEntry("parent", null);
        move(top, low);

        assertThat(manager.recycleBin().restore(middle.id()).losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.reason()).isEqualTo(Reason.REFERENCE_NOT_SET));
        assertThat(door.reload(middle).values()).containsEntry("parent", top.id());
        assertThat(door.reload(low).values()).containsEntry("parent", null);
    }

    @Test
    void twoWhoCloseACircleFromBothSidesDoNotBothSucceed() throws Exception {
        for (int i = 0; i < 5; i++) {
            Row one = unit("f" + i, null);
            Row other = unit("g" + i, null);
            assertThat(atOnce(moving(one, other), moving(other, one)))
                    .containsExactlyInAnyOrder("moved", RecordsError.CIRCLE);
        }
    }

    private Callable<Object> moving(Row unit, Row parent) {
        return () -> {
            PlatformException fault = catchThrowableOfType(PlatformException.class, () -> move(unit, parent));
            return fault == null
                    ? "moved"
                    : fault.details().isEmpty()
                            ? fault.code()
                            : fault.details().getFirst().code();
        };
    }

    private static List<Object> atOnce(Callable<Object> one, Callable<Object> other) throws Exception {
        List<Object> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (Future<Object> done : threads.invokeAll(List.of(one, other))) {
                outcomes.add(done.get(60, TimeUnit.SECONDS));
            }
        }
        return outcomes;
    }
}
