package dev.tenon.bench.change;

import dev.tenon.access.Identity;
import dev.tenon.bench.BenchTenant;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/** Readers and writers of orders, who note how long each request took and which ones failed. */
final class People implements AutoCloseable {

    private static final Duration THINKING = Duration.ofMillis(5);
    private static final int PAGE = 20;

    private final Records records;
    private final Identity sales;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final List<Thread> threads = new ArrayList<>();
    private final Tally reading = new Tally();
    private final Tally writing = new Tally();

    /** What became of the requests of one kind. */
    static final class Tally {
        private final AtomicLong requests = new AtomicLong();
        private final AtomicLong longest = new AtomicLong();
        private final ConcurrentHashMap<String, AtomicLong> failed = new ConcurrentHashMap<>();

        private void done(long nanos) {
            requests.incrementAndGet();
            longest.accumulateAndGet(nanos, Math::max);
        }

        private void failed(RuntimeException failure) {
            String code =
                    failure instanceof PlatformException known ? known.code().id() : failure.toString();
            failed.computeIfAbsent(code, c -> new AtomicLong()).incrementAndGet();
        }

        /** Begins anew. */
        private Kind told() {
            Map<String, Long> codes = new TreeMap<>();
            failed.forEach((code, count) -> codes.put(code, count.get()));
            failed.clear();
            return new Kind(requests.getAndSet(0), longest.getAndSet(0) / 1_000_000, codes);
        }
    }

    /**
     * Requests of one kind.
     *
     * @param failed how many, by code
     */
    record Kind(long requests, long longestMillis, Map<String, Long> failed) {

        private Kind and(Kind other) {
            Map<String, Long> codes = new TreeMap<>(failed);
            other.failed.forEach((code, count) -> codes.merge(code, count, Long::sum));
            return new Kind(requests + other.requests, Math.max(longestMillis, other.longestMillis), codes);
        }

        @Override
        public String toString() {
            return "%,7d, longest %,6d ms, failed %s".formatted(requests, longestMillis, failed);
        }
    }

    /** What became of all requests of some time. */
    record Told(Kind reads, Kind saves) {
        static final Told NOTHING = new Told(new Kind(0, 0, Map.of()), new Kind(0, 0, Map.of()));

        Told and(Told other) {
            return new Told(reads.and(other.reads), saves.and(other.saves));
        }

        @Override
        public String toString() {
            return "reads " + reads + " | saves " + saves;
        }
    }

    People(Records records, Identity sales, int readers, int writers) {
        this.records = records;
        this.sales = sales;
        for (int i = 0; i < readers; i++) {
            threads.add(Thread.ofPlatform().start(() -> repeat(reading, this::read)));
        }
        for (int i = 0; i < writers; i++) {
            threads.add(Thread.ofPlatform().start(() -> repeat(writing, this::write)));
        }
    }

    private void repeat(Tally tally, Runnable request) {
        while (!stopped.get()) {
            long begun = System.nanoTime();
            try {
                request.run();
            } catch (RuntimeException failure) {
                tally.failed(failure);
            }
            tally.done(System.nanoTime() - begun);
            try {
                Thread.sleep(THINKING);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private List<Row> page(RecordSession session) {
        return session.query(Query.of(BenchTenant.ORDER, PAGE)).rows();
    }

    private void read() {
        RecordSession session = records.open(sales, Channel.API);
        page(session).stream()
                .findAny()
                .ifPresent(row -> session.find(BenchTenant.ORDER, row.id(), Query.Selection.ALL));
    }

    private void write() {
        RecordSession session = records.open(sales.asSystem(), Channel.API);
        Row row = page(session).getFirst();
        session.create(
                BenchTenant.ORDER,
                Map.of(
                        "code",
                        "new",
                        "customer",
                        Objects.requireNonNull(row.values().get("customer")),
                        "region",
                        "north",
                        "amount",
                        BigDecimal.TEN));
        session.update(BenchTenant.ORDER, row.id(), Optional.empty(), Map.of("note", "changed " + System.nanoTime()));
    }

    /** Since the last call. */
    Told told() {
        return new Told(reading.told(), writing.told());
    }

    @Override
    public void close() throws InterruptedException {
        stopped.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
    }
}
