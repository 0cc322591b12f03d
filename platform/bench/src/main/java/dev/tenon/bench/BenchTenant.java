package dev.tenon.bench;

import dev.tenon.access.Identity;
import dev.tenon.app.TenonApplication;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.RowOutcome;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.AccessTokens;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * A tenant with the package of the benchmarks: salespeople who see their own orders and those of one region, never the
 * margin. Rows come through the door to records, as an import does, so each is complete.
 *
 * @param sales one of the salespeople
 * @param salesToken access token of the same
 */
public record BenchTenant(Identity sales, String salesToken) {

    public static final String KEY = "bench";
    public static final String ORDER = "bench__Order";
    public static final String CUSTOMER = "bench__Customer";

    private static final int SALESPEOPLE = 20;
    private static final int CUSTOMERS = 500;

    /** The platform in this process, on a free port. */
    public static ConfigurableApplicationContext platform(List<String> settings) {
        List<String> arguments = new ArrayList<>(settings);
        arguments.add("--server.port=0");
        return TenonApplication.run(arguments.toArray(String[]::new));
    }

    /** Makes the tenant on a platform that does not have it yet. */
    public static BenchTenant create(ApplicationContext platform, int orders) {
        Identity system = Users.platform(KEY);
        platform.getBean(Tenants.class).create(system, KEY, "Benchmark", List.of(new PackageId("bench", "1.0.0")));
        List<Identity> sales = new ArrayList<>();
        for (int i = 1; i <= SALESPEOPLE; i++) {
            sales.add(user(platform, system, "sales" + i, "bench__sales"));
        }
        fill(platform.getBean(Records.class), system, sales, orders);
        AccessTokens tokens = platform.getBean(AccessTokens.class);
        return new BenchTenant(
                sales.getFirst(), tokens.create(sales.getFirst(), "bench", 30).text());
    }

    /** The tenant that an earlier run has left. */
    public static Optional<BenchTenant> find(ApplicationContext platform) {
        boolean known = platform.getBean(Tenants.class).list().stream()
                .anyMatch(tenant -> tenant.key().equals(KEY));
        if (!known) {
            return Optional.empty();
        }
        Identity seller = platform
                .getBean(Records.class)
                .open(Users.platform(KEY), Channel.SYSTEM)
                .query(Query.of(Users.OBJECT, SALESPEOPLE * 2))
                .rows()
                .stream()
                .filter(row -> "sales1".equals(row.values().get("login")))
                .findFirst()
                .flatMap(row -> platform.getBean(Users.class).identity(KEY, row.id()))
                .orElseThrow();
        AccessTokens tokens = platform.getBean(AccessTokens.class);
        return Optional.of(
                new BenchTenant(seller, tokens.create(seller, "bench again", 30).text()));
    }

    private static Identity user(ApplicationContext platform, Identity system, String login, String set) {
        Users users = platform.getBean(Users.class);
        UUID id = users.create(
                        system,
                        new NewUser(
                                login,
                                login,
                                login + "@bench.example",
                                Locale.ENGLISH,
                                ZoneOffset.UTC,
                                UUID.randomUUID().toString(),
                                Set.of(set),
                                null))
                .id();
        return users.identity(KEY, id).orElseThrow();
    }

    private static void fill(Records records, Identity system, List<Identity> sales, int orders) {
        OrderData data = new OrderData();
        List<Map<String, @Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < CUSTOMERS; i++) {
            rows.add(data.customer(i));
        }
        List<UUID> customers = save(records, system, CUSTOMER, rows);
        for (int done = 0, chunk = 0; done < orders; done += RecordSession.IMPORT_CHUNK, chunk++) {
            rows.clear();
            for (int i = done; i < Math.min(orders, done + RecordSession.IMPORT_CHUNK); i++) {
                rows.add(data.order(customers));
            }
            // With the engine's rights, because the salespeople may not write margins; the rows are theirs all the
            // same.
            save(records, sales.get(chunk % sales.size()).asSystem(), ORDER, rows);
        }
    }

    private static List<UUID> save(
            Records records, Identity identity, String object, List<Map<String, @Nullable Object>> rows) {
        List<UUID> ids = new ArrayList<>(rows.size());
        for (RowOutcome outcome : records.open(identity, Channel.IMPORT).importRows(object, rows)) {
            ids.add(
                    switch (outcome) {
                        case RowOutcome.Saved saved -> saved.id();
                        case RowOutcome.Rejected rejected -> throw rejected.problem();
                    });
        }
        return ids;
    }

    @Override
    public String toString() {
        return "BenchTenant[" + sales.user().name() + "]";
    }
}
