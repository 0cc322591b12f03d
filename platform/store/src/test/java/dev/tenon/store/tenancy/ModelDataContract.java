package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.records.Query;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Customizing.UndoConsent;
import dev.tenon.tenancy.KeptData;
import dev.tenon.tenancy.LossPreview;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.RetypeLoss.Kind;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.Phase;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.TenancyError;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What published changes of a model do to values of existing records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ModelDataContract {

    private static final String CUSTOMER = "shop__Customer";
    private static final int LARGE = 150;

    private Node node;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void start(@TempDir Path folder) {
        node = new Node(
                settings(folder),
                folder,
                new SchemaSettings(LARGE, Duration.ofSeconds(5)),
                StepListener.NONE,
                List.of());
        node.tenancy().start();
        node.tenancy().packages().add(Node.system("any"), ShopPackage.first());
        node.tenancy().packages().add(Node.system("any"), ShopPackage.second());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private Identity tenant(String key) {
        Identity system = Node.system(key);
        node.tenancy().tenants().create(system, key, "Market", List.of(new PackageId("shop", "1.0.0")));
        return system;
    }

    private Customizing customizing() {
        return node.tenancy().customizing();
    }

    private UUID customer(Identity identity, String name, String field, @Nullable Object value) {
        return node.session(identity)
                .create(CUSTOMER, Map.of("name", name, field, value))
                .id();
    }

    private @Nullable Object value(Identity identity, UUID id, String field) {
        return node.session(identity)
                .find(CUSTOMER, id, Query.Selection.ALL)
                .orElseThrow()
                .values()
                .get(field);
    }

    private void many(Identity identity, String field, Object value) {
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 2 * LARGE; i++) {
            rows.add(Map.of("name", "Customer " + i, field, value));
        }
        node.session(identity).importRows(CUSTOMER, rows);
    }

    private long version(Identity identity) {
        return node.tenancy().models().current(identity.tenant()).model().version();
    }

    /** Polls, because the publication goes on by itself. */
    private State ended(Identity identity, Publication publication) throws InterruptedException {
        if (publication instanceof Publication.Started(UUID id)) {
            while (customizing().schemaChange(identity, id).state() == State.RUNNING) {
                Thread.sleep(10);
            }
            node.tenancyStore().exclusively("publish:" + identity.tenant(), Duration.ofSeconds(30), () -> true);
            return customizing().schemaChange(identity, id).state();
        }
        publication.orThrow();
        return State.DONE;
    }

    @Test
    void whatARetypeWouldLoseIsListedForWhoMayReadItAndComesBackWithUndo() {
        Identity system = tenant("retype");
        String grade = "field:shop__Customer/c__grade";
        customizing()
                .apply(
                        system,
                        List.of(add(grade, "type", "text", "label", "Grade", "maxLength", 40)),
                        Optional.empty(),
                        false)
                .orThrow();
        UUID seven = customer(system, "Seven", "c__grade", "7");
        UUID word = customer(system, "Word", "c__grade", "a word");
        List<LayerEdit> edits = List.of(
                new LayerEdit.ResetProperty(ElementKey.parse(grade), "maxLength"), set(grade, "type", "integer"));

        Publication unseen = customizing().apply(system, edits, Optional.empty(), false);
        LossPreview preview = customizing().losses(system, edits);

        assertThat(((Publication.Refused) unseen).problems())
                .singleElement()
                .satisfies(p -> assertThat(p.detail().code()).isEqualTo(StoreError.VALUES_WOULD_BE_LOST));
        assertThat(preview.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.what().kind()).isEqualTo(Kind.EMPTIED);
            assertThat(loss.what().count()).isEqualTo(1);
            assertThat(loss.records()).containsExactly(new LossPreview.Concerned(word, "Word", "a word"));
        });
        assertThatThrownBy(() -> customizing().losses(node.person("retype", "shop__clerk"), edits))
                .isInstanceOf(PlatformException.class);
        Identity blind = node.person("retype", "sys__administrator");
        assertThat(customizing().losses(blind, edits).losses()).singleElement().satisfies(loss -> {
            assertThat(loss.what().count()).isEqualTo(1);
            assertThat(loss.records()).isEmpty();
        });
        customizing()
                .apply(system, edits, Optional.empty(), false, Optional.of(preview.digest()))
                .orThrow();
        assertThat(value(system, seven, "c__grade")).isEqualTo(7L);
        assertThat(value(system, word, "c__grade")).isNull();
        long retyped = version(system);
        assertThat(customizing().keptData(system)).singleElement().satisfies(kept -> {
            assertThat(kept.element()).isEqualTo(grade);
            assertThat(kept.version()).isEqualTo(retyped);
            assertThat(kept.former()).isTrue();
        });

        assertThat(customizing().undoLosses(system, retyped).losses()).isEmpty();
        customizing().undo(system, retyped, Optional.empty(), false).orThrow();
        assertThat(value(system, seven, "c__grade")).isEqualTo("7");
        assertThat(value(system, word, "c__grade")).isEqualTo("a word");
    }

    @Test
    void dataThatWasRemovedDoesNotComeBackUnnoticed() {
        Identity system = tenant("purged");
        String field = "field:shop__Customer/c__grade";
        customizing()
                .apply(system, List.of(add(field, "type", "text", "label", "Grade")), Optional.empty(), false)
                .orThrow();
        UUID known = customer(system, "Known", "c__grade", "p1");
        customizing()
                .apply(system, List.of(new LayerEdit.RemoveElement(ElementKey.parse(field))), Optional.empty(), false)
                .orThrow();
        long removed = version(system);
        Instant later = Instant.now().plus(Duration.ofDays(31));
        new JournaledSchemaEvolution(node.database(), new Catalogue(node.database()))
                .purge("purged", node.tenancy().models().current("purged").model(), later);

        assertThat(customizing().keptData(system))
                .singleElement()
                .satisfies(kept -> assertThat(kept.purgedAt()).isPresent());
        assertThatThrownBy(() -> customizing().undo(system, removed, Optional.empty(), false))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TenancyError.UNDO_DATA_PURGED));
        customizing()
                .undo(system, removed, Optional.empty(), false, new UndoConsent(Optional.empty(), true))
                .orThrow();
        assertThat(value(system, known, "c__grade")).isNull();
        assertThat(customizing().keptData(system)).extracting(KeptData::version).containsExactly(removed);
    }

    @Test
    void anEditedFormulaOfALargeTableIsComputedInTheBackground() throws InterruptedException {
        Identity system = tenant("formula");
        String twice = "field:shop__Customer/c__twice";
        customizing()
                .apply(
                        system,
                        List.of(add(
                                twice,
                                "type",
                                "formula",
                                "label",
                                "Twice",
                                "result",
                                Map.of("type", "integer"),
                                "expression",
                                "rating * 2")),
                        Optional.empty(),
                        false)
                .orThrow();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < 2 * LARGE; i++) {
            rows.add(Map.of("name", "Customer " + i, "rating", 3L, "city", "Town"));
        }
        node.session(system).importRows(CUSTOMER, rows);
        UUID known = node.session(system)
                .create(CUSTOMER, Map.of("name", "Known", "rating", 4L, "city", "Town"))
                .id();

        customizing()
                .apply(system, List.of(set(twice, "expression", "rating * 3")), Optional.empty(), false)
                .orThrow();
        Row saved = node.session(system).create(CUSTOMER, Map.of("name", "Meanwhile", "rating", 5L, "city", "Town"));
        assertThat(saved.values()).containsEntry("c__twice", 15L);
        assertThat(value(system, known, "c__twice")).isIn(8L, 12L);
        while (node.tenancyStore().recomputeDue("formula").isPresent()) {
            Thread.sleep(10);
        }

        assertThat(value(system, known, "c__twice")).isEqualTo(12L);
        SchemaChange change =
                Objects.requireNonNull(customizing().schemaChanges(system, 1).getFirst());
        assertThat(change.phase()).isEqualTo(Phase.COMPUTING);
        assertThat(change.object()).isEqualTo(CUSTOMER);
        assertThat(change.done()).isEqualTo(change.total()).isGreaterThan(2 * LARGE);
    }

    @Test
    void writersAndReadersGoOnWhileLargeTablesAreRetypedAndUpgraded() throws Exception {
        Identity system = tenant("live");
        String size = "field:shop__Customer/c__size";
        assertThat(ended(
                        system,
                        customizing()
                                .apply(
                                        system,
                                        List.of(add(size, "type", "text", "label", "Size", "maxLength", 40)),
                                        Optional.empty(),
                                        false)))
                .isEqualTo(State.DONE);
        many(system, "c__size", "12");
        ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
        ConcurrentLinkedQueue<UUID> acknowledged = new ConcurrentLinkedQueue<>();
        CountDownLatch stop = new CountDownLatch(1);
        List<Thread> people = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            people.add(Thread.ofVirtual().start(() -> {
                while (stop.getCount() > 0) {
                    try {
                        UUID id = node.session(system)
                                .create(CUSTOMER, Map.of("name", "Meanwhile"))
                                .id();
                        acknowledged.add(id);
                        node.session(system).update(CUSTOMER, id, Optional.empty(), Map.of("city", "Town"));
                        node.session(system).query(Query.of(CUSTOMER, 5));
                        Thread.sleep(3);
                    } catch (InterruptedException | RuntimeException | Error failure) {
                        failures.add(failure);
                    }
                }
            }));
        }
        List<LayerEdit> edits =
                List.of(new LayerEdit.ResetProperty(ElementKey.parse(size), "maxLength"), set(size, "type", "integer"));
        assertThat(ended(system, customizing().apply(system, edits, Optional.empty(), false)))
                .isEqualTo(State.DONE);
        node.tenancy()
                .packages()
                .apply(system, new PackageId("shop", "1.1.0"))
                .publication()
                .orThrow();
        stop.countDown();
        for (Thread person : people) {
            person.join();
        }
        assertThat(failures).isEmpty();
        assertThat(acknowledged)
                .isNotEmpty()
                .allSatisfy(id -> assertThat(value(system, id, "city")).isEqualTo("Town"));
        assertThat(node.session(system).query(Query.of(CUSTOMER, 1_000)).rows().stream()
                        .filter(row -> Long.valueOf(12).equals(row.values().get("c__size"))))
                .hasSize(2 * LARGE);
    }
}
