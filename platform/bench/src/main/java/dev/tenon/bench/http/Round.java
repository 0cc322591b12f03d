package dev.tenon.bench.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * What became of some seconds of load.
 *
 * @param nanos how long each request took, sorted
 * @param elapsed from the first request to the end of the last
 * @param cpu processor time of the server meanwhile
 */
record Round(long[] nanos, Duration elapsed, Duration cpu) {

    /** All clients at once, each with its connection, for some time. */
    static Round run(Scenario scenario, Side side, Server server, String token, int threads, Duration time)
            throws IOException, InterruptedException {
        List<HttpConnection> connections = new ArrayList<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads)) {
            List<Scenario.Client> clients = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                HttpConnection connection = new HttpConnection(server.address(), token);
                connections.add(connection);
                clients.add(scenario.clients().client(side, connection, i));
            }
            Duration cpu = server.cpu();
            long start = System.nanoTime();
            long end = start + time.toNanos();
            List<Future<long[]>> running = new ArrayList<>();
            for (Scenario.Client client : clients) {
                running.add(pool.submit(() -> load(client, end)));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> one : running) {
                all.add(one.get());
            }
            Duration elapsed = Duration.ofNanos(System.nanoTime() - start);
            return new Round(sorted(all), elapsed, server.cpu().minus(cpu));
        } catch (ExecutionException failed) {
            throw new IllegalStateException(scenario.name() + " on " + side, failed.getCause());
        } finally {
            for (HttpConnection connection : connections) {
                connection.close();
            }
        }
    }

    private static long[] load(Scenario.Client client, long end) {
        long[] nanos = new long[1 << 14];
        int done = 0;
        try {
            for (long now = System.nanoTime(); now < end; ) {
                client.next();
                long after = System.nanoTime();
                if (done == nanos.length) {
                    nanos = Arrays.copyOf(nanos, done * 2);
                }
                nanos[done++] = after - now;
                now = after;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Arrays.copyOf(nanos, done);
    }

    private static long[] sorted(List<long[]> parts) {
        return parts.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    }

    /** Several rounds as if they were one. */
    static Round together(List<Round> rounds) {
        return new Round(
                sorted(rounds.stream().map(Round::nanos).toList()),
                rounds.stream().map(Round::elapsed).reduce(Duration.ZERO, Duration::plus),
                rounds.stream().map(Round::cpu).reduce(Duration.ZERO, Duration::plus));
    }

    double perSecond() {
        return nanos.length * 1e9 / elapsed.toNanos();
    }

    /** Milliseconds within which that part of the requests was answered. */
    double millis(double part) {
        return nanos.length == 0 ? 0 : nanos[(int) Math.min(nanos.length - 1L, Math.round(nanos.length * part))] / 1e6;
    }

    /** Processor time of the server for one request, in microseconds. */
    double cpuMicros() {
        return nanos.length == 0 ? 0 : cpu.toNanos() / 1e3 / nanos.length;
    }
}
