package dev.tenon.automation.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class WorkerTest {

    private static final Duration NEVER = Duration.ofHours(1);

    @Test
    void aTenantThatIsWokenWhileWorkedForIsWorkedForOnceMore() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        CountDownLatch twice = new CountDownLatch(2);
        AtomicInteger atOnce = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        try (Worker worker = new Worker(
                "test",
                List::of,
                tenant -> {
                    most.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
                    begun.countDown();
                    await(goOn);
                    atOnce.decrementAndGet();
                    twice.countDown();
                },
                NEVER,
                4)) {
            worker.wake("a");
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            worker.wake("a");
            worker.wake("a");
            goOn.countDown();
            assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(most.get()).isEqualTo(1);
        }
    }

    @Test
    void everyTenantIsSweptAndAFailureKeepsNobodyFromIt() throws InterruptedException {
        CountDownLatch visits = new CountDownLatch(6);
        try (Worker worker = new Worker(
                "test",
                () -> List.of("a", "b"),
                tenant -> {
                    visits.countDown();
                    throw new IllegalStateException("always");
                },
                Duration.ofMillis(10),
                1)) {
            worker.start();
            assertThat(visits.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void afterTheEndNothingIsDone() {
        AtomicInteger calls = new AtomicInteger();
        Worker worker = new Worker("test", List::of, tenant -> calls.incrementAndGet(), NEVER, 1);
        worker.start();
        worker.close();
        worker.wake("a");
        assertThat(calls.get()).isZero();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
