package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.ShopPackage.add;
import static dev.tenon.store.tenancy.ShopPackage.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.Query;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.TenancyError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Publishing a model for which a large table has to be changed first. */
abstract class BackgroundPublicationContract {

    private static final String TENANT = "market";
    private static final String CUSTOMER = "shop__Customer";
    private static final String WEIGHT = "field:shop__Customer/c__weight";

    @TempDir
    Path folder;

    abstract DatabaseSettings settings(Path folder);

    /** Lets a change go on only as often as the test says. */
    private final Semaphore goOn = new Semaphore(0);

    private final StepListener slowly = new StepListener() {
        @Override
        public void progressed(String tenant, int ordinal, SchemaStep step, long done) {
            goOn.acquireUninterruptibly();
        }
    };

    @Test
    void theModelComesInForceWhenTheTableIsReadyAndNotWhenItWasCancelled() throws InterruptedException {
        SchemaSettings large = new SchemaSettings(1, Duration.ofSeconds(5));
        try (Node node = new Node(settings(folder), folder, large, slowly, List.of())) {
            node.tenancy().start();
            Identity system = Node.system(TENANT);
            node.tenancy().packages().add(system, ShopPackage.first());
            node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
            for (int i = 0; i < 5; i++) {
                node.session(system).create(CUSTOMER, Map.of("name", "Customer " + i, "code", "C" + i));
            }
            Customizing customizing = node.tenancy().customizing();
            List<LayerEdit> edits = List.of(
                    add(WEIGHT, "type", "text", "label", "Weight", "maxLength", 20, "unique", true),
                    add("field:shop__Customer/c__rank", "type", "integer", "label", "Rank"));

            UUID cancelled = started(customizing.apply(system, edits, Optional.empty(), false));
            assertThatThrownBy(() -> customizing.apply(
                            system, List.of(set("object:shop__Customer", "label", "Client")), Optional.empty(), false))
                    .asInstanceOf(type(PlatformException.class))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(TenancyError.SCHEMA_CHANGE_RUNNING));
            assertThat(customizing.schemaChange(system, cancelled).state()).isEqualTo(State.RUNNING);
            customizing.cancelSchemaChange(system, cancelled);
            goOn.release(1_000);
            assertThat(ended(node, cancelled).state()).isEqualTo(State.CANCELLED);
            assertThat(model(node).requireObject(CUSTOMER).fields()).doesNotContainKey("c__rank");
            node.session(system).create(CUSTOMER, Map.of("name", "Still", "code", "S"));

            UUID done = started(customizing.apply(system, edits, Optional.empty(), false));
            assertThat(ended(node, done)).satisfies(change -> {
                assertThat(change.state()).isEqualTo(State.DONE);
                assertThat(change.object()).isEqualTo(CUSTOMER);
            });
            assertThat(model(node).requireObject(CUSTOMER).fields()).containsKey("c__rank");
            node.session(system)
                    .create(CUSTOMER, Map.of("name", "New", "code", "N", "c__weight", "1 kg", "c__rank", 7L));
            long version = model(node).version();

            Publication undone = customizing.undo(system, version, Optional.empty(), false);
            assertThat(undone).isInstanceOf(Publication.Published.class);
            assertThat(model(node).requireObject(CUSTOMER).fields()).doesNotContainKey("c__rank");
            Publication again = customizing.undo(system, version + 1, Optional.empty(), false);
            if (again instanceof Publication.Started(UUID change)) {
                assertThat(ended(node, change).state()).isEqualTo(State.DONE);
            }
            assertThat(node.session(system).query(Query.of(CUSTOMER, 20)).rows())
                    .anySatisfy(row -> assertThat(row.values()).containsEntry("c__rank", 7L));
        }
    }

    private static UUID started(Publication publication) {
        assertThat(publication).isInstanceOf(Publication.Started.class);
        return ((Publication.Started) publication).change();
    }

    private static Model model(Node node) {
        return node.tenancy().models().current(TENANT).model();
    }

    /** Polls, because the publication goes on by itself; waits for its end, after the last word about the tables. */
    private static SchemaChange ended(Node node, UUID id) throws InterruptedException {
        while (true) {
            SchemaChange change = node.tenancy().customizing().schemaChange(Node.system(TENANT), id);
            if (change.state() != State.RUNNING && node.tenancyStore().intents().isEmpty()) {
                node.tenancyStore().exclusively("publish:" + TENANT, Duration.ofSeconds(20), () -> true);
                return change;
            }
            Thread.sleep(10);
        }
    }
}
