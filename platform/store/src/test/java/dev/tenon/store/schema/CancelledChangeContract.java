package dev.tenon.store.schema;

import static dev.tenon.store.TestModels.field;
import static dev.tenon.store.TestModels.text;
import static dev.tenon.store.TestModels.unique;
import static dev.tenon.store.TestModels.whole;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.StoreError;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.SchemaChange.Phase;
import dev.tenon.tenancy.SchemaChange.State;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** A change that is cancelled in whichever phase, and one that waits for others. */
abstract class CancelledChangeContract extends EvolvingTables {

    private static final int LARGE = 20;

    /** The common pool may have one thread only. */
    private static final Executor OWN_THREAD = task -> Thread.ofPlatform().start(task);

    CancelledChangeContract() {
        super(new SchemaSettings(LARGE, Duration.ofMillis(500), 30));
    }

    /** Cancels what runs at the given call of the listener, counted from the first. */
    private StepListener cancelling(int at) {
        return new StepListener() {
            private int passed;

            @Override
            public void progressed(String of, int ordinal, SchemaStep step, long done) {
                cancel();
            }

            @Override
            public void marked(String of, int ordinal, SchemaStep step) {
                cancel();
            }

            private void cancel() {
                if (passed++ == at) {
                    evolution()
                            .cancel(
                                    tenant,
                                    evolution().changes(tenant, 1).getFirst().id());
                }
            }
        };
    }

    @Test
    void aRetypeIsCancelledInEachPhaseOfIt() {
        for (int at = 0; ; at++) {
            newTenant();
            Model before = with(1, unique("code", text(40)));
            Model after = with(2, unique("code", whole()));
            publish(before, null);
            for (int i = 0; i < 2 * LARGE; i++) {
                insert(before, "00" + i);
            }
            UUID known = insert(before, "0777");
            try {
                evolve(after, before, cancelling(at));
                assertThat(at).isGreaterThanOrEqualTo(4);
                return;
            } catch (PlatformException cancelled) {
                assertThat(cancelled.code()).isEqualTo(StoreError.SCHEMA_CHANGE_CANCELLED);
            }
            assertThat(evolution().changes(tenant, 1).getFirst().state()).isEqualTo(State.CANCELLED);
            recover(before);
            assertThat(evolution().plan(tenant, before)).isEmpty();
            assertThat(catalogue.read(tenant).former()).isEmpty();
            assertThat(value(before, known)).isEqualTo("0777");
            assertThatThrownBy(() -> insert(before, "0777")).isInstanceOf(PlatformException.class);
            assertThat(rows()).isEqualTo(2 * LARGE + 1);
        }
    }

    @Test
    void workOnAllRecordsEndsWhereItIsCancelled() {
        Model model = with(1, text(20));
        publish(model, null);
        assertThatThrownBy(() -> evolution().computing(tenant, model, List.of(OFFER), Initiator.PLATFORM, progress -> {
                    progress.at(OFFER, 1);
                    SchemaChange running = evolution().changes(tenant, 1).getFirst();
                    assertThat(running.phase()).isEqualTo(Phase.COMPUTING);
                    assertThat(evolution().cancel(tenant, running.id())).isTrue();
                    progress.at(OFFER, 2);
                }))
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(StoreError.SCHEMA_CHANGE_CANCELLED));
        assertThat(evolution().changes(tenant, 1).getFirst().state()).isEqualTo(State.CANCELLED);
    }

    @Test
    void aChangeThatWaitsForOthersIsShownAndCanBeCancelled() throws Exception {
        Model before = with(1, text(20));
        publish(before, null);
        UUID known = insert(before, "known");
        Model after = with(2, field("code", text(20)), field("rank", whole()));
        CountDownLatch reading = new CountDownLatch(1);
        CountDownLatch enough = new CountDownLatch(1);
        CompletableFuture<Boolean> report = CompletableFuture.supplyAsync(
                () -> records.inTransaction(tenant, () -> {
                    records.lock(before, OFFER, known);
                    reading.countDown();
                    return awaited(enough);
                }),
                OWN_THREAD);
        reading.await();

        CompletableFuture<UUID> told = new CompletableFuture<>();
        CompletableFuture<Void> change =
                CompletableFuture.runAsync(() -> evolve(after, before, StepListener.NONE, told::complete), OWN_THREAD);
        assertWaiting(told.get());
        assertThat(evolution().cancel(tenant, told.get())).isTrue();
        assertThatThrownBy(change::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .asInstanceOf(type(PlatformException.class))
                .satisfies(e -> assertThat(e.code()).isEqualTo(StoreError.SCHEMA_CHANGE_CANCELLED));
        assertThat(evolution().changes(tenant, 1).getFirst().state()).isEqualTo(State.CANCELLED);
        assertThat(catalogue.read(tenant).columnsOf(OFFER)).doesNotContainKey("rank");

        CompletableFuture<UUID> toldAgain = new CompletableFuture<>();
        CompletableFuture<Void> again = CompletableFuture.runAsync(
                () -> evolve(after, before, StepListener.NONE, toldAgain::complete), OWN_THREAD);
        assertWaiting(toldAgain.get());
        enough.countDown();
        again.join();
        report.join();
        assertThat(evolution().changes(tenant, 1).getFirst().state()).isEqualTo(State.DONE);
        assertThat(evolution().plan(tenant, after)).isEmpty();
    }

    private void assertWaiting(UUID id) {
        SchemaChange change = evolution().changes(tenant, 1).getFirst();
        assertThat(change.id()).isEqualTo(id);
        assertThat(change.state()).isEqualTo(State.RUNNING);
        assertThat(change.phase()).isEqualTo(Phase.WAITING);
        assertThat(change.object()).isEqualTo(OFFER);
    }

    private static boolean awaited(CountDownLatch latch) {
        try {
            latch.await();
            return true;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
