package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Customizing.UndoConsent;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.TenancyError;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Data whose time is over as soon as it has left the model: nothing of it stays anywhere, and nobody gets it back unasked. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class PurgedDataContract {

    private static final String TENANT = "purged";
    private static final List<String> TRACES = List.of(
            "tenon_history", "tenon_file", "tenon_attachment", "tenon_bin_entry", "tenon_bin_record", "tenon_number");

    private final Identity system = Node.system(TENANT);
    private Node node;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void open(@TempDir Path folder) {
        SchemaSettings noTime = new SchemaSettings(1_000, Duration.ofSeconds(5), 0);
        node = new Node(settings(folder), folder, noTime, StepListener.NONE, List.of());
        node.tenancy().start();
        node.tenancy().packages().add(system, ShopPackage.first());
        node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
    }

    @AfterAll
    void close() {
        node.close();
    }

    private long applied(LayerEdit... edits) {
        return node.tenancy()
                .customizing()
                .apply(system, List.of(edits), Optional.empty(), false)
                .orThrow();
    }

    private long undone(long version, boolean withoutData) {
        return node.tenancy()
                .customizing()
                .undo(system, version, Optional.empty(), false, new UndoConsent(Optional.empty(), withoutData))
                .orThrow();
    }

    private static LayerEdit remove(String element) {
        return new LayerEdit.RemoveElement(ElementKey.parse(element));
    }

    private void make(String object) {
        applied(
                add("object:" + object, "label", object, "pluralLabel", object, "titleField", "name"),
                add("field:" + object + "/name", "type", "text", "label", "Name", "maxLength", 80),
                add("field:" + object + "/paper", "type", "file", "label", "Paper"),
                add("field:" + object + "/number", "type", "autoNumber", "label", "No", "format", "P-{000}"));
    }

    private UUID record(String object, String name) {
        RecordSession session = node.session(system);
        UUID paper = session.upload(object, "paper", name + ".txt", bytes(name)).id();
        UUID id = session.create(object, Map.of("name", name, "paper", paper)).id();
        session.attach(object, id, name + ".txt", "text/plain", bytes("attached " + name));
        return id;
    }

    private static ByteArrayInputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private int rows(String table, String column, String value) {
        return node.database()
                .dsl()
                .fetchCount(
                        DSL.table(DSL.name(TenantSchemas.nameOf(TENANT), table)),
                        DSL.field(DSL.name(column)).eq(DSL.val(value)));
    }

    @Test
    void ofAnObjectNothingStays() {
        make("c__Paper");
        record("c__Paper", "kept");
        node.session(system).delete("c__Paper", record("c__Paper", "binned"), Optional.empty());
        assertThat(TRACES)
                .allSatisfy(table -> assertThat(rows(table, "object_name", "c__Paper"))
                        .as(table)
                        .isPositive());
        applied(remove("object:c__Paper"));
        node.tenancy().purge();
        assertThat(TRACES)
                .allSatisfy(table -> assertThat(rows(table, "object_name", "c__Paper"))
                        .as(table)
                        .isZero());
    }

    @Test
    void ofAFieldNothingStaysAndOthersKeepTheirs() {
        make("c__Sheet");
        UUID id = record("c__Sheet", "kept");
        node.session(system).delete("c__Sheet", record("c__Sheet", "binned"), Optional.empty());
        applied(remove("field:c__Sheet/paper"));
        node.tenancy().purge();
        assertThat(rows("tenon_file", "object_name", "c__Sheet")).isZero();
        assertThat(rows("tenon_bin_value", "field_name", "paper")).isZero();
        assertThat(rows("tenon_bin_value", "field_name", "number")).isPositive();
        assertThat(rows("tenon_attachment", "object_name", "c__Sheet")).isEqualTo(2);
        assertThat(node.session(system)
                        .find("c__Sheet", id, Query.Selection.ALL)
                        .orElseThrow()
                        .values())
                .containsEntry("name", "kept");
    }

    @Test
    void whatLeftAgainAndIsGoneDoesNotComeBackEmptyUnasked() {
        make("c__Leaf");
        applied(add("field:c__Leaf/note", "type", "text", "label", "Note", "maxLength", 20));
        long first = applied(remove("field:c__Leaf/note"));
        undone(first, false);
        node.session(system).create("c__Leaf", Map.of("name", "x", "note", "mine"));
        applied(remove("field:c__Leaf/note"));
        node.tenancy().purge();
        assertThatThrownBy(() -> undone(first, false))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TenancyError.UNDO_DATA_PURGED));
        undone(first, true);
        assertThat(node.session(system).query(Query.of("c__Leaf", 5)).rows())
                .allSatisfy(row -> assertThat(row.values().get("note")).isNull());
    }
}
