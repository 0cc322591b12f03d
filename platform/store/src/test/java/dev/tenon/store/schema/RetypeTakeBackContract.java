package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.model;
import static dev.tenon.store.TestModels.object;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType.UniqueKey;
import dev.tenon.records.RecordsError;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Retypes of fields in keys of several fields, which databases tie to their columns, and the way back from them. */
abstract class RetypeTakeBackContract extends EvolvingTables {

    private static final int LARGE = 20;

    RetypeTakeBackContract() {
        super(new SchemaSettings(LARGE, Duration.ofMillis(500), 30));
    }

    private Model keyed(int version, boolean ignoreCase, FieldType type) {
        return model(
                tenant,
                version,
                object(
                        OFFER,
                        List.of(new UniqueKey("titleAndCode", List.of("title", "code"), ignoreCase)),
                        field("title", text(20)),
                        field("code", type)));
    }

    private UUID offer(Model model, String title, Object code) {
        UUID id = RecordIds.next();
        records.insert(model, OFFER, id, Map.of("title", title, "code", code));
        return id;
    }

    private void assertTaken(Model model, String title, Object code) {
        assertThatThrownBy(() -> offer(model, title, code))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(RecordsError.DUPLICATE));
    }

    private void fill(Model model, int rows) {
        for (int i = 0; i < rows; i++) {
            offer(
                    model,
                    "row",
                    model.requireObject(OFFER).requireField("code").type() instanceof FieldType.Text
                            ? "00" + i
                            : (Object) (long) i);
        }
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 2", "false, 40", "true, 40"})
    void aModelThatNeverCameAndAnUndoneOneLeaveTheKeyOfBefore(boolean ignoreCase, int rows) {
        Model before = keyed(1, ignoreCase, text(40));
        publish(before, null);
        fill(before, rows);
        UUID known = offer(before, "known", "007");
        Model after = keyed(2, ignoreCase, whole());

        evolve(after, before, StepListener.NONE);
        recover(before);

        assertThat(evolution().plan(tenant, before)).isEmpty();
        assertThat(catalogue.read(tenant).former()).isEmpty();
        assertThat(value(before, known)).isEqualTo("007");
        assertTaken(before, ignoreCase ? "Known" : "known", "007");

        publish(after, before);
        assertThat(value(after, known)).isEqualTo(7L);
        assertTaken(after, ignoreCase ? "KNOWN" : "known", 7L);
        UUID late = offer(after, "known", 8L);

        Model undone = keyed(3, ignoreCase, text(40));
        publish(undone, after);
        assertThat(evolution().plan(tenant, undone)).isEmpty();
        assertThat(value(undone, known)).isEqualTo("007");
        assertThat(value(undone, late)).isEqualTo("8");
        assertTaken(undone, "known", "007");
        assertTaken(undone, "known", "8");
        assertThat(evolution().purge(tenant, undone, NOW.plus(Duration.ofDays(30))))
                .isTrue();
        assertThat(catalogue.read(tenant).former()).isEmpty();
        assertTaken(undone, "known", "007");
        assertThat(rows()).isEqualTo(rows + 2);
    }

    /** From a number: then the new column is the folded text. */
    @ParameterizedTest
    @CsvSource({"false, 2", "true, 2", "false, 40", "true, 40"})
    void aNumberThatBecomesAFoldedTextIsTakenBack(boolean ignoreCase, int rows) {
        Model before = keyed(1, ignoreCase, whole());
        publish(before, null);
        fill(before, rows);
        UUID known = offer(before, "known", 7L);
        Model after = keyed(2, ignoreCase, text(40));

        evolve(after, before, StepListener.NONE);
        recover(before);
        assertThat(evolution().plan(tenant, before)).isEmpty();
        assertThat(value(before, known)).isEqualTo(7L);
        assertTaken(before, "known", 7L);

        publish(after, before);
        assertTaken(after, "known", "7");
        publish(keyed(3, ignoreCase, whole()), after);
        assertTaken(keyed(3, ignoreCase, whole()), "known", 7L);
    }

    /** The values of before are looked for, and those that no longer fit are not taken. */
    @ParameterizedTest
    @CsvSource({"false, 2", "true, 2", "false, 40", "true, 40"})
    void aNumberOfAKeyBecomesAShorterTextThanItWas(boolean ignoreCase, int rows) {
        Model text = keyed(1, ignoreCase, text(40));
        publish(text, null);
        fill(text, rows);
        UUID fits = offer(text, "fits", "0007");
        UUID tooLong = offer(text, "too long", "000000000007");
        Model number = keyed(2, ignoreCase, whole());
        publish(number, text);

        Model shorter = keyed(3, ignoreCase, text(10));
        publish(shorter, number);

        assertThat(value(shorter, fits)).isEqualTo("0007");
        assertThat(value(shorter, tooLong)).isEqualTo("7");
        assertTaken(shorter, "fits", "0007");
        assertTaken(shorter, "too long", "7");
    }

    @ParameterizedTest
    @CsvSource({"false, 2", "true, 40"})
    void anInterruptedRetypeOfAKeyIsTakenBackFromAnywhere(boolean ignoreCase, int rows) {
        for (int at = 0; ; at++) {
            newTenant();
            Model before = keyed(1, ignoreCase, text(40));
            Model after = keyed(2, ignoreCase, whole());
            publish(before, null);
            fill(before, rows);
            UUID known = offer(before, "known", "007");
            if (!crashed(at, crash -> evolve(after, before, crash))) {
                assertThat(at).isGreaterThanOrEqualTo(2);
                return;
            }
            evolution().resume();
            recover(before);
            assertThat(value(before, known)).isEqualTo("007");
            assertTaken(before, "known", "007");
            publish(after, before);
            assertTaken(after, "known", 7L);
        }
    }
}
