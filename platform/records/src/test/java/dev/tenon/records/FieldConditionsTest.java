package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.ErrorCode;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Fields that a record's own values show, demand and lock. */
class FieldConditionsTest {

    private final ShopDoor door =
            new ShopDoor(new InMemoryRecordStore(), ShopPackage.model("conditions", 1, ShopPackage.conditionalFiles()));

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private static void refusedAt(ThrowingCallable call, ErrorCode code, String pointer) {
        PlatformException told = refused(call);
        assertThat(told.code()).isEqualTo(code);
        assertThat(told.details().getFirst().pointer()).isEqualTo(pointer);
    }

    private Row order(@Nullable Object... more) {
        Map<String, @Nullable Object> values = values(more);
        values.put("customer", door.customer("Ada").id());
        return door.manager().create(ORDER, values);
    }

    private Row change(Row order, @Nullable Object... changes) {
        return door.manager().update(ORDER, order.id(), Optional.empty(), values(changes));
    }

    private FieldState state(RecordSession session, String field, @Nullable Object... typed) {
        return session.formState(ORDER, Optional.empty(), values(typed)).get(field);
    }

    @Test
    void aValueIsDemandedWhereTheConditionHolds() {
        Row open = order();

        refusedAt(() -> change(open, "status", "cancelled"), RecordsError.FIELD_REQUIRED, "/reason");
        refusedAt(() -> order("status", "cancelled"), RecordsError.FIELD_REQUIRED, "/reason");
        Row cancelled = change(open, "status", "cancelled", "reason", "late");

        refusedAt(() -> change(cancelled, "reason", null), RecordsError.FIELD_REQUIRED, "/reason");
        assertThat(change(cancelled, "status", "open").values())
                .as("what is no longer shown stays")
                .containsEntry("reason", "late");
    }

    @Test
    void aRequiredFieldThatIsNotShownIsNotDemanded() {
        Row order = order("discount", decimal("5.00"));

        refusedAt(() -> change(order, "discount", decimal("6.00")), RecordsError.FIELD_REQUIRED, "/pickup");
        assertThat(change(order, "discount", decimal("6.00"), "pickup", "desk").values())
                .containsEntry("pickup", "desk");
    }

