package dev.tenon.store.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.Row;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.PackageId;
import dev.tenon.tenancy.Packages;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a killed publication the tenant has the old or the new model, complete, tables that fit it, and every record whose
 * saving was acknowledged.
 */
abstract class KilledWhilePublishingContract {

    private static final String CUSTOMER = "shop__Customer";
    private static final String TENANT = "market";

    /** What the system says of a process that was killed, and the victim of itself where it halts. */
    private static final int KILLED = 137;

    @TempDir
    Path folder;

    private DatabaseSettings settings;

    abstract DatabaseSettings settings(Path folder);

    @Test
    void killedInTheMiddleOfAChangeOfTheTables() throws IOException, InterruptedException {
        create();
        for (String where : List.of("applied", "marked")) {
            assertOldOrNew(run(PublishingVictim.EDITS, where, 0));
        }
    }

    @Test
    void killedAtAnyMoment() throws IOException, InterruptedException {
        create();
        Random random = new Random(7);
        for (int i = 0; i < 3; i++) {
            assertOldOrNew(run(PublishingVictim.EDITS, "never", 300 + random.nextInt(1500)));
        }
    }

    @Test
    void killedInTheMiddleOfAnUpgrade() throws IOException, InterruptedException {
        create();
        next = 1;
        assertOldOrNew(run(PublishingVictim.UPGRADES, "applied", 0));
        assertOldOrNew(run(PublishingVictim.UPGRADES, "marked", 0));
        assertOldOrNew(run(PublishingVictim.UPGRADES, "never", 1000));
    }

