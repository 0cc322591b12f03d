package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Which value of a picklist may follow which. */
class StatusModelTest {

    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), ShopPackage.model("status", 1, files()));

    private static Map<String, String> files() {
        Map<String, String> files = new HashMap<>(ShopPackage.files());
        files.computeIfPresent(
                "objects/Customer.yaml",
                (path, text) -> text.replace(
                        "creditLimit: {",
                        "grade: {type: picklist, label: Grade, values: {new: {label: New}, good: {label: Good}, bad: {label: Bad}},"
                                + " transitions: {new: [good, bad], good: [bad]}, initial: [new, good]}\n  creditLimit: {"));
        files.computeIfPresent(
                "permissions/clerk.yaml",
                (path, text) -> text.replace("fields: {secret: none}", "fields: {secret: none, grade: none}"));
        return files;
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private Row customer(@Nullable String grade) {
        return door.manager().create(CUSTOMER, values("name", "Ada", "grade", grade));
    }

    private Row change(RecordSession session, Row customer, @Nullable String grade) {
        return session.update(CUSTOMER, customer.id(), Optional.empty(), values("grade", grade));
    }

    @Test
    void aValueIsFollowedByOneThatMayFollow() {
        Row customer = change(door.manager(), customer("new"), "good");
        assertThat(customer.values()).containsEntry("grade", "good");

        PlatformException told = refused(() -> change(door.manager(), customer, "new"));
        assertThat(told.code()).isEqualTo(RecordsError.TRANSITION_NOT_ALLOWED);
        assertThat(told.args())
                .containsEntry("field", "Grade")
                .containsEntry("from", "Good")
                .containsEntry("to", "New")
                .containsEntry("allowed", "Bad");
        assertThat(told.details().getFirst().pointer()).isEqualTo("/grade");
    }

    @Test
    void aValueWithoutFollowersIsFinalAndAStatusIsNotEmptied() {
        Row bad = change(door.manager(), customer("good"), "bad");

        assertThat(refused(() -> change(door.manager(), bad, "good")).args()).containsEntry("allowed", "");
        assertThat(refused(() -> change(door.manager(), bad, null)).args()).containsEntry("to", "–");
        assertThat(change(door.manager(), bad, "bad").values()).containsEntry("grade", "bad");
    }

    @Test
    void aRecordBeginsWithAnInitialValueWheneverItBegins() {
        PlatformException told = refused(() -> customer("bad"));
        assertThat(told.code()).isEqualTo(RecordsError.INITIAL_NOT_ALLOWED);
        assertThat(told.args()).containsEntry("value", "Bad").containsEntry("allowed", "New, Good");

        Row empty = customer(null);
        assertThat(refused(() -> change(door.manager(), empty, "bad")).code())
                .isEqualTo(RecordsError.INITIAL_NOT_ALLOWED);
        assertThat(change(door.manager(), empty, "new").values()).containsEntry("grade", "new");
    }

    @Test
    void anImportTellsTheRows() {
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        CUSTOMER, List.of(values("name", "A", "grade", "new"), values("name", "B", "grade", "bad")));

        assertThat(outcomes)
                .extracting(o ->
                        o instanceof RowOutcome.Rejected r ? r.problem().code().id() : "saved")
                .containsExactly("saved", "records.initial-not-allowed");
    }

    @Test
    void aTriggerIsBoundAndTellsNobodyWhatHeMayNotKnow() {
        Row customer = door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "Ada",
                                "grade",
                                "good",
                                "agent",
                                door.clerkIdentity().user().id()));
        door.code().on("tidy", (change, context) -> change.set("grade", "new"));

        PlatformException told =
                refused(() -> door.clerk().update(CUSTOMER, customer.id(), Optional.empty(), values("name", "Eve")));

        assertThat(told.code()).isEqualTo(RecordsError.TRANSITION_NOT_ALLOWED);
        assertThat(told.args())
                .containsEntry("field", "–")
                .containsEntry("from", "–")
                .containsEntry("to", "–");
        assertThat(told.details().getFirst().pointer()).isEmpty();
    }

    @Test
    void thePlatformsEnginesAreNotBound() {
        Row bad = change(door.manager(), customer("good"), "bad");
        RecordSession engine = door.as(door.systemIdentity());

        assertThat(change(engine, bad, "new").values()).containsEntry("grade", "new");
        assertThat(engine.create(CUSTOMER, values("name", "Seed", "grade", "bad"))
                        .values())
                .containsEntry("grade", "bad");
    }
}
