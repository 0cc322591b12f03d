package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import org.junit.jupiter.api.Test;

/** What may be done with a record is told before it is tried, and is what a try would find. */
class RecordRightsTest {

    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), ShopPackage.model("test"));

    @Test
    void rightsAreThoseOfTheRecordNotOfItsObject() {
        Row customer = door.customer("Mine");
        Row othersOrder = door.order(customer);
        Row own = door.clerk().create(ORDER, values("customer", customer.id()));

        assertThat(door.manager().rights(ORDER, othersOrder.id())).isEqualTo(new RecordRights(true, true));
        assertThat(door.clerk().rights(ORDER, own.id())).isEqualTo(new RecordRights(true, false));
        assertThat(door.clerk().rights(ORDER, othersOrder.id())).isEqualTo(new RecordRights(false, false));
        assertThat(door.auditor().rights(ORDER, own.id())).isEqualTo(new RecordRights(false, false));
    }

    @Test
    void aRecordThatIsNotSeenHasNone() {
        Row hidden = door.manager().create(CUSTOMER, values("name", "Others"));

        assertThat(catchThrowableOfType(
                                PlatformException.class, () -> door.clerk().rights(CUSTOMER, hidden.id()))
                        .code())
                .isEqualTo(RecordsError.NOT_FOUND);
    }
}