    @Test
    void killedWhileFormulasAreComputedAnew() throws IOException, InterruptedException {
        create();
        try (Node node = new Node(settings, folder)) {
            Identity system = Node.system(TENANT);
            node.tenancy().start();
            node.tenancy()
                    .customizing()
                    .apply(
                            system,
                            List.of(ShopPackage.add(
                                    "field:shop__Customer/c__product",
                                    "type",
                                    "formula",
                                    "label",
                                    "Product",
                                    "result",
                                    Map.of("type", "integer"),
                                    "expression",
                                    "rating * 1")),
                            Optional.empty(),
                            false)
                    .orThrow();
            List<Map<String, @Nullable Object>> rows = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                rows.add(Map.of("name", "Customer " + i, "rating", 3L, "city", "Town"));
            }
            node.session(system).importRows(CUSTOMER, rows);
        }
        Random random = new Random(11);
        for (int i = 0; i < 3; i++) {
            Acknowledged said = run(PublishingVictim.FORMULAS, "never", 200 + random.nextInt(800));
            next = Math.max(next, said.number() + 1);
            try (Node node = new Node(settings, folder, PublishingVictim.LARGE, StepListener.NONE, List.of())) {
                node.tenancy().start();
                while (node.tenancyStore().recomputeDue(TENANT).isPresent()) {
                    Thread.sleep(10);
                }
                List<Object> products = node.database()
                        .dsl()
                        .select(DSL.field(DSL.name("c__product")))
                        .from(DSL.table(DSL.name("t_" + TENANT, "shop__customer")))
                        .where(DSL.field(DSL.name("rating"), Long.class).eq(3L))
                        .fetch(row -> (Object) row.value1());
                assertThat(products).hasSize(500);
                assertThat(Set.copyOf(products)).hasSize(1);
                assertThat(saved(node)).containsAll(said.rows());
            }
        }
    }

    private void create() {
        settings = settings(folder);
        try (Node node = new Node(settings, folder)) {
            node.tenancy().start();
            Identity system = Node.system(TENANT);
            node.tenancy().packages().add(system, ShopPackage.first());
            node.tenancy().tenants().create(system, TENANT, "Market", List.of(new PackageId("shop", "1.0.0")));
            version = node.tenancy().models().current(TENANT).model().version();
        }
    }

    /** What the victim said before it died: the last change that was in force, and the records that were saved. */
    private record Acknowledged(String work, int number, long version, Set<UUID> rows) {}

    /** Number of the change that the next victim begins with. */
    private int next = 0;

    /** The model that was in force before the victim. */
    private long version = 0;

    private Acknowledged run(String work, String haltAt, long killAfterMillis)
            throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingVictim.class.getName(),
                        settings.url(),
                        settings.user(),
                        settings.password(),
                        folder.toString(),
                        work,
                        String.valueOf(next),
                        haltAt)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        int number = next - 1;
        long inForce = 0;
        Set<UUID> rows = new HashSet<>();
        boolean ready = false;
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                String[] words = line.split(" ");
                ready |= line.equals("ready");
                if (line.equals("ready") && haltAt.equals("never")) {
                    killLater(victim, killAfterMillis);
                } else if (words[0].equals("row") && words.length == 2 && words[1].length() == 36) {
                    rows.add(UUID.fromString(words[1]));
                } else if (words[0].equals("ack") && words.length == 3) {
                    number = Integer.parseInt(words[1]);
                    inForce = Long.parseLong(words[2]);
                }
            }
        } catch (IOException endOfAKilledProcess) {
            assertThat(victim.isAlive()).isFalse();
        }
        victim.waitFor();
        assertThat(ready).as("it has begun").isTrue();
        assertThat(victim.exitValue()).isEqualTo(KILLED);
        return new Acknowledged(work, number, inForce, rows);
    }

    private static void killLater(Process victim, long millis) {
        Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(millis);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            // Through its handle: the other way would also close what it has printed.
            victim.toHandle().destroyForcibly();
        });
    }

    private void assertOldOrNew(Acknowledged acknowledged) {
        try (Node node = new Node(settings, folder)) {
            node.tenancy().start();
            Model model = node.tenancy().models().current(TENANT).model();
            long least = Math.max(acknowledged.version(), version);
            assertThat(model.version()).isBetween(least, least + 1);
            version = model.version();
            ObjectType customer = model.requireObject(CUSTOMER);
            boolean upgraded = acknowledged.work().equals(PublishingVictim.UPGRADES);
            String prefix = upgraded ? "s" : "c__k";
            Set<String> added = customer.fields().keySet().stream()
                    .filter(f -> f.matches(prefix + "\\d+"))
                    .collect(Collectors.toSet());
            for (int i = upgraded ? 1 : 0; i <= acknowledged.number(); i++) {
                assertThat(added).as("acknowledged").contains(prefix + i);
            }
            if (upgraded) {
                int minor = added.size();
                assertThat(versionOfShop(node)).isEqualTo("1." + minor + ".0");
                assertThat(minor).isBetween(acknowledged.number(), acknowledged.number() + 1);
            }
            assertTablesFit(node, customer, added);
            assertThat(saved(node)).containsAll(acknowledged.rows());
            assertThat(node.tenancyStore().intents()).isEmpty();
            while (customer.findField(prefix + next).isPresent()) {
                next++;
            }
        }
    }

    private static Set<UUID> saved(Node node) {
        return node.database()
                .dsl()
                .select(DSL.field(DSL.name("id"), UUID.class))
                .from(DSL.table(DSL.name("t_" + TENANT, "shop__customer")))
                .fetchSet(row -> row.value1());
    }

    private static String versionOfShop(Node node) {
        return node.tenancy().packages().installed(Node.system(TENANT)).stream()
                .filter(p -> p.name().equals("shop"))
                .map(Packages.Installed::version)
                .findFirst()
                .orElseThrow();
    }

    /** A record with a value in every added field can be saved and read. */
    private static void assertTablesFit(Node node, ObjectType customer, Set<String> added) {
        Map<String, Object> values = new LinkedHashMap<>();
        // The fields are unique, and a victim may die before it changes anything: the version is no fresh value.
        String fresh = UUID.randomUUID().toString();
        values.put("name", fresh);
        added.forEach(f -> values.put(f, fresh));
        Row saved = node.session(Node.system(TENANT)).create(customer.name(), values);
        assertThat(saved.values()).containsAllEntriesOf(values);
    }
}
