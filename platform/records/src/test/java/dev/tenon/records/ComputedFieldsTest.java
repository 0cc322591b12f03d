package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ComputedFieldsTest {

    private final Model first = ShopPackage.model("test");
    private final ShopDoor door = new ShopDoor(new InMemoryRecordStore(), first);

    private CompiledModel changed(String file, String from, String to) {
        Map<String, String> files = new HashMap<>(ShopPackage.files());
        files.put(file, String.valueOf(files.get(file)).replace(from, to));
        return ShopDoor.compile(ShopPackage.model("test", 2, files));
    }

    @Test
    void theSameModelComputesNothing() {
        assertThat(door.records().outdated(door.model(), Optional.of(first))).isEmpty();
        assertThat(door.records().outdated(door.model(), Optional.empty()))
                .containsExactly(ShopDoor.CUSTOMER, ShopDoor.LINE, ShopDoor.ORDER, "sys__OrganizationUnit");
    }

    @Test
    void aChangedFormulaIsComputedForAllRecordsWithWhatFollows() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        Row line = door.line(order, 3, "10.00");
        CompiledModel next = changed("objects/Line.yaml", "quantity * price", "quantity * price * 2.0");

        long computed = door.records().bringUp(next, Optional.of(first), door.managerIdentity());
        door.publish(next);

        assertThat(computed).isEqualTo(1);
        assertThat(door.reload(line).values()).containsEntry("amount", decimal("60.00"));
        assertThat(door.reload(order).values()).containsEntry("total", decimal("60.00"));
        assertThat(door.reload(customer).values()).containsEntry("orderTotal", decimal("60.00"));
        assertThat(door.records().bringUp(next, Optional.empty(), door.managerIdentity()))
                .as("computing again what is right writes nothing")
                .isZero();
    }

    @Test
    void anotherValueOfASettingIsAnotherFormula() {
        Row order = door.order(door.customer("Ada"));
        door.line(order, 1, "50.00");
        assertThat(door.reload(order).values()).containsEntry("shipping", "paid");
        CompiledModel next = changed("settings.yaml", "value: 100", "value: 50");

        assertThat(door.records().outdated(next, Optional.of(first))).containsExactly(ShopDoor.ORDER);
        door.records().bringUp(next, Optional.of(first), door.managerIdentity());
        door.publish(next);

        assertThat(door.reload(order).values()).containsEntry("shipping", "free");
    }
}
