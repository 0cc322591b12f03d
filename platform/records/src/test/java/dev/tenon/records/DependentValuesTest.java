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

/** Values of picklists that another field allows. */
class DependentValuesTest {

    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), ShopPackage.model("dependent", 1, files()));

    private static Map<String, String> files() {
        Map<String, String> files = new HashMap<>(ShopPackage.files());
        files.computeIfPresent("objects/Customer.yaml", (path, text) -> text.replace("rules:\n", """
                  city: {type: picklist, label: City, values: {oslo: {label: Oslo}, rome: {label: Rome}}, dependsOn: region, allowed: {north: [oslo], south: [rome]}}
                  vip: {type: boolean, label: VIP}
                  gifts: {type: multiPicklist, label: Gifts, values: {card: {label: Card}, wine: {label: Wine}}, dependsOn: vip, allowed: {"true": [card, wine], "false": [card]}}
                rules:
                """));
        files.computeIfPresent(
                "permissions/clerk.yaml",
                (path, text) ->
                        text.replace("fields: {secret: none}", "fields: {secret: none, vip: none, region: none}"));
        return files;
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    private Row customer(@Nullable Object... more) {
        Map<String, @Nullable Object> all = new HashMap<>(values(more));
        all.put("name", "Ada");
        all.put("agent", door.clerkIdentity().user().id());
        return door.manager().create(CUSTOMER, all);
    }

    private Row change(Row customer, @Nullable Object... changes) {
        return door.manager().update(CUSTOMER, customer.id(), Optional.empty(), values(changes));
    }

    @Test
    void theOtherFieldDecidesWhicheverOfTheTwoIsChanged() {
        Row rome = customer("region", "south", "city", "rome");
        PlatformException told = refused(() -> change(rome, "region", "north"));
        assertThat(told.code()).isEqualTo(RecordsError.VALUE_NOT_ALLOWED_BESIDE);
        assertThat(told.args())
                .containsEntry("field", "City")
                .containsEntry("value", "Rome")
                .containsEntry("other", "Region")
                .containsEntry("otherValue", "North")
                .containsEntry("allowed", "Oslo");
        assertThat(told.details().getFirst().pointer()).isEqualTo("/city");
        assertThat(refused(() -> change(rome, "city", "oslo")).code()).isEqualTo(RecordsError.VALUE_NOT_ALLOWED_BESIDE);
        assertThat(change(rome, "region", "north", "city", "oslo").values()).containsEntry("city", "oslo");
        assertThat(refused(() -> customer("city", "oslo")).args()).containsEntry("otherValue", "–");
    }

    @Test
    void anEmptyBooleanCountsAsNoAndEveryValueOfAListIsLookedAt() {
        assertThat(customer("gifts", List.of("card")).values()).containsEntry("gifts", List.of("card"));
        assertThat(refused(() -> customer("gifts", List.of("card", "wine"))).args())
                .containsEntry("value", "Wine");
        Row vip = customer("vip", true, "gifts", List.of("card", "wine"));
        assertThat(refused(() -> change(vip, "vip", null)).code()).isEqualTo(RecordsError.VALUE_NOT_ALLOWED_BESIDE);
        assertThat(change(vip, "vip", null, "gifts", null).values()).containsEntry("gifts", null);
    }

    @Test
    void whatIsNotChangedStaysAndNobodyLearnsTheHiddenField() {
        RecordSession engine = door.as(door.systemIdentity());
        Row odd = engine.update(
                CUSTOMER, customer("region", "south").id(), Optional.empty(), values("city", "oslo", "vip", true));
        assertThat(change(odd, "name", "Eve").values()).containsEntry("city", "oslo");

        PlatformException told = refused(() ->
                door.clerk().update(CUSTOMER, odd.id(), Optional.empty(), values("city", null, "gifts", List.of())));
        assertThat(told).isNull();
        told = refused(() -> door.clerk().update(CUSTOMER, odd.id(), Optional.empty(), values("city", "oslo")));
        assertThat(told.args())
                .containsEntry("value", "Oslo")
                .containsEntry("other", "–")
                .containsEntry("otherValue", "–")
                .containsEntry("allowed", "");
    }

    @Test
    void anImportTellsTheRows() {
        List<RowOutcome> outcomes = door.manager()
                .importRows(
                        CUSTOMER,
                        List.of(
                                values(
                                        "name",
                                        "A",
                                        "region",
                                        "north",
                                        "agent",
                                        door.clerkIdentity().user().id(),
                                        "city",
                                        "oslo"),
                                values("name", "B", "region", "south", "city", "oslo")));
        assertThat(outcomes)
                .extracting(o ->
                        o instanceof RowOutcome.Rejected r ? r.problem().code().id() : "saved")
                .containsExactly("saved", "records.value-not-allowed-beside");
    }
}
