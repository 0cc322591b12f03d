package dev.tenon.records;

import static dev.tenon.records.shop.ShopDoor.decimal;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.shop.InMemoryRecordStore;
import dev.tenon.records.shop.ShopDoor;
import dev.tenon.records.shop.ShopPackage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
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
        assertThat(door.records().outdated(door.model(), List.of(first))).isEmpty();
        assertThat(door.records().outdated(door.model(), List.of()))
                .contains(ShopDoor.CUSTOMER, ShopDoor.LINE, ShopDoor.ORDER, "sys__OrganizationUnit");
    }

    @Test
    void aChangedFormulaIsComputedForAllRecordsWithWhatFollows() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        Row line = door.line(order, 3, "10.00");
        CompiledModel next = changed("objects/Line.yaml", "quantity * price", "quantity * price * 2.0");

        ComputedFields.Outcome computed = door.records().bringUp(next, List.of(first), door.managerIdentity());
        door.publish(next);

        assertThat(computed.changed()).as("the line, its order, its customer").isEqualTo(3);
        assertThat(door.reload(line).values()).containsEntry("amount", decimal("60.00"));
        assertThat(door.reload(order).values()).containsEntry("total", decimal("60.00"));
        assertThat(door.reload(customer).values()).containsEntry("orderTotal", decimal("60.00"));
        assertThat(door.records()
                        .bringUp(next, List.of(), door.managerIdentity())
                        .changed())
                .as("computing again what is right writes nothing")
                .isZero();
    }

    @Test
    void anotherValueOfASettingIsAnotherFormula() {
        Row order = door.order(door.customer("Ada"));
        door.line(order, 1, "50.00");
        assertThat(door.reload(order).values()).containsEntry("shipping", "paid");
        CompiledModel next = changed("settings.yaml", "value: 100", "value: 50");

        assertThat(door.records().outdated(next, List.of(first))).containsExactly(ShopDoor.ORDER);
        door.records().bringUp(next, List.of(first), door.managerIdentity());
        door.publish(next);

        assertThat(door.reload(order).values()).containsEntry("shipping", "free");
    }

    @Test
    void everyObjectIsLookedAtOnceBehindWhatItIsMadeOf() {
        CompiledModel next = changed("objects/Line.yaml", "quantity * price", "quantity * price * 2.0");

        assertThat(door.records().outdated(next, List.of(first)))
                .containsExactly(ShopDoor.LINE, ShopDoor.ORDER, ShopDoor.CUSTOMER);
        Model between = next.model();
        assertThat(door.records().outdated(door.model(), List.of(first, between)))
                .as("what was computed for a model between is computed back")
                .containsExactly(ShopDoor.LINE, ShopDoor.ORDER, ShopDoor.CUSTOMER);
    }

    @Test
    void interruptedInTheMiddleItGoesOnWhereItWas() {
        Row customer = door.customer("Ada");
        Row order = door.order(customer);
        for (int i = 1; i <= 3; i++) {
            door.line(order, i, "10.00");
        }
        CompiledModel next = changed("objects/Line.yaml", "quantity * price", "quantity * price * 2.0");
        List<ComputedFields.Place> places = new ArrayList<>();
        door.records().bringUp(next, List.of(first), door.managerIdentity(), Optional.empty(), places::add);
        assertThat(places)
                .extracting(place -> place.stage() + " " + place.object() + " " + place.done())
                .containsExactly(
                        "0 " + ShopDoor.LINE + " 3", "1 " + ShopDoor.ORDER + " 4", "2 " + ShopDoor.CUSTOMER + " 5");
        CompiledModel third = changed("objects/Line.yaml", "quantity * price", "quantity * price * 3.0");

        ComputedFields.Outcome rest = door.records()
                .bringUp(third, List.of(first), door.managerIdentity(), Optional.of(places.getFirst()), place -> {});

        assertThat(rest.changed())
                .as("the lines are done, and nothing above them is different")
                .isZero();
        assertThat(door.records()
                        .bringUp(
                                third,
                                List.of(first),
                                door.managerIdentity(),
                                Optional.of(new ComputedFields.Place(1, ShopDoor.LINE, order.id(), 3)),
                                place -> {})
                        .changed())
                .as("a place in stages that are others now is no place")
                .isEqualTo(5);
    }

    @Test
    void aRecordThatCannotBeComputedKeepsItsValueAndTheOthersAreComputed() {
        Row order = door.order(door.customer("Ada"));
        Row small = door.line(order, 1, "10.00");
        Row large = door.line(order, 1000, "10.00");
        CompiledModel next =
                changed("objects/Line.yaml", "quantity * price", "quantity < 10 ? 7.0 : quantity * 100000000000.0");

        ComputedFields.Outcome outcome = door.records().bringUp(next, List.of(first), door.managerIdentity());
        door.publish(next);

        assertThat(outcome.failures()).isEqualTo(1);
        assertThat(outcome.first())
                .get()
                .satisfies(why -> assertThat(why.code()).isEqualTo(RecordsError.EXPRESSION_FAILED));
        assertThat(door.reload(small).values()).containsEntry("amount", decimal("7.00"));
        assertThat(door.reload(large).values()).containsEntry("amount", decimal("10000.00"));
        assertThat(door.reload(order).values()).containsEntry("total", decimal("10007.00"));
    }
}
