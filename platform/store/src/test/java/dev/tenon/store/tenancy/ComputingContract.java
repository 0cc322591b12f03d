package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.ModelVersion;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.Phase;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.TenancyError;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A formula of a large table is edited: cancelled in the middle, interrupted, not to be computed for some records. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class ComputingContract {

    private static final String CUSTOMER = "shop__Customer";
    private static final String TWICE = "field:shop__Customer/c__twice";
    private static final String SMALL = "field:shop__Customer/c__small";

    /** More than the first page. */
    private static final int ROWS = 400;

    private static final SchemaSettings LARGE = new SchemaSettings(100, Duration.ofSeconds(5));

    private Path folder = Path.of("");
    private DatabaseSettings settings;
    private Node node;

    /** Lets the computation go on only as often as the test says; without limit where it says nothing. */
    private final Semaphore goOn = new Semaphore(Integer.MAX_VALUE / 2);

    private final StepListener slowly = new StepListener() {
        @Override
        public void computed(String tenant, String object, long done) {
            goOn.acquireUninterruptibly();
        }
    };

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void start(@TempDir Path temporary) {
        folder = temporary;
        settings = settings(folder);
        node = new Node(settings, folder, LARGE, slowly, List.of());
        node.tenancy().start();
        node.tenancy().packages().add(Node.system("any"), ShopPackage.first());
    }

    @AfterAll
    void stop() {
        node.close();
    }

    private Customizing customizing() {
        return node.tenancy().customizing();
    }

    private void apply(Identity system, LayerEdit... edits) {
        customizing().apply(system, List.of(edits), Optional.empty(), false).orThrow();
    }

    private static LayerEdit formula(String field, Map<String, Object> result, String expression) {
        return add(field, "type", "formula", "label", "Made", "result", result, "expression", expression);
    }

    /** With many customers and formulas over them. */
    private Identity tenant(String key) {
        Identity system = Node.system(key);
        node.tenancy().tenants().create(system, key, "Market", List.of(new PackageId("shop", "1.0.0")));
        apply(
                system,
                formula(TWICE, Map.of("type", "integer"), "rating * 2"),
                formula(SMALL, Map.of("type", "decimal", "precision", 4, "scale", 1), "rating * 1.0"));
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < ROWS; i++) {
            rows.add(Map.of("name", "Customer " + i, "rating", 3L, "city", "Town"));
        }
        node.session(system).importRows(CUSTOMER, rows);
        return system;
    }

    /** Edits the formula, and stops behind the first page. */
    private SchemaChange halfComputed(Identity system, String expression) throws InterruptedException {
        goOn.drainPermits();
        apply(system, set(TWICE, "expression", expression));
        return running(system);
    }

    private SchemaChange running(Identity system) throws InterruptedException {
        return running(system, Optional.empty());
    }

    /** Another change than one that may still be about to end. */
    private SchemaChange running(Identity system, Optional<UUID> ending) throws InterruptedException {
        while (true) {
            Optional<SchemaChange> last = customizing().schemaChanges(system, 1).stream()
                    .filter(change -> change.state() == State.RUNNING)
                    .filter(change -> !ending.equals(Optional.of(change.id())))
                    .findFirst();
            if (last.isPresent() && goOn.hasQueuedThreads()) {
                return last.get();
            }
            Thread.sleep(5);
        }
    }

    private void letGo(Identity system) throws InterruptedException {
        goOn.release(Integer.MAX_VALUE / 2);
        while (node.tenancyStore().recomputeDue(system.tenant()).isPresent()) {
            Thread.sleep(5);
        }
    }

    private Set<Object> stored(Identity system) {
        return stored(system, "c__twice", 3L);
    }

    private Set<Object> stored(Identity system, String field, long rating) {
        return Set.copyOf(node.database()
                .dsl()
                .select(DSL.field(DSL.name(field)))
                .from(DSL.table(DSL.name("t_" + system.tenant(), "shop__customer")))
                .where(DSL.field(DSL.name("rating"), Long.class).eq(rating))
                .fetch(row -> (Object) row.value1()));
    }

    private String formula(Identity system) {
        return String.valueOf(customizing().describe(system, CUSTOMER).elements().stream()
                .filter(element -> element.key().equals(TWICE))
                .flatMap(element -> element.properties().stream())
                .filter(property -> property.name().equals("expression"))
                .findFirst()
                .orElseThrow()
                .value());
    }

    @Test
    void cancelledInTheMiddleItsDefinitionAndAllValuesGoBack() throws InterruptedException {
        Identity system = tenant("cancelled");
        SchemaChange half = halfComputed(system, "rating * 5");
        assertThat(half.phase()).isEqualTo(Phase.COMPUTING);
        assertThat(stored(system)).as("the old value is read meanwhile").containsExactlyInAnyOrder(6L, 15L);
        Object saved = node.session(system)
                .create(CUSTOMER, Map.of("name", "Meanwhile", "rating", 3L, "city", "Town"))
                .values()
                .get("c__twice");
        assertThat(saved).isEqualTo(15L);

        customizing().cancelSchemaChange(system, half.id());
        goOn.release();
        SchemaChange back = running(system, Optional.of(half.id()));
        assertThat(customizing().schemaChange(system, half.id()).state()).isEqualTo(State.CANCELLED);
        assertThatThrownBy(() -> customizing().cancelSchemaChange(system, back.id()))
                .as("what goes back goes on")
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TenancyError.COMPUTING_GOES_ON));
        letGo(system);

        assertThat(formula(system)).isEqualTo("rating * 2");
        assertThat(stored(system)).containsExactly(6L);
        assertThat(customizing().schemaChanges(system, 2))
                .extracting(SchemaChange::state)
                .containsExactly(State.DONE, State.CANCELLED);
        assertThat(customizing().history(system, 1).getFirst().changes()).isNotEmpty();
    }

    @Test
    void aNewerProgramGoesOnWithWhatAnOlderOneHasLeft() throws InterruptedException {
        Identity system = tenant("upgraded");
        SchemaChange half = halfComputed(system, "rating * 7");
        assertThat(stored(system)).hasSize(2);
        // A process that ends here has written no more than this one.
        stop();
        goOn.release(1);
        node = new Node(settings, folder, LARGE, slowly, List.of());
        DSLContext dsl = node.database().dsl();
        dsl.execute("update \"tenon\".\"tenant\" set \"platform\" = 'older' where \"tenant\" = 'upgraded'");
        dsl.execute(
                "insert into \"tenon\".\"schema_change\" (\"id\", \"tenant\", \"target_fingerprint\", \"state\", \"phase\")"
                        + " values ({0}, 'upgraded', 'older', 'RUNNING', 'PREPARING')",
                DSL.val(new UUID(7, 7)));
        dsl.execute(
                "insert into \"tenon\".\"schema_change_step\" (\"change_id\", \"ordinal\", \"step\", \"done\")"
                        + " values ({0}, 0, 'fold-table|shop__Customer', false)",
                DSL.val(new UUID(7, 7)));
        node.tenancy().start();

        SchemaChange rest = running(system, Optional.of(half.id()));
        assertThat(customizing().schemaChange(system, half.id()))
                .satisfies(change -> assertThat(change.fault()).isEqualTo("interrupted"));
        assertThat(customizing().history(system, 1).getFirst().kind()).isEqualTo(ModelVersion.Kind.PLATFORM_UPGRADED);
        assertThatThrownBy(() -> customizing().cancelSchemaChange(system, rest.id()))
                .as("it is of two versions")
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(TenancyError.COMPUTING_GOES_ON));
        letGo(system);
        assertThat(stored(system)).containsExactly(21L);
        assertThat(dsl.fetchOne(
                        "select \"fault\" from \"tenon\".\"schema_change\" where \"id\" = {0}",
                        DSL.val(new UUID(7, 7))))
                .isNotNull()
                .satisfies(row -> assertThat(row.get(0)).isEqualTo("unknown-steps"));
        apply(system, set(TWICE, "label", "Seven times"));
    }

    @Test
    void recordsThatCannotBeComputedKeepTheirValuesAndTheChangeSaysSo() throws InterruptedException {
        Identity system = tenant("overflow");
        node.session(system).create(CUSTOMER, Map.of("name", "Huge", "rating", 4L, "city", "Town"));
        apply(system, set(SMALL, "expression", "rating == 4 ? 100000.0 : rating * 1.5"));
        letGo(system);

        assertThat(stored(system, "c__small", 3L)).containsExactly(new BigDecimal("4.5"));
        assertThat(stored(system, "c__small", 4L)).containsExactly(new BigDecimal("4.0"));
        assertThat(customizing().schemaChanges(system, 1).getFirst()).satisfies(change -> {
            assertThat(change.state()).isEqualTo(State.FAILED);
            assertThat(change.fault()).isEqualTo("records.expression-failed");
            assertThat(change.done()).isEqualTo(change.total());
        });
    }
}
