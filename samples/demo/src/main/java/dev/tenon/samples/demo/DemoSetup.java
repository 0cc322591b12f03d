package dev.tenon.samples.demo;

import dev.tenon.access.Identity;
import dev.tenon.approval.Approvals;
import dev.tenon.plugin.PluginHost;
import dev.tenon.records.Records;
import dev.tenon.samples.market.MarketDemo;
import dev.tenon.samples.recruiting.DemoData;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.NewUser;
import dev.tenon.tenancy.identity.Users;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Makes the two customers once, at the first start. What a killed start left unfinished is made anew. */
public final class DemoSetup {

    public static final String STANDARD = "standard";
    public static final String MARKET = "market";
    static final String PLUGIN = "offer-letter";

    private static final long SEED = 20_260_101L;
    private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");
    private static final PackageId PRODUCT = new PackageId("recruiting", "1.0.0");

    /** The rooms that the demo works with. */
    public record Platform(
            Tenants tenants,
            Packages packages,
            Customizing customizing,
            Users users,
            Records records,
            Approvals approvals,
            PluginHost plugins,
            InstantSource clock) {}

    /** Told how far the setup is. */
    public interface Progress {
        void at(String tenant, String phase, int done, int total);
    }

    private final Platform platform;
    private final Map<String, byte[]> marketLayer;
    private final Optional<Path> plugin;
    private final Progress progress;

    /**
     * @param marketLayer the supermarket chain's custom layer, path to content
     * @param plugin jar of the partner's plugin, installed for the chain; empty: somebody will install it by hand
     */
    public DemoSetup(Platform platform, Map<String, byte[]> marketLayer, Optional<Path> plugin, Progress progress) {
        this.platform = platform;
        this.marketLayer = Map.copyOf(marketLayer);
        this.plugin = plugin;
        this.progress = progress;
    }

    /** Makes the customers that are not there; does nothing when both are complete. */
    public void run() {
        Map<String, Map<String, UUID>> people = new LinkedHashMap<>();
        tenant(STANDARD, "Standard Ltd.").ifPresent(made -> people.put(STANDARD, made));
        tenant(MARKET, "乐家超市 · Lejia Supermarkets").ifPresent(made -> people.put(MARKET, made));
        // Side by side: a newcomer waits for both, and each has tables of its own.
        try (ExecutorService workers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> filling = new ArrayList<>();
            people.forEach((key, made) -> filling.add(workers.submit(() -> fill(key, made))));
            for (Future<?> one : filling) {
                one.get();
            }
        } catch (ExecutionException failure) {
            throw new IllegalStateException("the demo data could not be made", failure.getCause());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    /** The customer without records, and its people by login; empty when it is complete already. */
    private Optional<Map<String, UUID>> tenant(String key, String name) {
        Identity system = Users.platform(key);
        if (platform.tenants().find(key).isPresent()) {
            if (complete(system)) {
                return Optional.empty();
            }
            platform.tenants().remove(system, key);
        }
        progress.at(key, "tenant", 0, 1);
        platform.tenants().create(system, key, name, List.of(PRODUCT));
        if (key.equals(MARKET)) {
            platform.customizing()
                    .importFolder(system, marketLayer, Optional.of("Demo"), false)
                    .orThrow();
            plugin.ifPresent(jar -> installPlugin(system, jar));
        }
        progress.at(key, "tenant", 1, 1);
        return Optional.of(people(system));
    }

    private void fill(String key, Map<String, UUID> people) {
        Identity system = Users.platform(key);
        data(system, people);
        // The administrator comes last: whoever finds one finds a complete tenant.
        createUser(system, DemoPeople.of(key).getFirst(), people);
    }

    private boolean complete(Identity system) {
        return platform.users().all(system).stream()
                .anyMatch(user -> user.login().equals("admin"));
    }

    private void installPlugin(Identity system, Path jar) {
        if (platform.plugins().find(PLUGIN).isEmpty()) {
            platform.plugins().install(jar);
        }
        platform.packages()
                .enablePlugin(system, PLUGIN, platform.plugins().packageFiles(PLUGIN))
                .orThrow();
    }

    private Map<String, UUID> people(Identity system) {
        Map<String, UUID> ids = new HashMap<>();
        List<DemoPeople.Person> people = DemoPeople.of(system.tenant());
        for (DemoPeople.Person person : people.subList(1, people.size())) {
            ids.put(person.login(), createUser(system, person, ids));
        }
        return ids;
    }

    private UUID createUser(Identity system, DemoPeople.Person person, Map<String, UUID> known) {
        boolean chinese = system.tenant().equals(MARKET);
        @Nullable UUID manager = person.manager().map(known::get).orElse(null);
        return platform.users()
                .create(
                        system,
                        new NewUser(
                                person.login(),
                                chinese ? person.chinese() : person.english(),
                                person.login() + "@" + system.tenant() + ".example",
                                DemoPeople.locale(system.tenant()),
                                SHANGHAI,
                                DemoPeople.PASSWORD,
                                Set.of(person.role().permissionSet),
                                manager))
                .id();
    }

    private void data(Identity system, Map<String, UUID> people) {
        DemoData.Custom custom = DemoData.Custom.NONE;
        if (system.tenant().equals(MARKET)) {
            MarketDemo market = new MarketDemo(idsOf(people, "store"));
            custom = market::addTo;
        }
        DemoRecords sink = new DemoRecords(platform, system.tenant(), progress);
        LocalDate today = LocalDate.ofInstant(platform.clock().instant(), SHANGHAI);
        DemoData data = new DemoData(
                SEED, today, new DemoData.People(idsOf(people, "recruiter"), idsOf(people, "manager")), custom, sink);
        new DemoApprovals(platform, system, progress).play(data.create());
    }

    private static List<UUID> idsOf(Map<String, UUID> people, String role) {
        return people.entrySet().stream()
                .filter(p -> p.getKey().matches(role + "\\d*"))
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
