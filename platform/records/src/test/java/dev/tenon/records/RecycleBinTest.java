package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import dev.tenon.access.Identity;
import dev.tenon.records.RecycleBin.DeletedRecord;
import dev.tenon.records.RecycleBin.Deletion;
import dev.tenon.records.RecycleBin.Loss;
import dev.tenon.records.RecycleBin.Reason;
import dev.tenon.records.RecycleBin.Restored;
import dev.tenon.records.port.RecordStore.OutboxEvent;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Who sees what of deleted records, and what of it comes back under another model. */
class RecycleBinTest {

    private final InMemoryRecordStore store = new InMemoryRecordStore();
    private final ShopDoor door = new ShopDoor(store, ShopPackage.model("bin", 1, files()));
    private final Identity keeper = with("shop__keeper");
    private final Row ada = door.customer("Ada");

    private static Map<String, String> files() {
        Map<String, String> files = ShopPackage.files();
        files.compute(
                "objects/Customer.yaml",
                (path, text) ->
                        text.replace("  agent: {", "  note: {type: text, label: Note, maxLength: 100}\n  agent: {"));
        files.put("permissions/keeper.yaml", """
                label: Keeper
                system: [manageRecycleBin]
                objects:
                  Customer: {create: true, read: true, scope: own, fieldDefault: read}
                  Line: {read: true, fieldDefault: read}
                """);
        files.put("permissions/nameless.yaml", """
                label: Sees no names
                system: [manageRecycleBin]
                objects:
                  Customer: {create: true, read: true, scope: all, fieldDefault: read, fields: {name: none, secret: none, note: none}}
                """);
        files.put("permissions/remover.yaml", """
                label: Remover
                objects:
                  Customer: {read: true, edit: true, delete: true, scope: all, editScope: all, fieldDefault: read}
                """);
        return files;
    }

    private Identity with(String permissionSet) {
        return new Identity(door.auditorIdentity().user(), Identity.Kind.USER, Set.of(permissionSet));
    }

    private RecycleBin bin(Identity identity) {
        return door.as(identity).recycleBin();
    }

    private RecycleBin managers() {
        return bin(door.managerIdentity());
    }

