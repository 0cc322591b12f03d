package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.files;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.access.Identity;
import dev.tenon.automation.ImportStatus.State;
import dev.tenon.automation.Imports.FileChoice;
import dev.tenon.automation.Imports.Mode;
import dev.tenon.automation.Imports.Request;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.Query;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Customizing.UndoConsent;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.RetypeLoss;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Fields and objects that come back to the data that they left, after the data around them has gone on. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ReturningDataContract {

    private static final String TENANT = "returning";

    private final Identity system = Node.system(TENANT);
    private Node node;
    private int objects;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        node = new Node(settings(folder), folder, StepListener.NONE, List.of());
        node.tenancy().start();
        node.tenancy().packages().add(system, ShopPackage.first());
        node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
    }

    @AfterAll
    void close() {
        node.close();
    }

    private String object(LayerEdit... more) {
        String name = "c__Thing" + ++objects;
        List<LayerEdit> edits = new ArrayList<>(List.of(
                add("object:" + name, "label", name, "pluralLabel", name, "titleField", "name"),
                add("field:" + name + "/name", "type", "text", "label", "Name", "maxLength", 80)));
        edits.addAll(List.of(more));
        applied(edits);
        return name;
    }

    private Customizing customizing() {
        return node.tenancy().customizing();
    }

    private long applied(LayerEdit... edits) {
        return applied(List.of(edits));
    }

    private long applied(List<LayerEdit> edits) {
        String seen = customizing().losses(system, edits).digest();
        return customizing()
                .apply(system, edits, Optional.empty(), false, Optional.of(seen))
                .orThrow();
    }

    private long undone(long version) {
        String seen = customizing().undoLosses(system, version).digest();
        return customizing()
                .undo(system, version, Optional.empty(), false, new UndoConsent(Optional.of(seen), false))
                .orThrow();
    }

    private static LayerEdit remove(String element) {
        return new LayerEdit.RemoveElement(ElementKey.parse(element));
    }

    private static LayerEdit reset(String element, String property) {
        return new LayerEdit.ResetProperty(ElementKey.parse(element), property);
    }

    private UUID create(String object, @Nullable Object... namesAndValues) {
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        return node.session(system).create(object, values).id();
    }

    private @Nullable Object value(String object, UUID id, String field) {
        return node.session(system)
                .find(object, id, Query.Selection.ALL)
                .orElseThrow()
                .values()
                .get(field);
    }

    private static LayerEdit field(String object, String name, String type, @Nullable Object... namesAndValues) {
        List<@Nullable Object> all = new ArrayList<>(List.of("type", type, "label", name));
        all.addAll(List.of(namesAndValues));
        return add("field:" + object + "/" + name, all.toArray());
    }

    private static LayerEdit text(String object, String name) {
        return field(object, name, "text", "maxLength", 400);
    }

    private List<LayerEdit> formula(String object, String name, Map<String, Object> result, String expression) {
        String field = "field:" + object + "/" + name;
        return List.of(
                reset(field, "maxLength"),
                set(field, "type", "formula"),
                set(field, "result", result),
                set(field, "expression", expression));
    }

    private void assertNotTakenOver(LayerEdit edit) {
        assertThatThrownBy(() -> applied(edit))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(refused -> assertThat(refused.details())
                        .singleElement()
                        .satisfies(d -> assertThat(d.code()).isEqualTo(StoreError.COLUMN_TYPE_CHANGE)));
    }

    @Test
    void plainTextThatWasLeftIsNeitherMarkupNorJsonNorANumber() {
        for (String type : List.of("richText", "json", "autoNumber")) {
            String object = object();
            applied(text(object, "note"));
            UUID id = create(object, "name", "x", "note", "<script>alert(1)</script>");
            long gone = applied(remove("field:" + object + "/note"));
            assertNotTakenOver(
                    type.equals("autoNumber")
                            ? field(object, "note", type, "format", "N-{000}")
                            : field(object, "note", type, "maxLength", 400));
            undone(gone);
            assertThat(value(object, id, "note")).isEqualTo("<script>alert(1)</script>");
        }
    }

    @Test
    void aReferenceToARecordOfOneObjectIsNoneToAnother() {
        String object = object();
        applied(field(object, "who", "lookup", "target", "shop__Customer"));
        UUID customer = create("shop__Customer", "name", "C", "code", object);
        UUID id = create(object, "name", "x", "who", customer);
        assertNotTakenOver(set("field:" + object + "/who", "target", "shop__Order"));
        long gone = applied(remove("field:" + object + "/who"));
        assertNotTakenOver(field(object, "who", "lookup", "target", "shop__Order"));
        undone(gone);
        assertThat(value(object, id, "who")).isEqualTo(customer);
    }

    @Test
    void whatPeopleHaveEnteredIsListedBeforeAFormulaTakesItsPlaceAndComesBack() {
        List<Map<String, Object>> results = List.of(
                Map.of("type", "text", "maxLength", 400),
                Map.of("type", "text", "maxLength", 20),
                Map.of("type", "integer"));
        for (Map<String, Object> result : results) {
            String object = object();
            applied(text(object, "note"));
            UUID id = create(object, "name", "7", "note", "mine");
            UUID empty = create(object, "name", "8");
            boolean number = result.get("type").equals("integer");
            List<LayerEdit> formula = formula(object, "note", result, number ? "7" : "name");

            assertThat(customizing().losses(system, formula).losses())
                    .singleElement()
                    .satisfies(loss -> {
                        assertThat(loss.what().kind()).isEqualTo(RetypeLoss.Kind.EMPTIED);
                        assertThat(loss.what().to()).isEqualTo("computed");
                        assertThat(loss.records())
                                .singleElement()
                                .satisfies(record -> assertThat(record.value()).isEqualTo("mine"));
                    });
            assertThat(customizing().apply(system, formula, Optional.empty(), false))
                    .isInstanceOf(Publication.Refused.class);
            long version = applied(formula);
            assertThat(value(object, id, "note")).isEqualTo(number ? 7L : "7");
            UUID later = create(object, "name", "9");
            undone(version);
            assertThat(value(object, id, "note")).isEqualTo("mine");
            assertThat(value(object, empty, "note")).isNull();
            assertThat(value(object, later, "note")).isNull();
        }
    }

    @Test
    void whatAFormulaHasComputedIsNotTakenForWhatPeopleHaveEntered() {
        String object = object();
        applied(text(object, "note"));
        UUID id = create(object, "name", "7", "note", "mine");
        long first = applied(formula(object, "note", Map.of("type", "text", "maxLength", 400), "name"));
        long second = applied(
                set("field:" + object + "/note", "result", Map.of("type", "integer")),
                set("field:" + object + "/note", "expression", "7"));
        assertThat(value(object, id, "note")).isEqualTo(7L);
        undone(second);
        undone(first);
        assertThat(value(object, id, "note")).isEqualTo("mine");
        long gone = applied(remove("field:" + object + "/note"));
        long computed = applied(field(
                object, "note", "formula", "result", Map.of("type", "text", "maxLength", 400), "expression", "name"));
        assertThat(value(object, id, "note")).isEqualTo("7");
        undone(computed);
        undone(gone);
        assertThat(value(object, id, "note")).isEqualTo("mine");
    }

    @Test
    void aFormulaThatIsEditedAndLeftAndComesBackAsksForNothing() {
        String object = object(text("c__Thing" + (objects + 1), "note"));
        applied(field(
                object, "calls", "formula", "result", Map.of("type", "text", "maxLength", 90), "expression", "note"));
        UUID id = create(object, "name", "x", "note", "a");
        long gone = applied(remove("field:" + object + "/calls"));
        node.session(system).update(object, id, Optional.empty(), Map.of("note", "b"));
        assertThat(customizing().undoLosses(system, gone).losses()).isEmpty();
        undone(gone);
        assertThat(value(object, id, "calls")).isEqualTo("b");
    }

    @Test
    void aFormulaThatItsPackageGivesUpAndTakesUpAgainAsksForNothing() {
        Map<String, byte[]> with = files("package.yaml", """
                name: calc
                namespace: calc
                version: 1.0.0
                title: Calc
                summary: Sums.
                """, "objects/Sum.yaml", """
                label: Sum
                titleField: name
                fields:
                  name: {type: text, label: Name, maxLength: 80}
                  calls: {type: formula, label: Calls, result: {type: text, maxLength: 90}, expression: "name"}
                  note: {type: text, label: Note, maxLength: 20}
                """);
        Map<String, byte[]> without = new LinkedHashMap<>(with);
        ShopPackage.replace(without, "package.yaml", "1.0.0", "1.1.0");
        ShopPackage.replace(
                without,
                "objects/Sum.yaml",
                "  calls: {type: formula, label: Calls, result: {type: text, maxLength: 90}, expression: \"name\"}\n",
                "");
        node.tenancy().packages().add(system, with);
        node.tenancy().packages().add(system, without);
        node.tenancy()
                .packages()
                .apply(system, new PackageId("calc", "1.0.0"))
                .publication()
                .orThrow();
        applied(add("view:calc__Sum/c__mine", "label", "Mine", "columns", List.of("name", "calls")));
        UUID id = create("calc__Sum", "name", "a");
        node.tenancy()
                .packages()
                .apply(system, new PackageId("calc", "1.1.0"))
                .publication()
                .orThrow();
        node.session(system).update("calc__Sum", id, Optional.empty(), Map.of("name", "b"));
        node.tenancy().packages().rollback(system, "calc").orThrow();
        assertThat(value("calc__Sum", id, "calls")).isEqualTo("b");
    }

    @Test
    void markupJsonAndMomentsComeBackFromPlainTextAsTheyWere() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("richText", "<p>one <strong>two</strong></p>");
        values.put("json", Map.of("a", List.of(1L)));
        values.put("dateTime", Instant.parse("2026-02-03T22:10:15.123456Z"));
        values.put("time", LocalTime.parse("22:10:15.123456"));
        values.forEach((type, value) -> {
            String object = object();
            boolean sized = type.equals("richText") || type.equals("json");
            applied(sized ? field(object, "v", type, "maxLength", 400) : field(object, "v", type));
            UUID id = create(object, "name", "x", "v", value);
            Object stored = value(object, id, "v");
            List<LayerEdit> plain = new ArrayList<>(List.of(set("field:" + object + "/v", "type", "text")));
            if (!sized) {
                plain.add(set("field:" + object + "/v", "maxLength", 400));
            }
            long version = applied(plain);
            UUID changed = create(object, "name", "y", "v", "plain <b>");
            undone(version);
            assertThat(value(object, id, "v")).as(type).isEqualTo(stored);
            assertThat(value(object, changed, "v")).as(type).isNull();
        });
    }

    @Test
    void aFieldThatWasDeletedAndMadeAnewWithAnotherTypeComesBackWithItsValues() {
        String object = object();
        applied(text(object, "n"));
        UUID zeros = create(object, "name", "x", "n", "007");
        UUID word = create(object, "name", "x", "n", "many");
        long gone = applied(remove("field:" + object + "/n"));
        long anew = applied(field(object, "n", "integer"));
        assertThat(value(object, zeros, "n")).isEqualTo(7L);
        assertThat(value(object, word, "n")).isNull();
        undone(anew);
        undone(gone);
        assertThat(value(object, zeros, "n")).isEqualTo("007");
        assertThat(value(object, word, "n")).isEqualTo("many");
    }

    @Test
    void aReferenceThatComesBackToARecordThatWasDeletedMeanwhileIsListedAndEmptied() {
        String object = object();
        applied(field(object, "who", "lookup", "target", "shop__Customer"));
        UUID gone = create("shop__Customer", "name", "C", "code", object + "gone");
        UUID there = create("shop__Customer", "name", "C", "code", object + "there");
        UUID lost = create(object, "name", "lost", "who", gone);
        UUID kept = create(object, "name", "kept", "who", there);
        long without = applied(remove("field:" + object + "/who"));
        node.session(system).delete("shop__Customer", gone, Optional.empty());

        assertThat(customizing().undoLosses(system, without).losses())
                .singleElement()
                .satisfies(loss -> assertThat(loss.what())
                        .isEqualTo(new RetypeLoss(
                                object,
                                "who",
                                "record of shop__Customer",
                                "record of shop__Customer",
                                RetypeLoss.Kind.REFERENCE_GONE,
                                1)));
        assertThat(customizing().undo(system, without, Optional.empty(), false))
                .isInstanceOf(Publication.Refused.class);
        undone(without);

        assertThat(value(object, lost, "who")).isNull();
        assertThat(value(object, kept, "who")).isEqualTo(there);
    }

    @Test
    void partsThatComeBackWithoutWhatTheyBelongToAreListedAndRemovedWithTheirParts() {
        String master = object();
        String part = object();
        String small = object();
        applied(
                field(part, "of", "masterDetail", "target", master),
                field(small, "of", "masterDetail", "target", part));
        UUID gone = create(master, "name", "gone");
        UUID there = create(master, "name", "there");
        UUID lost = create(part, "name", "lost", "of", gone);
        UUID kept = create(part, "name", "kept", "of", there);
        UUID lostToo = create(small, "name", "lost", "of", lost);
        UUID keptToo = create(small, "name", "kept", "of", kept);
        long without = applied(remove("object:" + small), remove("object:" + part));
        node.session(system).delete(master, gone, Optional.empty());

        assertThat(customizing().undoLosses(system, without).losses())
                .extracting(loss -> loss.what().object(), loss -> loss.what().kind())
                .containsExactly(org.assertj.core.api.Assertions.tuple(part, RetypeLoss.Kind.RECORD_GONE));
        undone(without);

        assertThat(List.of(lost, kept)).map(id -> found(part, id)).containsExactly(false, true);
        assertThat(List.of(lostToo, keptToo)).map(id -> found(small, id)).containsExactly(false, true);
    }

    private boolean found(String object, UUID id) {
        return node.session(system).find(object, id, Query.Selection.ALL).isPresent();
    }

    @Test
    void anImportIntoWhatIsGoneMeanwhileEndsWithTheReason() throws InterruptedException {
        String whole = object();
        String part = object();
        applied(text(part, "note"));
        Identity clerk = node.person(TENANT, "shop__clerk", "sys__administrator");
        for (String object : List.of(whole, part)) {
            applied(add(
                    "objectPermission:shop__clerk/" + object,
                    "create",
                    true,
                    "read",
                    true,
                    "scope",
                    "all",
                    "fieldDefault",
                    "edit"));
        }
        UUID first = imported(clerk, whole, "name\na\n");
        UUID second = imported(clerk, part, "name,note\na,b\n");
        assertThat(List.of(ended(clerk, first), ended(clerk, second))).containsOnly(State.DONE);
        applied(
                remove("object:" + whole),
                remove("objectPermission:shop__clerk/" + whole),
                remove("field:" + part + "/note"));
        // As if their turn had not come before.
        node.database()
                .dsl()
                .update(DSL.table(DSL.name(TenantSchemas.nameOf(TENANT), "tenon_import")))
                .set(DSL.field(DSL.name("state"), String.class), "QUEUED")
                .set(DSL.field(DSL.name("processed"), Long.class), 0L)
                .execute();

        UUID third = imported(clerk, part, "name\na\n");

        assertThat(ended(clerk, third)).isEqualTo(State.DONE);
        assertThat(ended(clerk, first)).isEqualTo(State.FAILED);
        assertThat(ended(clerk, second)).isEqualTo(State.FAILED);
        assertThat(node.automation().imports().require(clerk, second).failure()).contains("field:" + part + "/note");
    }

    private UUID imported(Identity clerk, String object, String csv) {
        return node.automation()
                .imports()
                .start(
                        clerk,
                        new Request(object, "x.csv", FileChoice.NONE, Map.of(), Optional.empty(), Mode.INSERT, false),
                        new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)))
                .id();
    }

    private State ended(Identity clerk, UUID id) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            State state = node.automation().imports().require(clerk, id).state();
            if (state != State.QUEUED && state != State.RUNNING || System.nanoTime() > deadline) {
                return state;
            }
            Thread.sleep(20);
        }
    }
}
