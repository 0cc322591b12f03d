package dev.tenon.store.door;

import static dev.tenon.records.shop.ShopDoor.CUSTOMER;
import static dev.tenon.records.shop.ShopDoor.ORDER;
import static dev.tenon.records.shop.ShopDoor.decimal;
import static dev.tenon.records.shop.ShopDoor.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.FieldState;
import dev.tenon.records.RecordsError;
import dev.tenon.records.Row;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a record's values show, demand and lock, as the database keeps them and what they refer to. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FieldConditionContract {

    private ShopDatabase shops;
    private ShopDoor door;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        shops = new ShopDatabase(Database.open(settings(folder)));
        Model model = shops.tenant(ShopPackage.conditionalFiles());
        door = new ShopDoor(shops.store(), model);
    }

    @AfterAll
    void close() {
        shops.close();
    }

    private static PlatformException refused(ThrowingCallable call) {
        return catchThrowableOfType(PlatformException.class, call);
    }

    @Test
    void whatIsStoredDecidesWhatIsLockedAndWhatIsNewWhatIsDemanded() {
        Row order = door.order(door.customer("Ada"));
        Map<String, FieldState> typed =
                door.manager().formState(ORDER, Optional.of(order.id()), values("status", "cancelled"));
        assertThat(typed).containsEntry("reason", new FieldState(true, true, false));
        assertThat(typed).containsEntry("discount", new FieldState(true, false, false));

        assertThat(refused(() -> door.manager()
                                .update(ORDER, order.id(), Optional.empty(), values("status", "cancelled")))
                        .code())
                .isEqualTo(RecordsError.FIELD_REQUIRED);
        door.manager()
                .update(
                        ORDER,
                        order.id(),
                        Optional.empty(),
                        values("status", "cancelled", "reason", "late", "discount", decimal("2.50")));
        assertThat(refused(() -> door.manager()
                                .update(ORDER, order.id(), Optional.empty(), values("discount", decimal("3.00"))))
                        .code())
                .isEqualTo(RecordsError.FIELD_READ_ONLY);
        door.manager()
                .update(ORDER, order.id(), Optional.empty(), values("status", "open", "discount", decimal("2.5")));
        assertThat(door.reload(order).values()).containsEntry("reason", "late").containsEntry("pickup", null);
    }

    @Test
    void aConditionFollowsLookupsAndAFormWithinTheCallersRights() {
        Row mine = door.manager()
                .create(
                        CUSTOMER,
                        values(
                                "name",
                                "Mine",
                                "secret",
                                "vip",
                                "agent",
                                door.clerkIdentity().user().id()));
        Row hidden = door.manager().create(CUSTOMER, values("name", "Hidden", "secret", "vip"));

        assertThat(door.clerk().formState(ORDER, Optional.empty(), values("customer", mine.id())))
                .containsEntry("vipCode", new FieldState(true, true, false));
        assertThat(door.clerk().formState(ORDER, Optional.empty(), values("customer", hidden.id())))
                .containsEntry("vipCode", new FieldState(true, false, false));
        assertThat(refused(() -> door.clerk().create(ORDER, values("customer", mine.id())))
                        .code())
                .isEqualTo(RecordsError.FIELD_REQUIRED);
    }

    @Test
    void aReferenceThatARecordHasToKeepPreventsADeletion() {
        Row payer = door.customer("Payer");
        Row order = door.manager()
                .create(
                        ORDER,
                        values(
                                "customer",
                                door.customer("Ada").id(),
                                "payer",
                                payer.id(),
                                "status",
                                "cancelled",
                                "reason",
                                "fraud"));

        assertThat(refused(() -> door.manager().delete(CUSTOMER, payer.id(), Optional.empty()))
                        .code())
                .isEqualTo(RecordsError.DELETE_RESTRICTED);
        assertThat(door.reload(order).values()).containsEntry("payer", payer.id());
    }
}
