package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.LINE;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.Attachment;
import dev.tenon.sdk.record.RecordIds;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SaveOrderTest {

    private final InMemoryRecordStore store = new InMemoryRecordStore();
    private final ShopDoor door = new ShopDoor(store, ShopPackage.model("test"));

    private static PlatformException refused(ThrowingCallable call) {
        var caught = new PlatformException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(PlatformException.class, e -> caught[0] = e);
        return caught[0];
    }

    @Test
    void aNewRecordGetsDefaultsNumbersOwnerAndFormulas() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);

        assertThat(customer.values())
                .containsEntry("creditLimit", decimal("1000.00"))
                .containsEntry("standing", "ok")
                .containsEntry("orderCount", 0L)
                .containsEntry("createdAt", ShopDoor.NOW)
                .containsEntry("owner", door.managerIdentity().user().id());
        assertThat(order.values())
                .containsEntry("number", "ORD-0001")
                .containsEntry("status", "open")
                .containsEntry("customerName", "Ada")
                .containsEntry("total", decimal("0.00"));
        assertThat(order.version()).isEqualTo(1);
    }

    @Test
    void rollUpsAndFormulasFollowFromLineToOrderToCustomer() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        door.line(order, 3, "400.00");

        assertThat(door.reload(order).values())
                .containsEntry("lineTotal", decimal("1200.00"))
                .containsEntry("total", decimal("1200.00"))
                .containsEntry("shipping", "free");
        assertThat(door.reload(customer).values())
                .containsEntry("orderTotal", decimal("1200.00"))
                .containsEntry("orderCount", 1L)
                .containsEntry("standing", "over");
        assertThat(door.reload(order).version()).as("computing is no save").isEqualTo(1);
    }

    @Test
    void aLineThatMovesToAnotherOrderChangesBothTotals() {
        Row customer = door.customer("Ada");
        Row first = door.order(customer);
        Row second = door.order(customer);
        Row line = door.line(first, 1, "10.00");

        door.manager().update(LINE, line.id(), Optional.of(1L), values("order", second.id()));

        assertThat(door.reload(first).values()).containsEntry("lineTotal", decimal("0.00"));
        assertThat(door.reload(second).values()).containsEntry("lineTotal", decimal("10.00"));
    }

    @Test
    void aRollUpCountsOnlyWhatItsFilterTakes() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        door.line(order, 1, "10.00");

        door.manager().update(ORDER, order.id(), Optional.empty(), values("status", "cancelled"));

        assertThat(door.reload(customer).values())
                .containsEntry("orderTotal", decimal("0.00"))
                .containsEntry("orderCount", 1L);
    }

    @Test
    void aFormulaOverALookupFollowsTheOtherRecord() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);

        door.manager().update(CUSTOMER, customer.id(), Optional.of(1L), values("name", "Grace"));

        assertThat(door.reload(order).values()).containsEntry("customerName", "Grace");
    }

    @Test
    void everyFaultOfARecordIsToldAtOnce() {
        PlatformException told = refused(() -> door.manager().create(CUSTOMER, values("region", "north")));

        assertThat(told.code()).isEqualTo(RecordsError.SEVERAL_PROBLEMS);
        assertThat(told.details())
                .extracting(ErrorDetail::pointer, d -> d.code().id())
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("/name", "records.field-required"),
                        org.assertj.core.groups.Tuple.tuple("/agent", "records.validation-failed"));
    }

    @Test
    void aSingleFaultIsTheErrorItself() {
        PlatformException told =
                refused(() -> door.manager().create(CUSTOMER, values("name", "Ada", "region", "north")));

        assertThat(told.code()).isEqualTo(RecordsError.VALIDATION_FAILED);
        assertThat(told.args()).containsEntry("message", "A customer in the north needs an agent.");
        assertThat(told.details().getFirst().pointer()).isEqualTo("/agent");
    }

    @Test
    void wrongValuesAreRefusedByTheirFields() {
        assertThat(code(values("name", "Ada", "email", "nobody"))).isEqualTo(RecordsError.WRONG_FORMAT);
        assertThat(code(values("name", "x".repeat(41)))).isEqualTo(RecordsError.VALUE_TOO_LONG);
        assertThat(code(values("name", 7L))).isEqualTo(RecordsError.TYPE_MISMATCH);
        assertThat(code(values("name", "Ada", "region", "norht"))).isEqualTo(RecordsError.NOT_A_PICKLIST_VALUE);
        assertThat(code(values("name", "Ada", "creditLimit", decimal("1.005"))))
                .isEqualTo(RecordsError.TOO_MANY_DIGITS);
        assertThat(code(values("name", "Ada", "standing", "ok"))).isEqualTo(RecordsError.COMPUTED_FIELD);
        assertThat(code(values("name", "Ada", "createdAt", ShopDoor.NOW))).isEqualTo(RecordsError.COMPUTED_FIELD);
        assertThat(code(values("name", "Ada", "nmae", "x"))).isEqualTo(RecordsError.UNKNOWN_FIELD);
        assertThat(code(values("name", "Ada", "agent", RecordIds.next()))).isEqualTo(RecordsError.REFERENCE_NOT_FOUND);
        assertThat(code(values("name", ""))).as("an empty text is no value").isEqualTo(RecordsError.FIELD_REQUIRED);
    }

    private Object code(Map<String, Object> values) {
        return refused(() -> door.manager().create(CUSTOMER, values)).code();
    }

    @Test
    void aDuplicateNamesTheFieldAsPeopleKnowIt() {
        door.manager().create(CUSTOMER, values("name", "Ada", "email", "ada@example.org"));

        PlatformException told =
                refused(() -> door.manager().create(CUSTOMER, values("name", "Eve", "email", "ada@example.org")));

        assertThat(told.code()).isEqualTo(RecordsError.DUPLICATE);
        assertThat(told.args()).containsEntry("field", "E-mail");
        assertThat(told.details().getFirst().pointer()).isEqualTo("/email");
    }

    @Test
    void aStaleVersionIsRefusedAndAnAbsentOneIsNot() {
        Row customer = door.customer("Ada");
        door.manager().update(CUSTOMER, customer.id(), Optional.of(1L), values("name", "Grace"));

        PlatformException told =
                refused(() -> door.manager().update(CUSTOMER, customer.id(), Optional.of(1L), values("name", "Eve")));
        assertThat(told.code()).isEqualTo(RecordsError.STALE_VERSION);
        assertThat(told.args()).containsEntry("current", 2L);

        assertThat(door.manager()
                        .update(CUSTOMER, customer.id(), Optional.empty(), values("name", "Eve"))
                        .version())
                .isEqualTo(3);
    }

    @Test
    void aChangeThatChangesNothingIsNoSave() {
        Row customer = door.customer("Ada");
        int events = store.events().size();

        Row same = door.manager()
                .update(
                        CUSTOMER,
                        customer.id(),
                        Optional.of(1L),
                        values("name", "Ada", "creditLimit", decimal("1000.0")));

        assertThat(same.version()).isEqualTo(1);
        assertThat(store.events()).hasSize(events);
    }

    @Test
    void beforeTriggersSetValuesThatFormulasAndRulesSee() {
        door.code().on("tidy", (change, context) -> {
            change.set("name", String.valueOf(change.values().get("name")).strip());
            change.set("creditLimit", 12.345);
        });

        Row customer = door.customer("  Ada ");

        assertThat(customer.values()).containsEntry("name", "Ada").containsEntry("creditLimit", decimal("12.35"));
        assertThat(door.code().calls()).containsExactly("tidy BEFORE_CREATE", "noted AFTER_CREATE");
    }

    @Test
    void aTriggerMustNotSetWhatIsComputedNorAnythingAfterTheWrite() {
        door.code().on("tidy", (change, context) -> change.set("orderTotal", 1));
        assertThat(refused(() -> door.customer("Ada")).code()).isEqualTo(RecordsError.TRIGGER_SET_REFUSED);

        door.code().on("tidy", (change, context) -> {});
        door.code().on("noted", (change, context) -> change.set("name", "x"));
        assertThat(refused(() -> door.customer("Ada")).code()).isEqualTo(RecordsError.TRIGGER_SET_REFUSED);
        assertThat(door.manager().query(Query.of(CUSTOMER, 10)).rows()).isEmpty();
    }

    @Test
    void anyOtherFailureOfATriggerIsToldWithItsPlaceAndRollsBack() {
        door.code().on("noted", (change, context) -> {
            throw new IllegalStateException("secret detail");
        });

        PlatformException told = refused(() -> door.customer("Ada"));

        assertThat(told.code()).isEqualTo(RecordsError.TRIGGER_FAILED);
        assertThat(told.args().toString()).doesNotContain("secret detail");
        assertThat(told.source().orElseThrow().file()).isEqualTo("scripts/shop.js");
        assertThat(door.manager().query(Query.of(CUSTOMER, 10)).rows()).isEmpty();
    }

    @Test
    void triggersThatStartEachOtherEndWithTheirPath() {
        Row customer = door.customer("Ada");
        door.code().on("noted", (change, context) -> {
            var now = context.records().find(CUSTOMER, customer.id()).orElseThrow();
            context.records().update(CUSTOMER, now.id(), now.version(), values("secret", "v" + now.version()));
        });

        PlatformException told = refused(
                () -> door.manager().update(CUSTOMER, customer.id(), Optional.empty(), values("name", "Grace")));

        assertThat(told.code()).isEqualTo(RecordsError.TRIGGER_RECURSION);
        assertThat(told.args()).containsEntry("limit", 5);
        assertThat(door.reload(customer).version()).isEqualTo(1);
    }

    @Test
    void aFailedSaveThatATriggerPassesOverStillEndsTheOuterSave() {
        door.code().on("noted", (change, context) -> {
            try {
                context.records().create(ORDER, values("discount", decimal("1.00")));
            } catch (PlatformException passedOver) {
                assertThat(passedOver.code()).isEqualTo(RecordsError.FIELD_REQUIRED);
            }
        });

        assertThat(refused(() -> door.customer("Ada")).code()).isEqualTo(RecordsError.FIELD_REQUIRED);
    }

    @Test
    void aTriggersClientHasTheRightsOfThePersonEvenInTheEnginesSave() {
        List<Boolean> found = new ArrayList<>();
        Row customer = door.customer("Ada");
        door.code()
                .on(
                        "noted",
                        (change, context) -> found.add(
                                context.records().find(ORDER, RecordIds.next()).isPresent()));

        PlatformException told = refused(() -> door.as(door.systemIdentity())
                .update(CUSTOMER, customer.id(), Optional.empty(), values("name", "Grace")));

        assertThat(told.code()).isEqualTo(RecordsError.UNKNOWN_OBJECT);
        assertThat(found).isEmpty();
    }

    @Test
    void aGuardSeesWhatWouldChangeAndMayRefuse() {
        Row customer = door.customer("Ada");
        List<String> seen = new ArrayList<>();
        door.guards().add((identity, change) -> seen.add(change.fields() + " " + change.delete()));

        door.manager()
                .update(
                        CUSTOMER,
                        customer.id(),
                        Optional.empty(),
                        values("name", "Grace", "creditLimit", decimal("1000")));
        door.manager().delete(CUSTOMER, customer.id(), Optional.empty());

        assertThat(seen).containsExactly("[name] false", "[] true");
    }

    @Test
    void aSaveThatLosesAgainstAnotherIsTriedAgain() {
        List<Integer> attempts = new ArrayList<>();
        door.guards().add((identity, change) -> {
            attempts.add(attempts.size());
            if (attempts.size() < 3) {
                throw Lost.CONFLICT.error().build();
            }
        });
        Row customer = door.customer("Ada");

        Row saved = door.manager().update(CUSTOMER, customer.id(), Optional.of(1L), values("name", "Grace"));

        assertThat(saved.version()).isEqualTo(2);
        assertThat(attempts).hasSize(3);
    }

    /** What a store says of a transaction that had to give way. */
    private enum Lost implements dev.tenon.sdk.error.ErrorCode {
        CONFLICT;

        @Override
        public String owner() {
            return "store";
        }

        @Override
        public dev.tenon.sdk.error.ErrorKind kind() {
            return dev.tenon.sdk.error.ErrorKind.CAPACITY;
        }
    }

    @Test
    void aGuardOfTheWholeIsAskedWhenAPartIsAdded() {
        Row order = door.order(door.customer("Ada"));
        door.guards().add((identity, change) -> {
            if (change.object().equals(ORDER)) {
                throw RecordsError.LOCKED
                        .error()
                        .with("who", "")
                        .with("reason", "approval")
                        .build();
            }
        });

        assertThat(refused(() -> door.line(order, 1, "1.00")).code()).isEqualTo(RecordsError.LOCKED);
    }

    @Test
    void aGuardIsAskedBeforeAFileIsAdded() {
        Row customer = door.customer("Ada");
        attach(customer);
        door.guards().add((identity, change) -> {
            if (change.id().equals(customer.id())) {
                throw RecordsError.LOCKED
                        .error()
                        .with("who", "")
                        .with("reason", "approval")
                        .build();
            }
        });

        assertThat(refused(() -> attach(customer)).code()).isEqualTo(RecordsError.LOCKED);
        assertThat(door.manager().attachments(CUSTOMER, customer.id())).hasSize(1);
    }

    private Attachment attach(Row row) {
        return door.manager()
                .attach(row.object(), row.id(), "a.txt", "text/plain", new ByteArrayInputStream(new byte[] {1}));
    }

    @Test
    void textThatADatabaseCannotKeepIsRefusedWithItsPlace() {
        for (String character : List.of("\0", "\ud83d", "\ude00")) {
            PlatformException told = refused(() -> door.manager().create(CUSTOMER, values("name", "😀a" + character)));
            assertThat(told.code()).isEqualTo(RecordsError.CHARACTER_NOT_ALLOWED);
            assertThat(told.args())
                    .containsEntry("field", "Name")
                    .containsEntry("position", 3)
                    .containsEntry("character", String.format("U+%04X", (int) character.charAt(0)));
            assertThat(told.details().getFirst().pointer()).isEqualTo("/name");
        }
    }

    @Test
    void deletingTakesThePartsAlongAndLetsGoWhatOnlyRefers() {
        Row customer = door.customer("Ada");
        Row payer = door.customer("Grace");
        Row order = door.order(customer);
        door.manager().update(ORDER, order.id(), Optional.empty(), values("payer", payer.id()));
        Row line = door.line(order, 1, "10.00");

        assertThat(refused(() -> door.manager().delete(CUSTOMER, customer.id(), Optional.empty()))
                        .code())
                .as("an order needs its customer")
                .isEqualTo(RecordsError.DELETE_RESTRICTED);

        door.manager().delete(CUSTOMER, payer.id(), Optional.empty());
        assertThat(door.reload(order).values()).containsEntry("payer", null);
        assertThat(door.reload(order).version()).isEqualTo(3);

        door.manager().delete(ORDER, order.id(), Optional.of(3L));
        assertThat(door.manager().find(LINE, line.id(), Query.Selection.ALL)).isEmpty();
        assertThat(door.reload(customer).values())
                .containsEntry("orderTotal", decimal("0.00"))
                .containsEntry("orderCount", 0L);
    }

    @Test
    void everySaveTellsTheHistoryAndTheOutboxWhatItDid() {
        Row customer = door.customer("Ada");
        door.manager().update(CUSTOMER, customer.id(), Optional.empty(), values("name", "Grace", "secret", "s"));

        assertThat(door.manager().history(CUSTOMER, customer.id()))
                .extracting(HistoryEntry::kind, HistoryEntry::field, HistoryEntry::oldValue, HistoryEntry::newValue)
                .contains(
                        org.assertj.core.groups.Tuple.tuple(HistoryEntry.Kind.CREATED, null, null, null),
                        org.assertj.core.groups.Tuple.tuple(HistoryEntry.Kind.UPDATED, "name", "\"Ada\"", "\"Grace\""),
                        org.assertj.core.groups.Tuple.tuple(HistoryEntry.Kind.UPDATED, "secret", null, "\"s\""));
        var last = store.events().getLast();
        assertThat(last.topic()).isEqualTo("record.updated");
        assertThat(last.key()).isEqualTo(customer.id().toString());
        assertThat(last.payload()).contains("\"name\"").doesNotContain("Grace");
    }

    @Test
    void parentsAreLockedBeforeTheRowIsWrittenAndInOneOrder() {
        Row customer = door.customer("Ada");
        Row a = door.order(customer);
        Row b = door.order(customer);
        Row line = door.line(a, 1, "10.00");
        store.locks().clear();

        door.manager().update(LINE, line.id(), Optional.empty(), values("order", b.id()));

        List<String> orders = List.of(ORDER + " " + a.id(), ORDER + " " + b.id()).stream()
                .sorted()
                .toList();
        assertThat(store.locks().subList(0, 3)).containsExactly(LINE + " " + line.id(), orders.get(0), orders.get(1));
    }

    @Test
    void importKeepsGoodRowsAndTellsTheBadOnes() {
        List<Map<String, Object>> rows = List.of(
                values("name", "Ada", "email", "a@example.org"),
                values("email", "b@example.org"),
                values("name", "Eve", "email", "a@example.org"),
                values("name", "Bob", "region", "nowhere"),
                values("name", "Joe"));

        List<RowOutcome> outcomes = door.manager().importRows(CUSTOMER, rows);

        assertThat(outcomes)
                .extracting(o -> switch (o) {
                    case RowOutcome.Saved saved -> "saved";
                    case RowOutcome.Rejected rejected ->
                        rejected.problem().code().id();
                })
                .containsExactly(
                        "saved",
                        "records.field-required",
                        "records.duplicate",
                        "records.not-a-picklist-value",
                        "saved");
        assertThat(door.manager().query(Query.of(CUSTOMER, 10)).rows()).hasSize(2);
        assertThat(store.events())
                .filteredOn(e -> e.topic().equals("record.created"))
                .hasSizeGreaterThanOrEqualTo(2);
    }

    @Test
    void anImportWhoseTriggerFailsForOneRowKeepsTheOthers() {
        door.code().on("noted", (change, context) -> {
            if ("Bad".equals(change.values().get("name"))) {
                throw RecordsError.LOCKED
                        .error()
                        .with("object", CUSTOMER)
                        .with("reason", "no")
                        .build();
            }
        });

        List<RowOutcome> outcomes = door.manager()
                .importRows(CUSTOMER, List.of(values("name", "Ada"), values("name", "Bad"), values("name", "Joe")));

        assertThat(outcomes.get(0)).isInstanceOf(RowOutcome.Saved.class);
        assertThat(outcomes.get(1)).isInstanceOf(RowOutcome.Rejected.class);
        assertThat(outcomes.get(2)).isInstanceOf(RowOutcome.Saved.class);
        assertThat(door.manager().query(Query.of(CUSTOMER, 10)).rows()).hasSize(2);
    }

    @Test
    void onlyWhoHoldsTheRightMayImport() {
        assertThat(refused(() -> door.clerk().importRows(CUSTOMER, List.of())).code())
                .isEqualTo(RecordsError.NOT_ALLOWED);
    }

    @Test
    void anActionRunsOnlyWhereItIsOfferedAndAllowed() {
        Row customer = door.customer("Ada");
        UUID id = customer.id();

        assertThat(refused(() -> door.manager().runAction(CUSTOMER, id, "greet", Map.of()))
                        .code())
                .isEqualTo(RecordsError.ACTION_NOT_AVAILABLE);
        assertThat(refused(() -> door.clerk().runAction(CUSTOMER, id, "greet", Map.of()))
                        .code())
                .isEqualTo(RecordsError.UNKNOWN_ACTION);

        door.manager().update(CUSTOMER, id, Optional.empty(), values("region", "south"));
        assertThat(door.manager().runAction(CUSTOMER, id, "greet", Map.of()).message())
                .isEqualTo("Hello Ada");
    }
}