    @Test
    void aConditionLooksOverLookupsAlsoAtWhatTheCallerMayNotSee() {
        Row customer = door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "Vip",
                                "secret",
                                "vip",
                                "agent",
                                door.clerkIdentity().user().id()));

        refusedAt(
                () -> door.clerk().create(ORDER, values("customer", customer.id())),
                RecordsError.FIELD_REQUIRED,
                "/vipCode");
        assertThat(state(door.clerk(), "vipCode", "customer", customer.id()).required())
                .isTrue();
    }

    @Test
    void whoMayNotGiveTheValueIsToldThatItIsMissing() {
        Row customer = door.customer("Ada");
        Row order = door.clerk().create(ORDER, values("customer", customer.id()));

        PlatformException told =
                refused(() -> door.clerk().update(ORDER, order.id(), Optional.empty(), values("status", "cancelled")));

        assertThat(told.code()).isEqualTo(RecordsError.VALUE_NOT_YOURS_REQUIRED);
        door.as(door.systemIdentity()).update(ORDER, order.id(), Optional.empty(), values("status", "cancelled"));
        assertThat(door.clerk()
                        .update(ORDER, order.id(), Optional.empty(), values("vipCode", "x"))
                        .values())
                .as("the record lacked the value before")
                .containsEntry("status", "cancelled");
    }

    @Test
    void aLockedFieldIsToldFromTheRecordBeforeTheChange() {
        Row order = order("discount", decimal("1.00"));
        Row cancelled = change(order, "status", "cancelled", "reason", "late", "discount", decimal("2.00"));

        refusedAt(() -> change(cancelled, "discount", decimal("3.00")), RecordsError.FIELD_READ_ONLY, "/discount");
        refusedAt(
                () -> change(cancelled, "status", "open", "discount", decimal("3.00")),
                RecordsError.FIELD_READ_ONLY,
                "/discount");
        assertThat(change(cancelled, "status", "open", "discount", decimal("2.0"))
                        .values())
                .as("the same value is no change")
                .containsEntry("status", "open");
        assertThat(change(cancelled, "discount", decimal("3.00")).values()).containsEntry("discount", decimal("3.00"));
    }

    @Test
    void aNewRecordLocksByItsOtherValues() {
        refusedAt(
                () -> order("status", "cancelled", "reason", "late", "discount", decimal("3.00")),
                RecordsError.FIELD_READ_ONLY,
                "/discount");
        assertThat(order("status", "cancelled", "reason", "late").values())
                .as("a default is nobody's change")
                .containsEntry("discount", decimal("0.00"));
    }

    @Test
    void triggersAndEnginesSetWhatIsLocked() {
        door.code().on("tidy", (change, context) -> change.set("creditLimit", "7.0"));
        Row customer = door.manager().create(CUSTOMER, values("name", "Ada", "region", "south"));
        assertThat(customer.values()).containsEntry("creditLimit", decimal("7.00"));

        door.code().on("tidy", (change, context) -> {});
        Map<String, @Nullable Object> raise = values("creditLimit", decimal("9.00"));
        refusedAt(
                () -> door.manager().update(CUSTOMER, customer.id(), Optional.empty(), raise),
                RecordsError.FIELD_READ_ONLY,
                "/creditLimit");
        assertThat(door.as(door.systemIdentity())
                        .update(CUSTOMER, customer.id(), Optional.empty(), raise)
                        .values())
                .containsEntry("creditLimit", decimal("9.00"));
    }

    @Test
    void aScriptsClientIsBoundLikeItsCaller() {
        Row cancelled = order("status", "cancelled", "reason", "late");
        PlatformException told = refused(() -> door.manager()
                .client()
                .update(ORDER, cancelled.id(), cancelled.version(), values("discount", decimal("3.00"))));

        assertThat(told.code()).isEqualTo(RecordsError.FIELD_READ_ONLY);
    }

    @Test
    void anImportTellsTheRows() {
        UUID customer = door.customer("Ada").id();
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        ORDER,
                        List.of(
                                values("customer", customer),
                                values("customer", customer, "status", "cancelled"),
                                values("customer", customer, "status", "cancelled", "reason", "x", "discount", 3L)));

        assertThat(outcomes)
                .extracting(o ->
                        o instanceof RowOutcome.Rejected r ? r.problem().code().id() : "saved")
                .containsExactly("saved", "records.field-required", "records.field-read-only");
    }

    @Test
    void aReferenceThatARecordHasToKeepPreventsADeletion() {
        Row payer = door.customer("Payer");
        Row fraud = order("payer", payer.id(), "status", "cancelled", "reason", "fraud");

        assertThat(refused(() -> door.manager().delete(CUSTOMER, payer.id(), Optional.empty()))
                        .code())
                .isEqualTo(RecordsError.DELETE_RESTRICTED);
        change(fraud, "reason", "late");
        door.manager().delete(CUSTOMER, payer.id(), Optional.empty());
        assertThat(door.reload(fraud).values()).containsEntry("payer", null);
    }

    @Test
    void aFormIsToldWhatAnUnsavedRecordWouldDo() {
        assertThat(state(door.manager(), "reason")).isEqualTo(new FieldState(false, false, false));
        assertThat(state(door.manager(), "reason", "status", "cancelled")).isEqualTo(new FieldState(true, true, false));
        assertThat(state(door.manager(), "discount", "status", "cancelled").readOnly())
                .isTrue();
        assertThat(state(door.manager(), "pickup", "discount", decimal("9.00")))
                .isEqualTo(new FieldState(true, true, false));
        assertThat(state(door.manager(), "mine").visible()).isTrue();
        assertThat(door.manager().query(Query.of(ORDER, 1)).rows())
                .as("nothing is saved")
                .isEmpty();
    }

    @Test
    void aFormIsToldWhatANewRecordGetsByDefault() {
        assertThat(state(door.manager(), "status")).isEqualTo(new FieldState(true, false, false, "open"));
        assertThat(state(door.manager(), "discount").byDefault()).isEqualTo(decimal("0.00"));
        assertThat(state(door.manager(), "discount", "discount", decimal("9.00"))
                        .byDefault())
                .as("what is typed is not overridden")
                .isNull();
        Row order = order();
        assertThat(door.manager().formState(ORDER, Optional.of(order.id()), Map.of()))
                .as("only a new record gets them")
                .doesNotContainKey("status")
                .allSatisfy((field, state) -> assertThat(state.byDefault()).isNull());
    }

    @Test
    void aFormOfAnExistingRecordLocksByWhatIsStored() {
        Row order = order();
        Map<String, FieldState> typed =
                door.manager().formState(ORDER, Optional.of(order.id()), values("status", "cancelled"));
        assertThat(typed.get("reason")).isEqualTo(new FieldState(true, true, false));
        assertThat(typed.get("discount")).isEqualTo(new FieldState(true, false, false));

        change(order, "status", "cancelled", "reason", "late");
        Map<String, FieldState> saved = door.manager().formState(ORDER, Optional.of(order.id()), Map.of());
        assertThat(saved.get("discount")).isEqualTo(new FieldState(true, false, true));
    }

    @Test
    void whatIsTypedWhereNothingIsSentDoesNotCount() {
        assertThat(state(door.manager(), "mine", "reason", "fraud").visible())
                .as("the reason is not shown, so it is not sent")
                .isTrue();
        assertThat(state(door.manager(), "mine", "reason", "fraud", "status", "cancelled")
                        .visible())
                .isFalse();
        assertThat(state(door.manager(), "reason", "status", "cancelled", "reason", "much too long for it"))
                .as("what does not fit yet is empty")
                .isEqualTo(new FieldState(true, true, false));
    }

    @Test
    void aFormTellsNoMoreThanASave() {
        Row vip = door.manager().create(CUSTOMER, values("name", "Vip", "secret", "vip"));
        Row order = order();

        assertThat(state(door.clerk(), "vipCode", "customer", vip.id()).required())
                .as("a customer whom the clerk does not see")
                .isFalse();
        assertThat(door.clerk().formState(ORDER, Optional.empty(), Map.of()))
                .doesNotContainKey("mine")
                .containsKey("reason");
        assertThat(door.auditor().formState(ORDER, Optional.of(order.id()), Map.of()))
                .containsKey("reason");
        assertThat(refused(() ->
                                door.auditor().formState(ORDER, Optional.of(order.id()), values("status", "cancelled")))
                        .code())
                .isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(refused(() -> door.auditor().formState(ORDER, Optional.empty(), Map.of()))
                        .code())
                .isEqualTo(RecordsError.NOT_ALLOWED);
        assertThat(refused(() -> door.as(door.otherClerkIdentity()).formState(ORDER, Optional.of(order.id()), Map.of()))
                        .code())
                .isEqualTo(RecordsError.NOT_FOUND);
        assertThat(refused(() -> state(door.clerk(), "reason", "mine", "x")).code())
                .isEqualTo(RecordsError.UNKNOWN_FIELD);
        assertThat(refused(() -> state(door.clerk(), "reason", "reason", "x")).code())
                .isEqualTo(RecordsError.FIELD_NOT_EDITABLE);
    }
}