    private static List<UUID> listed(RecycleBin bin) {
        return bin.list(Optional.empty(), Optional.empty(), 10).stream()
                .map(Deletion::id)
                .toList();
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private void delete(Row row) {
        door.manager().delete(row.object(), row.id(), Optional.empty());
    }

    @Test
    void whoHasDeletedSeesItAndOthersWithTheSameRightsDoNot() {
        delete(ada);
        Identity other = new Identity(door.otherClerkIdentity().user(), Identity.Kind.USER, Set.of("shop__manager"));

        assertThat(managers().list(Optional.empty(), Optional.empty(), 10))
                .singleElement()
                .satisfies(deletion -> {
                    assertThat(deletion.object()).isEqualTo(CUSTOMER);
                    assertThat(deletion.id()).isEqualTo(ada.id());
                    assertThat(deletion.title()).hasValue("Ada");
                    assertThat(deletion.by())
                            .isEqualTo(door.managerIdentity().user().id());
                    assertThat(deletion.through()).isEqualTo(HistoryEntry.Channel.USER);
                    assertThat(deletion.at()).isEqualTo(ShopDoor.NOW);
                });
        assertThat(listed(bin(other))).isEmpty();
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> bin(other).require(ada.id()),
                () -> bin(other).restore(ada.id()),
                () -> bin(other).remove(ada.id()))) {
            PlatformException told = refused(call);
            assertThat(told.code()).isEqualTo(RecordsError.DELETION_NOT_FOUND);
            assertThat(told.args()).as("nothing but what was asked").containsExactly(Map.entry("id", ada.id()));
        }
        assertThat(refused(() -> managers().require(RecordIds.next())).code())
                .isEqualTo(RecordsError.DELETION_NOT_FOUND);
        assertThat(listed(managers())).containsExactly(ada.id());
    }

    @Test
    void whoMayNoLongerDeleteSeesNothing() {
        delete(ada);
        Identity demoted = new Identity(door.managerIdentity().user(), Identity.Kind.USER, Set.of("shop__clerk"));

        assertThat(listed(bin(demoted))).isEmpty();
        assertThat(refused(() -> bin(demoted).restore(ada.id())).code()).isEqualTo(RecordsError.DELETION_NOT_FOUND);
    }

    @Test
    void whatThePlatformHasDeletedInSomebodysNameIsNotHis() {
        Identity acting = new Identity(door.managerIdentity().user(), Identity.Kind.SYSTEM, Set.of());
        door.as(acting).delete(CUSTOMER, ada.id(), Optional.empty());

        assertThat(listed(managers())).isEmpty();
        assertThat(listed(bin(keeper))).containsExactly(ada.id());
    }

    @Test
    void theSystemPermissionShowsEveryDeletionOfKnownObjectsButNoValues() {
        Row order = door.order(ada);
        Row line = door.line(order, 1, "2.00");
        delete(line);
        delete(order);
        delete(ada);

        assertThat(listed(bin(keeper)))
                .as("of orders the keeper may not know")
                .containsExactlyInAnyOrder(ada.id(), line.id());
        assertThat(bin(keeper).list(Optional.of(CUSTOMER), Optional.empty(), 10))
                .singleElement()
                .satisfies(deletion -> assertThat(deletion.title()).isEmpty());
        assertThat(bin(keeper).require(ada.id()).records()).isEmpty();
        assertThat(refused(() -> bin(keeper).list(Optional.of(ORDER), Optional.empty(), 10))
                        .code())
                .isEqualTo(RecordsError.UNKNOWN_OBJECT);
        assertThat(refused(() -> bin(keeper).require(order.id())).code()).isEqualTo(RecordsError.DELETION_NOT_FOUND);
    }

    @Test
    void valuesAreShownWithTheRightsOfToday() {
        door.manager().update(CUSTOMER, ada.id(), Optional.empty(), values("secret", "s", "note", "n"));
        delete(ada);

        assertThat(managers().require(ada.id()).records())
                .singleElement()
                .satisfies(record -> assertThat(record.values())
                        .containsEntry("name", "Ada")
                        .containsEntry("secret", "s")
                        .containsEntry("agent", door.clerkIdentity().user().id())
                        .containsEntry("standing", "ok"));
        Identity nameless = with("shop__nameless");
        assertThat(bin(nameless).require(ada.id())).satisfies(tree -> {
            assertThat(tree.deletion().title()).isEmpty();
            assertThat(tree.records())
                    .singleElement()
                    .satisfies(record -> assertThat(record.values())
                            .containsEntry("creditLimit", ShopDoor.decimal("1000.00"))
                            .doesNotContainKeys("name", "secret", "secretSize", "note"));
        });
    }

    @Test
    void partsAreShownThroughTheirDeletedWhole() {
        Row others = door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "Others",
                                "agent",
                                door.otherClerkIdentity().user().id()));
        Row order = door.manager().create(ORDER, values("customer", ada.id(), "payer", others.id()));
        Row line = door.line(order, 2, "3.00");
        Identity promoted = new Identity(door.clerkIdentity().user(), Identity.Kind.USER, Set.of("shop__manager"));
        door.as(promoted).delete(ORDER, order.id(), Optional.empty());
        Map<String, String> changed = files();
        changed.compute(
                "permissions/clerk.yaml",
                (path, text) -> text.replace("Order: {create: true,", "Order: {create: true, delete: true,"));
        door.publish(ShopDoor.compile(ShopPackage.model("bin", 2, changed)));
        RecycleBin clerks = door.clerk().recycleBin();

        assertThat(clerks.require(order.id()).records())
                .extracting(DeletedRecord::id)
                .containsExactly(order.id(), line.id());
        assertThat(clerks.require(order.id()).records().getFirst().values())
                .containsEntry("customer", ada.id())
                .containsEntry("payer", null);
        door.manager()
                .update(
                        CUSTOMER,
                        ada.id(),
                        Optional.empty(),
                        values("agent", door.otherClerkIdentity().user().id()));
        assertThat(clerks.require(order.id()).records())
                .as("the customer has another agent now")
                .isEmpty();
    }

    @Test
    void restoringNeedsTheRightToCreate() {
        Identity remover = with("shop__remover");
        door.as(remover).delete(CUSTOMER, ada.id(), Optional.empty());

        assertThat(listed(bin(remover))).containsExactly(ada.id());
        PlatformException told = refused(() -> bin(remover).restore(ada.id()));
        assertThat(told.code()).isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(told.args()).containsEntry("action", "create");

        bin(remover).remove(ada.id());
        assertThat(listed(bin(keeper))).isEmpty();
    }

    @Test
    void aRestoreIsToldToTheHistoryAndTheWorldButNotToTriggers() {
        delete(ada);
        door.code().on("tidy", (change, context) -> change.set("name", "tidied"));
        store.events().clear();

        Restored restored = managers().restore(ada.id());

        assertThat(restored.losses()).isEmpty();
        assertThat(door.reload(ada)).satisfies(row -> {
            assertThat(row.version()).as("nobody takes it for what he knew").isEqualTo(2);
            assertThat(row.values()).containsEntry("name", "Ada");
        });
        assertThat(store.events()).extracting(OutboxEvent::topic).containsExactly("record.restored");
        assertThat(door.manager().history(CUSTOMER, ada.id()))
                .first()
                .extracting(HistoryEntry::kind)
                .isEqualTo(HistoryEntry.Kind.RESTORED);
        assertThat(listed(managers())).isEmpty();
    }

    @Test
    void rulesThatAreYoungerThanTheRecordDoNotKeepItOut() {
        delete(ada);
        Map<String, String> changed = files();
        changed.compute(
                "objects/Customer.yaml",
                (path, text) -> text.replace(
                        "rules:\n",
                        "rules:\n  longName: {condition: \"name.size() > 10\", message: Longer., field: name}\n"));
        door.publish(ShopDoor.compile(ShopPackage.model("bin", 2, changed)));

        managers().restore(ada.id());

        assertThat(door.reload(ada).values()).containsEntry("name", "Ada");
    }

    @Test
    void whatTheModelHasNoPlaceForAnyMoreIsTold() {
        door.manager().update(CUSTOMER, ada.id(), Optional.empty(), values("note", "a note", "email", "a@example.org"));
        delete(ada);
        Map<String, String> changed = files();
        changed.compute(
                "objects/Customer.yaml",
                (path, text) -> text.replace("  note: {type: text, label: Note, maxLength: 100}\n", "")
                        .replace(
                                "email: {type: text, label: E-mail, maxLength: 100, format: email, unique: true}",
                                "email: {type: integer, label: E-mail}"));
        changed.compute("permissions/nameless.yaml", (path, text) -> text.replace("note: none", "email: none"));
        door.publish(ShopDoor.compile(ShopPackage.model("bin", 2, changed)));

        assertThat(managers().restore(ada.id()).losses())
                .extracting(Loss::field, Loss::reason, Loss::value)
                .containsExactly(
                        tuple(Optional.of("email"), Reason.VALUE_UNFIT, Optional.of("\"a@example.org\"")),
                        tuple(Optional.of("note"), Reason.FIELD_GONE, Optional.empty()));
        assertThat(door.reload(ada).values()).containsEntry("email", null).containsEntry("name", "Ada");
    }

    @Test
    void ofFieldsThatMayNotBeReadNeitherNameNorValueIsTold() {
        door.manager().update(CUSTOMER, ada.id(), Optional.empty(), values("secret", "hush"));
        delete(ada);
        Map<String, String> changed = files();
        changed.compute(
                "objects/Customer.yaml",
                (path, text) -> text.replace(
                                "secret: {type: text, label: Secret, maxLength: 100}",
                                "secret: {type: integer, label: Secret}")
                        .replaceAll("(?m)^  secretSize:.*\\R", ""));
        door.publish(ShopDoor.compile(ShopPackage.model("bin", 2, changed)));

        assertThat(bin(with("shop__nameless")).restore(ada.id()).losses())
                .containsExactly(new Loss(CUSTOMER, ada.id(), Optional.empty(), Reason.VALUE_UNFIT, Optional.empty()));
    }

    @Test
    void aRequiredValueThatNoLongerFitsKeepsTheRecordInTheBin() {
        Row line = door.line(door.order(ada), 1, "2.00");
        delete(line);
        Map<String, String> changed = files();
        changed.compute(
                "objects/Line.yaml",
                (path, text) -> text.replace(
                        "product: {type: text, label: Product, maxLength: 40, required: true}",
                        "product: {type: integer, label: Product, required: true}"));
        door.publish(ShopDoor.compile(ShopPackage.model("bin", 2, changed)));

        PlatformException told = refused(() -> managers().restore(line.id()));

        assertThat(told.code()).isEqualTo(RecordsError.RESTORE_VALUE_UNFIT);
        assertThat(told.args()).containsEntry("field", "Product").containsEntry("object", LINE);
        assertThat(listed(managers())).containsExactly(line.id());
    }

    @Test
    void aWholeThatIsLockedTakesNoPartBack() {
        Row order = door.order(ada);
        Row line = door.line(order, 1, "2.00");
        delete(line);
        door.guards().add((identity, change) -> {
            if (change.id().equals(order.id())) {
                throw RecordsError.LOCKED
                        .error()
                        .with("who", "")
                        .with("reason", "audit")
                        .build();
            }
        });

        assertThat(refused(() -> managers().restore(line.id())).code()).isEqualTo(RecordsError.LOCKED);
        assertThat(listed(managers())).containsExactly(line.id());
    }
}
