package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.decimal;
import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.picklist;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.StoreError;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.RetypeLoss;
import dev.tenon.tenancy.RetypeLoss.Kind;
import dev.tenon.tenancy.RetypeLosses;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Fields whose type changes with their values, and data that left the model. */
abstract class RetypeContract extends EvolvingTables {

    /** Tables with more rows are changed as large ones are. */
    private static final int LARGE = 20;

    RetypeContract() {
        super(new SchemaSettings(LARGE, Duration.ofMillis(500), 30));
    }

    /** Publishes a type after another and tells what became of values. */
    private List<Object> converted(FieldType from, FieldType to, Object... values) {
        newTenant();
        Model before = with(1, from);
        Model after = with(2, to);
        publish(before, null);
        List<UUID> ids = Arrays.stream(values).map(v -> insert(before, v)).toList();
        publish(after, before);
        assertThat(evolution().plan(tenant, after)).isEmpty();
        insert(after, null);
        return new ArrayList<>(ids.stream()
                .map(id -> value(after, id))
                .map(v -> v instanceof BigDecimal number ? number.toPlainString() : v)
                .toList());
    }

    @Test
    void valuesOfEachTypeBecomeValuesOfTheOther() {
        assertThat(converted(text(40), whole(), "7", " 12 ", "1.5", "x", "9223372036854775808"))
                .containsExactly(7L, 12L, null, null, null);
        assertThat(converted(text(40), decimal(5, 2), "7", "1.005", "-3.5", "1000", "1e3"))
                .containsExactly("7.00", "1.01", "-3.50", null, null);
        assertThat(converted(text(40), new FieldType.DateOnly(), "2026-02-28", "2024-02-29", "2026-02-29", "1.3.26"))
                .containsExactly(LocalDate.of(2026, 2, 28), LocalDate.of(2024, 2, 29), null, null);
        assertThat(converted(
                        text(40),
                        new FieldType.DateTime(),
                        "2026-02-28",
                        "2026-02-28T10:30Z",
                        "2026-02-28 10:30:15+08:00",
                        "2026-02-28T10:30",
                        "soon"))
                .containsExactly(
                        Instant.parse("2026-02-28T00:00:00Z"),
                        Instant.parse("2026-02-28T10:30:00Z"),
                        Instant.parse("2026-02-28T02:30:15Z"),
                        Instant.parse("2026-02-28T10:30:00Z"),
                        null);
        assertThat(converted(text(40), new FieldType.Bool(), "true", "No", "perhaps"))
                .containsExactly(true, false, null);
        assertThat(converted(text(40), picklist("open", "done"), "open", "Done ", "lost"))
                .containsExactly("open", "done", null);
        assertThat(converted(decimal(9, 2), whole(), new BigDecimal("2.50"), new BigDecimal("7.00")))
                .containsExactly(3L, 7L);
        assertThat(converted(whole(), text(3), 7L, 1234L)).containsExactly("7", null);
        assertThat(converted(decimal(9, 2), text(20), new BigDecimal("1.50"))).containsExactly("1.50");
        assertThat(converted(new FieldType.Bool(), text(20), true, false)).containsExactly("true", "false");
        assertThat(converted(new FieldType.DateOnly(), text(20), LocalDate.of(2026, 2, 3)))
                .containsExactly("2026-02-03");
        assertThat(converted(new FieldType.DateTime(), text(20), Instant.parse("2026-02-03T22:10:00Z")))
                .containsExactly("2026-02-03T22:10:00Z");
        assertThat(converted(new FieldType.DateTime(), new FieldType.DateOnly(), Instant.parse("2026-02-03T22:10:00Z")))
                .containsExactly(LocalDate.of(2026, 2, 3));
        assertThat(converted(new FieldType.DateOnly(), new FieldType.DateTime(), LocalDate.of(2026, 2, 3)))
                .containsExactly(Instant.parse("2026-02-03T00:00:00Z"));
        assertThat(converted(text(40), text(3), "abcdef", "ab")).containsExactly("abc", "ab");
        assertThat(converted(picklist("open", "done"), text(40), "open")).containsExactly("open");
        assertThat(converted(whole(), picklist("1", "2"), 1L, 3L)).containsExactly("1", null);
    }

    @Test
    void lossesAreCountedAndWantToBeConfirmedAsTheyAre() {
        Model before = with(1, text(40));
        Model after = with(2, whole());
        publish(before, null);
        insert(before, "7");
        UUID lost = insert(before, "seven");
        JournaledSchemaEvolution evolution = evolution();
        Wanted wanted = new Wanted(after, Optional.of(before), Optional.empty());

        RetypeLosses losses = evolution.losses(tenant, wanted);

        assertThat(losses.losses())
                .containsExactly(new RetypeLoss(OFFER, "code", "text(40)", "whole", Kind.EMPTIED, 1));
        assertThat(evolution.losingRecords(tenant, wanted, losses.losses().getFirst(), 100))
                .containsExactly(lost);
        assertRefused(wanted);
        insert(before, "eight");
        assertRefused(new Wanted(after, Optional.of(before), Optional.of(losses.digest())));
        publish(after, before);
        assertThat(value(after, lost)).isNull();
    }

