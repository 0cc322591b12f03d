package dev.tenon.store.tenancy;

import static dev.tenon.store.tenancy.TenancyTables.TENANT;
import static dev.tenon.store.tenancy.TenancyTables.TENANTS;
import static dev.tenon.store.tenancy.TenancyTables.VERSION;

import dev.tenon.store.Database;
import dev.tenon.tenancy.port.ModelChangeFeed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** Asks for the versions in force several times a second: one small query, the same on both databases. */
public final class PollingModelChangeFeed implements ModelChangeFeed {

    private static final Logger LOG = System.getLogger(PollingModelChangeFeed.class.getName());

    private final Database database;
    private final Duration pause;
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("tenon-model-changes").factory());
    private final Map<String, Long> told = new HashMap<>();

    public PollingModelChangeFeed(Database database) {
        this(database, Duration.ofMillis(400));
    }

    /** @param pause between two questions */
    public PollingModelChangeFeed(Database database, Duration pause) {
        this.database = database;
        this.pause = pause;
    }

    @Override
    public void start(BiConsumer<String, Long> listener) {
        clock.scheduleWithFixedDelay(() -> poll(listener), 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void poll(BiConsumer<String, Long> listener) {
        try {
            database.dsl().select(TENANT, VERSION).from(TENANTS).fetch().forEach(row -> {
                String tenant = row.get(TENANT);
                long version = row.get(VERSION);
                if (!Long.valueOf(version).equals(told.get(tenant))) {
                    tell(listener, tenant, version);
                }
            });
        } catch (RuntimeException fault) {
            LOG.log(Level.WARNING, "could not ask for model changes; asking again", fault);
        }
    }

    private void tell(BiConsumer<String, Long> listener, String tenant, long version) {
        try {
            listener.accept(tenant, version);
            told.put(tenant, version);
        } catch (RuntimeException fault) {
            LOG.log(Level.ERROR, "model " + version + " of tenant " + tenant + " could not be taken over", fault);
        }
    }

    @Override
    public void close() {
        clock.shutdownNow();
        try {
            clock.awaitTermination(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
