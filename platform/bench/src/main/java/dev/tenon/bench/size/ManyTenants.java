package dev.tenon.bench.size;

import dev.tenon.bench.BenchTenant;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.TenantModels;
import dev.tenon.tenancy.Tenants;
import dev.tenon.tenancy.identity.Users;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.ConfigurableApplicationContext;

/** Many tenants with the recruiting sample on one node, with nothing of their own or each with a field of its own. */
final class ManyTenants {

    private static final PackageId RECRUITING = new PackageId("recruiting", "1.1.0");
    private static final String REQUEST = "/odata/recruiting__Position?$top=10";

    private final List<String> settings;
    private final Path tokens;
    private final int number;
    private final boolean own;

    /** @param own each tenant has a field of its own */
    ManyTenants(Path folder, List<String> settings, int number, boolean own) {
        this.settings = settings;
        this.tokens = folder.resolve(own ? "own.tokens" : "many.tokens");
        this.number = number;
        this.own = own;
    }

    /** Makes the tenants that are not there yet, each with somebody who has a token. */
    void create() throws IOException, InterruptedException {
        List<Took> creating = new ArrayList<>();
        try (ConfigurableApplicationContext platform = BenchTenant.platform(settings)) {
            for (int i = known().size(); i < number; i++) {
                String key = (own ? "own" : "many") + i;
                creating.add(Took.by(() -> create(platform, key)));
                String token = Api.token(platform, key, "recruiting__recruiter");
                List<String> all = new ArrayList<>(known());
                all.add(token);
                Files.write(tokens, all);
            }
        }
        Took.told("create " + kind(), creating);
    }

    private void create(ConfigurableApplicationContext platform, String key) {
        platform.getBean(Tenants.class).create(Users.platform(key), key, "Many", List.of(RECRUITING));
        if (own) {
            LayerEdit field = new LayerEdit.Add(
                    ElementKey.parse("field:recruiting__Position/c__" + key),
                    Map.of("type", "text", "label", "Of " + key));
            Publication done = platform.getBean(Customizing.class)
                    .apply(Users.platform(key), List.of(field), Optional.empty(), false);
            if (!(done instanceof Publication.Published)) {
                throw new IllegalStateException(key + ": " + done);
            }
        }
    }

    private List<String> known() throws IOException {
        return Files.exists(tokens) ? Files.readAllLines(tokens, StandardCharsets.UTF_8) : List.of();
    }

    private String kind() {
        return own ? "a recruiting tenant with an own field" : "a recruiting tenant";
    }

    /** Nodes that have just started know no tenant's model; each tenant asks once. */
    void touch() throws IOException, InterruptedException {
        touch("all " + number + " kept", List.of("--tenon.models.max-loaded=" + number), false);
        if (number > TenantModels.STANDARD_MOST) {
            touch(TenantModels.STANDARD_MOST + " of " + number + " kept", List.of(), true);
        }
    }

    private void touch(String kept, List<String> room, boolean again) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(settings);
        all.addAll(room);
        try (ConfigurableApplicationContext platform = BenchTenant.platform(all)) {
            List<String> people = known().subList(0, number);
            // What is made once in a process is no tenant's.
            new Api(platform, people.getFirst()).get(REQUEST);
            long before = Took.heap();
            Took.told("first request of " + kind() + ", " + kept, asked(platform, people.subList(1, number)));
            long after = Took.heap();
            Took.told("heap of the whole process", after / 1e6);
            Took.told("heap of " + kind(), (after - before) / 1e6 / (number - 1));
            if (again) {
                // The first ones were idle for longest, so they are not there any more.
                int unloaded = number - TenantModels.STANDARD_MOST;
                Took.told("request of one that was unloaded", asked(platform, people.subList(0, unloaded)));
                Took.told("heap of the whole process then", Took.heap() / 1e6);
            }
            Took.told("request of one that is kept", asked(platform, people.subList(0, number / 2)));
        }
    }

    private static List<Took> asked(ConfigurableApplicationContext platform, List<String> people)
            throws IOException, InterruptedException {
        List<Took> times = new ArrayList<>();
        for (String token : people) {
            Api person = new Api(platform, token);
            times.add(Took.by(() -> person.get(REQUEST)));
        }
        return times;
    }
}