    private void assertRefused(Wanted wanted) {
        assertThatThrownBy(() -> evolution().evolve(tenant, wanted, Initiator.PLATFORM, id -> {}))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.details())
                        .singleElement()
                        .satisfies(d -> assertThat(d.code()).isEqualTo(StoreError.VALUES_WOULD_BE_LOST)));
    }

    @Test
    void textIsNoMarkupAndAReferenceIsNothingElse() {
        for (FieldType wanted : List.of(new FieldType.RichText(400), new FieldType.Lookup("sys__User"))) {
            newTenant();
            Model before = with(1, text(40));
            publish(before, null);
            insert(before, "<b>");
            assertThatThrownBy(() -> publish(with(2, wanted), before))
                    .asInstanceOf(type(PlatformException.class))
                    .satisfies(e -> assertThat(e.details())
                            .singleElement()
                            .satisfies(d -> assertThat(d.code()).isEqualTo(StoreError.COLUMN_TYPE_CHANGE)));
        }
    }

    @Test
    void theWayBackRestoresWhatNobodyHasChangedSince() {
        Model first = with(1, text(40));
        Model second = with(2, whole());
        Model third = with(3, text(40));
        publish(first, null);
        UUID word = insert(first, "seven");
        UUID zeros = insert(first, "007");
        UUID changed = insert(first, "1");
        publish(second, first);
        records.update(second, OFFER, changed, 1, Map.of("code", 9L));
        UUID late = insert(second, 10L);
        publish(third, second);
        assertThat(List.of(word, zeros, changed, late))
                .extracting(id -> value(third, id))
                .containsExactly("seven", "007", "9", "10");
    }

    @Test
    void whoWritesWithTheModelOfBeforeIsUnderstood() {
        Model before = with(1, text(40));
        Model after = with(2, whole());
        publish(before, null);
        UUID known = insert(before, "1");
        JournaledSchemaEvolution evolution = evolution();
        evolution.evolve(
                tenant, new Wanted(after, Optional.of(before), Optional.empty()), Initiator.PLATFORM, id -> {});
        records.update(before, OFFER, known, 1, Map.of("code", "2"));
        UUID late = insert(before, "3");
        assertThat(value(before, late)).isEqualTo("3");
        switchTo(after);
        assertThat(value(after, known)).isEqualTo(2L);
        assertThat(value(after, late)).isEqualTo(3L);
        UUID fresh = insert(after, 4L);
        records.update(after, OFFER, known, 2, Map.of("code", 5L));
        assertThat(value(after, fresh)).isEqualTo(4L);
        assertThat(value(after, known)).isEqualTo(5L);
    }

    @Test
    void aModelThatNeverCameLeavesTheColumnsOfBefore() {
        Model before = with(1, unique("code", text(40)));
        Model after = with(2, unique("code", whole()));
        publish(before, null);
        UUID known = insert(before, "1");
        JournaledSchemaEvolution evolution = evolution();
        evolution.evolve(
                tenant, new Wanted(after, Optional.of(before), Optional.empty()), Initiator.PLATFORM, id -> {});
        evolution.inForce(tenant, 1);
        evolution.evolve(tenant, before);
        assertThat(value(before, known)).isEqualTo("1");
        insert(before, "x");
        assertThat(catalogue.read(tenant).former()).isEmpty();
        assertThat(evolution.plan(tenant, before)).isEmpty();
        assertThatThrownBy(() -> insert(before, "x")).isInstanceOf(PlatformException.class);
    }

    private void fill(Model model) {
        for (int i = 0; i < 2 * LARGE; i++) {
            insert(model, BigDecimal.valueOf(i).equals(BigDecimal.ZERO) ? null : String.valueOf(i));
        }
    }

    @Test
    void aLargeTableIsConvertedInTheBackgroundFromWhereverItIsInterrupted() {
        int points = 0;
        for (int at = 0; ; at++) {
            newTenant();
            Model before = with(1, unique("code", text(40)));
            Model after = with(2, unique("code", whole()));
            publish(before, null);
            fill(before);
            UUID known = insert(before, "777");
            if (!crashed(at, crash -> publish(after, before, crash))) {
                break;
            }
            points++;
            JournaledSchemaEvolution evolution = evolution();
            evolution.resume();
            evolution.inForce(tenant, 1);
            evolution.evolve(tenant, before);
            assertThat(value(before, known)).isEqualTo("777");
            insert(before, "old");
            assertThat(rows()).isEqualTo(2 * LARGE + 2);
            publish(after, before);
            assertThat(value(after, known)).isEqualTo(777L);
            assertThat(rows()).isEqualTo(2 * LARGE + 2);
            assertThat(evolution.changes(tenant, 1).getFirst().state()).isEqualTo(State.DONE);
        }
        assertThat(points).isGreaterThanOrEqualTo(4);
    }

    @Test
    void aColumnThatWouldBeRewrittenIsConvertedWhereTheTableIsLarge() {
        Model before = with(1, whole());
        Model after = with(2, decimal(12, 3));
        publish(before, null);
        for (int i = 0; i <= LARGE; i++) {
            insert(before, (long) i);
        }
        UUID known = insert(before, 5L);
        List<SchemaStep> steps = new ArrayList<>();
        publish(after, before, new StepListener() {
            @Override
            public void marked(String of, int ordinal, SchemaStep step) {
                steps.add(step);
            }
        });
        assertThat((BigDecimal) value(after, known)).isEqualByComparingTo("5");
        assertThat(steps).noneMatch(SchemaStep.ChangeType.class::isInstance).anyMatch(SchemaStep::takesTime);
    }

    @Test
    void dataThatLeftTheModelIsKeptForItsTimeAndThenRemoved() {
        for (int rows : new int[] {1, 2 * LARGE}) {
            newTenant();
            Model full = model(
                    tenant,
                    1,
                    object(OFFER, field("title", text(20)), field("code", text(20))),
                    object("recruiting__Note", field("body", text(20))));
            Model without = model(tenant, 2, object(OFFER, field("title", text(20))));
            publish(full, null);
            for (int i = 0; i < rows; i++) {
                insert(full, "c" + i);
            }
            publish(without, full);
            JournaledSchemaEvolution evolution = evolution();
            assertThat(evolution.kept(tenant))
                    .extracting(KeptData::object, KeptData::field, KeptData::until)
                    .containsExactlyInAnyOrder(
                            org.assertj.core.api.Assertions.tuple(OFFER, "code", NOW.plus(Duration.ofDays(30))),
                            org.assertj.core.api.Assertions.tuple(
                                    "recruiting__Note", "", NOW.plus(Duration.ofDays(30))));
            assertThat(evolution.purge(tenant, without, NOW.plus(Duration.ofDays(29))))
                    .isFalse();
            assertThat(evolution.purge(tenant, without, NOW.plus(Duration.ofDays(30))))
                    .isTrue();
            assertThat(evolution.purge(tenant, without, NOW.plus(Duration.ofDays(31))))
                    .isFalse();
            assertThat(evolution.kept(tenant))
                    .allSatisfy(k -> assertThat(k.purgedAt()).contains(NOW.plus(Duration.ofDays(30))));
            assertThat(rows()).isEqualTo(rows);
            Model again = model(tenant, 3, full.objects().values().toArray(dev.tenon.metadata.model.ObjectType[]::new));
            publish(again, without);
            assertThat(value(again, insert(again, "new"))).isEqualTo("new");
            assertThat(database.dsl()
                            .fetchCount(catalogue
                                    .tables(again)
                                    .object("recruiting__Note")
                                    .table()))
                    .isZero();
        }
    }

    @Test
    void whatComesBackInTimeIsNotRemoved() {
        Model full = with(1, text(20));
        Model without = with(2);
        publish(full, null);
        UUID known = insert(full, "kept");
        publish(without, full);
        Model again = with(3, text(20));
        publish(again, without);
        JournaledSchemaEvolution evolution = evolution();
        assertThat(evolution.kept(tenant)).isEmpty();
        assertThat(evolution.purge(tenant, again, NOW.plus(Duration.ofDays(90))))
                .isFalse();
        assertThat(value(again, known)).isEqualTo("kept");
    }

    @Test
    void valuesFromBeforeARetypeAreRemovedAfterTheirTime() {
        Model before = with(1, text(40));
        Model after = with(2, whole());
        publish(before, null);
        UUID known = insert(before, "7");
        publish(after, before);
        JournaledSchemaEvolution evolution = evolution();
        assertThat(evolution.kept(tenant))
                .singleElement()
                .satisfies(k -> assertThat(k.former()).isTrue());
        assertThat(evolution.purge(tenant, after, NOW.plus(Duration.ofDays(30))))
                .isTrue();
        assertThat(catalogue.read(tenant).former()).isEmpty();
        assertThat(value(after, known)).isEqualTo(7L);
    }
}
