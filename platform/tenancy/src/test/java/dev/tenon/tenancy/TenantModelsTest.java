package dev.tenon.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.access.AccessKernel;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class TenantModelsTest {

    private static final Model EMPTY = Models.compile("a", 1, List.of()).orThrow();

    /** What the store says is in force. */
    private final Map<String, Long> inForce = new ConcurrentHashMap<>();

    private final List<String> loaded = Collections.synchronizedList(new ArrayList<>());
    private final List<String> unloaded = Collections.synchronizedList(new ArrayList<>());

    private TenantModels models(int most) {
        TenantModels models = new TenantModels(most, unloaded::add);
        models.loadWith(tenant -> {
            loaded.add(tenant);
            return new OfVersion(tenant, inForce.getOrDefault(tenant, 1L));
        });
        return models;
    }

    @Test
    void whoeverWasIdleForLongestMakesRoom() {
        TenantModels models = models(2);
        models.current("a");
        models.current("b");
        models.current("a");
        models.current("c");
        assertThat(unloaded).containsExactly("b");
        assertThat(models.atHand("a")).isPresent();
        assertThat(models.atHand("b")).isEmpty();
        assertThat(models.current("b").model().tenant()).isEqualTo("b");
        assertThat(unloaded).containsExactly("b", "a");
    }

    @Test
    void whoOnlyPassesDoesNotPushOutThoseWhoWork() {
        TenantModels models = models(2);
        models.current("a");
        for (int i = 0; i < 5; i++) {
            models.passing("p" + i);
        }
        assertThat(loaded).containsExactly("a", "p0", "p1", "p2", "p3", "p4");
        assertThat(unloaded).containsExactly("p0", "p1", "p2", "p3");
        assertThat(models.atHand("a")).isPresent();
    }

    @Test
    void anUnloadedModelComesBackInTheVersionThatIsInForceThen() {
        TenantModels models = models(1);
        models.current("a");
        models.current("b");
        inForce.put("a", 4L);
        // Nobody has it here, so there is nothing to bring up.
        models.follow("a", 4);
        assertThat(loaded).containsExactly("a", "b");
        assertThat(models.version("a")).isEqualTo(4);
    }

    @Test
    void aChangeOfAnotherNodeIsTakenOverAlsoByALoadThatBeganBefore() throws Exception {
        CountDownLatch read = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        TenantModels models = new TenantModels(2, unloaded::add);
        models.loadWith(tenant -> {
            long version = inForce.getOrDefault(tenant, 1L);
            read.countDown();
            await(goOn);
            return new OfVersion(tenant, version);
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<CompiledModel> slow = threads.submit(() -> models.current("a"));
            read.await();
            inForce.put("a", 2L);
            Future<?> told = threads.submit(() -> models.follow("a", 2));
            goOn.countDown();
            assertThat(slow.get().model().version()).isEqualTo(1);
            told.get();
        }
        assertThat(models.version("a")).isEqualTo(2);
    }

    @Test
    void manyThreadsAlwaysGetTheModelOfTheirTenantAndNeverAnOlderOneThanBefore() throws Exception {
        TenantModels models = models(3);
        List<Future<?>> running = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < 8; thread++) {
                int seed = thread;
                running.add(threads.submit(() -> work(models, new Random(seed))));
            }
        }
        for (Future<?> one : running) {
            one.get();
        }
        assertThat(unloaded).isNotEmpty();
        assertThat(List.of("t0", "t1", "t2", "t3", "t4", "t5").stream()
                        .filter(tenant -> models.atHand(tenant).isPresent()))
                .hasSizeLessThanOrEqualTo(3);
    }

    private void work(TenantModels models, Random random) {
        for (int i = 0; i < 500; i++) {
            String tenant = "t" + random.nextInt(6);
            long before = inForce.getOrDefault(tenant, 1L);
            Model model = models.newerThan(tenant, before - 1).model();
            assertThat(model.tenant()).isEqualTo(tenant);
            assertThat(model.version()).isGreaterThanOrEqualTo(before);
            if (random.nextInt(10) == 0) {
                long next = inForce.merge(tenant, 2L, (old, first) -> old + 1);
                models.swap(tenant, new OfVersion(tenant, next));
            }
        }
    }

    @Test
    void thereIsRoomForOneAtLeast() {
        assertThatThrownBy(() -> models(0)).hasMessageContaining("1 at least");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record OfVersion(Model model) implements CompiledModel {

        OfVersion(String tenant, long version) {
            this(new Model(
                    tenant,
                    version,
                    EMPTY.fingerprint(),
                    EMPTY.objects(),
                    EMPTY.permissionSets(),
                    EMPTY.approvals(),
                    EMPTY.policies(),
                    EMPTY.settings(),
                    EMPTY.apps(),
                    EMPTY.scripts(),
                    EMPTY.provenance()));
        }

        @Override
        public AccessKernel access() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Expr expression(String object, ExpressionText text) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Expr path(String object, String path) {
            throw new UnsupportedOperationException();
        }
    }
}
