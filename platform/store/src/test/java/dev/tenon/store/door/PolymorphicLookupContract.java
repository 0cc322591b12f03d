package dev.tenon.store.door;

import static dev.tenon.records.shop.NoteShop.NOTE;
import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.filter;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.Aggregation;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.shop.NoteShop;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Lookups to records of several objects; the same on every database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PolymorphicLookupContract {

    private ShopDatabase shops;
    private ShopDoor door;
    private Model model;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        model = shops.tenant(NoteShop.files());
        door = new ShopDoor(shops.store(), model);
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private Row note(@Nullable Object... pairs) {
        return door.manager().create(NOTE, values(pairs));
    }

    private Row change(RecordSession session, Row note, @Nullable Object... pairs) {
        return session.update(NOTE, note.id(), Optional.empty(), values(pairs));
    }

    /** A customer whom the clerk does not see. */
    private Row strangers(String name) {
        return door.manager().create(CUSTOMER, values("name", name));
    }

    private static List<ErrorCode> refused(ThrowingCallable call) {
        PlatformException fault = catchThrowableOfType(PlatformException.class, call);
        assertThat(fault).isNotNull();
        return fault.details().isEmpty()
                ? List.of(fault.code())
                : fault.details().stream().map(ErrorDetail::code).toList();
    }

    private List<UUID> found(RecordSession session, String condition) {
        return session
                .query(new Query(
                        NOTE,
                        Query.Selection.of("text"),
                        Optional.of(filter(session, NOTE, condition)),
                        List.of(),
                        50,
                        0,
                        false))
                .rows()
                .stream()
                .map(Row::id)
                .toList();
    }

    @Test
    void aRecordRefersToOneRecordAtATimeAndSaysOfWhichObject() {
        Row ann = door.customer("Ann");
        Row order = door.order(ann);
        Row note = note("aboutCustomer", ann.id());
        assertThat(note.values())
                .containsEntry("about", CUSTOMER)
                .containsEntry("aboutCustomer", ann.id())
                .containsEntry("aboutOrder", null)
                .containsEntry("aboutName", "Ann");

        assertThat(change(door.manager(), note, "aboutOrder", order.id()).values())
                .containsEntry("about", ORDER)
                .containsEntry("aboutCustomer", null)
                .containsEntry("aboutName", "Ann");
        assertThat(refused(() -> change(door.manager(), note, "aboutCustomer", ann.id(), "aboutOrder", order.id())))
                .containsExactly(RecordsError.VALIDATION_FAILED);
        assertThat(refused(() -> change(door.manager(), note, "aboutOrder", ann.id())))
                .containsExactly(RecordsError.REFERENCE_NOT_FOUND);
        assertThat(refused(() -> change(door.manager(), note, "about", CUSTOMER)))
                .containsExactly(RecordsError.COMPUTED_FIELD);
        assertThat(refused(() -> change(door.manager(), note, "sourceOrder", order.id())))
                .containsExactly(RecordsError.VALIDATION_FAILED);
    }

    @Test
    void oneIsDemandedGivenByDefaultAndUnique() {
        assertThatRequired(() -> note("text", "nothing"));
        Row ben = door.customer("Ben");
        Row note = note("aboutCustomer", ben.id(), "sourceCustomer", ben.id());
        assertThatRequired(() -> change(door.manager(), note, "aboutCustomer", null));
        assertThatRequired(() -> change(door.clerk(), note, "aboutCustomer", null));

        UUID manager = door.managerIdentity().user().id();
        assertThat(note.values())
                .containsEntry("checker", "sys__User")
                .containsEntry("checkerSysUser", manager)
                .containsEntry("checkerCustomer", null);
        assertThat(note("aboutCustomer", ben.id(), "checkerCustomer", ben.id()).values())
                .containsEntry("checker", CUSTOMER)
                .containsEntry("checkerSysUser", null);

        Row blocked = door.customer("Blocked");
        assertThat(refused(() -> note("aboutCustomer", ben.id(), "checkerCustomer", blocked.id())))
                .containsExactly(RecordsError.CANDIDATE_NOT_ALLOWED);

        assertThat(refused(() -> note("aboutCustomer", ben.id(), "sourceCustomer", ben.id())))
                .containsExactly(RecordsError.DUPLICATE);
        note("aboutCustomer", ben.id(), "sourceOrder", door.order(ben).id());
    }

    private void assertThatRequired(ThrowingCallable call) {
        PlatformException fault = catchThrowableOfType(PlatformException.class, call);
        assertThat(fault.details()).singleElement().satisfies(detail -> {
            assertThat(detail.code()).isEqualTo(RecordsError.FIELD_REQUIRED);
            assertThat(detail.pointer()).isEqualTo("/about");
        });
    }

    @Test
    void filtersGroupsPathsAndRollUpsGoThroughEachPart() {
        Row cid = door.customer("Cid");
        Row order = door.order(cid);
        Row ofCustomer = note("aboutCustomer", cid.id(), "text", "group");
        Row ofOrder = note("aboutOrder", order.id(), "text", "group");
        Row ofPerson = note("aboutSysUser", door.clerkIdentity().user().id(), "text", "group");
        RecordSession manager = door.manager();

        assertThat(found(manager, "text == 'group' && about == 'shop__Order'")).containsExactly(ofOrder.id());
        assertThat(found(manager, "text == 'group' && about in ['shop__Customer', 'sys__User']"))
                .containsExactlyInAnyOrder(ofCustomer.id(), ofPerson.id());
        assertThat(found(manager, "aboutCustomer.name == 'Cid' || aboutOrder.customer.name == 'Cid'"))
                .containsExactlyInAnyOrder(ofCustomer.id(), ofOrder.id());
        assertThat(found(manager, "text == 'group' && aboutSysUser.name == 'Carl Clerk'"))
                .containsExactly(ofPerson.id());
        assertThat(found(manager, "text == 'group' && about == null")).isEmpty();
        assertThat(manager.aggregate(new Aggregation(
                                NOTE,
                                Optional.of(filter(manager, NOTE, "text == 'group'")),
                                List.of(new Aggregation.Key("about", filter(manager, NOTE, "about"))),
                                List.of(new Aggregation.Measure(
                                        "number", Aggregation.Function.COUNT, Optional.empty())),
                                10))
                        .toString())
                .contains("shop__Customer", "shop__Order", "sys__User");
        assertThat(door.reload(cid).values()).containsEntry("noteCount", 1L);
        change(manager, ofCustomer, "aboutOrder", order.id());
        assertThat(door.reload(cid).values()).containsEntry("noteCount", 0L);

        Row withName = manager.query(new Query(
                        NOTE,
                        new Query.Selection(
                                List.of("about"),
                                Map.of(
                                        "aboutOrder",
                                        Query.Selection.of("number"),
                                        "aboutCustomer",
                                        Query.Selection.of("name")),
                                Map.of()),
                        Optional.of(filter(manager, NOTE, "text == 'group' && about == 'shop__Order'")),
                        List.of(),
                        1,
                        0,
                        false))
                .rows()
                .getFirst();
        assertThat(withName.parents().get("aboutOrder")).isNotNull();
        assertThat(withName.parents().get("aboutCustomer")).isNull();
    }

    @Test
    void whoMayNotSeeTheRecordLearnsNeitherItNorItsObject() {
        Row hidden = strangers("Dora");
        Row note = note("aboutCustomer", hidden.id(), "text", "hidden");
        Row seen = note("aboutCustomer", door.customer("Dan").id(), "text", "hidden");
        RecordSession clerk = door.clerk();

        Row asClerk = clerk.find(NOTE, note.id(), Query.Selection.ALL).orElseThrow();
        assertThat(asClerk.values())
                .containsEntry("about", null)
                .containsEntry("aboutCustomer", null)
                .containsEntry("aboutName", null);
        assertThat(found(clerk, "text == 'hidden' && about == 'shop__Customer'"))
                .containsExactly(seen.id());
        assertThat(found(clerk, "text == 'hidden' && about == null")).containsExactly(note.id());
        RecordSession auditor = door.auditor();
        assertThat(found(auditor, "text == 'hidden' && about == 'shop__Customer'"))
                .isEmpty();

        assertThat(refused(() -> change(clerk, seen, "aboutCustomer", hidden.id())))
                .containsExactly(RecordsError.REFERENCE_NOT_FOUND);
        assertThat(refused(() -> change(
                        clerk, note, "aboutSysUser", door.clerkIdentity().user().id())))
                .containsExactly(RecordsError.VALIDATION_FAILED);
        // A form sends back the empty cell it got.
        assertThat(change(clerk, note, "aboutCustomer", null, "text", "changed").values())
                .containsEntry("text", "changed");
        assertThat(door.reload(note).values()).containsEntry("aboutCustomer", hidden.id());
    }

    @Test
    void aRecordThatIsNeededStaysAndOthersLetGoAndComeBack() {
        Row eve = door.customer("Eve");
        Row fay = door.customer("Fay");
        Row note = note("aboutCustomer", fay.id(), "sourceCustomer", eve.id());
        RecordSession manager = door.manager();
        assertThat(refused(() -> manager.delete(CUSTOMER, fay.id(), Optional.empty())))
                .containsExactly(RecordsError.DELETE_RESTRICTED);

        manager.delete(CUSTOMER, eve.id(), Optional.empty());
        assertThat(door.reload(note).values()).containsEntry("source", null).containsEntry("sourceCustomer", null);
        manager.recycleBin().restore(eve.id());
        assertThat(door.reload(note).values())
                .containsEntry("source", CUSTOMER)
                .containsEntry("sourceCustomer", eve.id());

        manager.delete(NOTE, note.id(), Optional.empty());
        manager.delete(CUSTOMER, fay.id(), Optional.empty());
        assertThat(refused(() -> manager.recycleBin().restore(note.id())))
                .containsExactly(RecordsError.RESTORE_REFERENCE_GONE);
        manager.recycleBin().restore(fay.id());
        manager.recycleBin().restore(note.id());
        assertThat(door.reload(note).values())
                .containsEntry("about", CUSTOMER)
                .containsEntry("aboutCustomer", fay.id());
    }

    @Test
    void theHistoryTellsBothEnds() {
        Row gus = door.customer("Gus");
        Row order = door.order(gus);
        Row note = note("aboutCustomer", gus.id());
        change(door.manager(), note, "aboutOrder", order.id());

        assertThat(door.manager().history(NOTE, note.id()))
                .extracting(HistoryEntry::field)
                .contains("aboutCustomer", "aboutOrder");
    }

    @Test
    void aTargetIsAddedAndTakenAwayOnlyWhileNothingUsesIt() {
        Map<String, String> files = NoteShop.files();
        Model narrow = shops.tenant(replaced(files, "[Customer, sys__User]"));
        ShopDoor shop = new ShopDoor(shops.store(), narrow);
        Row hal = shop.customer("Hal");
        shop.manager().create(NOTE, values("aboutCustomer", hal.id()));

        Model wide = ShopPackage.model(narrow.tenant(), 2, replaced(files, "[Customer, Order, sys__User]"));
        shops.evolve(wide);
        shop.publish(ShopDoor.compile(wide));
        Row note =
                shop.manager().create(NOTE, values("aboutOrder", shop.order(hal).id()));
        assertThat(note.values()).containsEntry("about", ORDER);

        Model without = ShopPackage.model(narrow.tenant(), 3, replaced(files, "[Customer, sys__User]"));
        assertThat(refused(() -> shops.plan(without))).containsExactly(StoreError.TARGET_IN_USE);
        shop.manager().delete(NOTE, note.id(), Optional.empty());
        shops.evolve(without);
        shop.publish(ShopDoor.compile(without));
        assertThat(shop.manager()
                        .create(NOTE, values("aboutCustomer", hal.id()))
                        .values())
                .containsEntry("about", CUSTOMER);
    }

    private static Map<String, String> replaced(Map<String, String> files, String targets) {
        Map<String, String> changed = new java.util.LinkedHashMap<>(files);
        changed.put(
                "objects/Note.yaml",
                NoteShop.note(targets).replaceAll("(?m)^  aboutName.*$", "").replaceAll("(?ms)^rules:.*", ""));
        return changed;
    }
}
