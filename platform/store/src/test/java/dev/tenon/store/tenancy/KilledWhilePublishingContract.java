package dev.tenon.store.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.Identity;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.tenancy.PackageId;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** After a killed publication the tenant has the old or the new model, complete, and tables that fit it. */
abstract class KilledWhilePublishingContract {

    private static final String CUSTOMER = "shop__Customer";

    @TempDir
    Path folder;

    private DatabaseSettings settings;

    abstract DatabaseSettings settings(Path folder);

    @Test
    void killedInTheMiddleOfAChangeOfTheTables() throws IOException, InterruptedException {
        create();
        for (String where : List.of("applied", "marked")) {
            Acknowledged acknowledged = run(where, 0);
            assertOldOrNew(acknowledged);
        }
    }

    @Test
    void killedAtAnyMoment() throws IOException, InterruptedException {
        create();
        Random random = new Random(7);
        for (int i = 0; i < 3; i++) {
            assertOldOrNew(run("never", 300 + random.nextInt(1500)));
        }
    }

    private void create() {
        settings = settings(folder);
        try (Node node = new Node(settings, folder)) {
            node.tenancy().start();
            Identity system = Node.system("market");
            node.tenancy().packages().add(system, ShopPackage.first());
            node.tenancy().tenants().create(system, "market", "Market", List.of(new PackageId("shop", "1.0.0")));
        }
    }

    /** What the victim said before it died. */
    private record Acknowledged(int number, long version) {}

    private int next = 0;

    private Acknowledged run(String haltAt, long killAfterMillis) throws IOException, InterruptedException {
        Process victim = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PublishingVictim.class.getName(),
                        settings.url(),
                        settings.user(),
                        settings.password(),
                        folder.toString(),
                        String.valueOf(next),
                        haltAt)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        Acknowledged last = new Acknowledged(next - 1, 0);
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(victim.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                if (line.equals("ready") && haltAt.equals("never")) {
                    Thread.ofVirtual().start(() -> {
                        try {
                            Thread.sleep(killAfterMillis);
                        } catch (InterruptedException e) {
                            Thread.currentThread().interrupt();
                        }
                        victim.destroyForcibly();
                    });
                } else if (line.startsWith("ack ")) {
                    String[] parts = line.split(" ");
                    last = new Acknowledged(Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
                }
            }
        } catch (IOException endOfAKilledProcess) {
            assertThat(victim.isAlive()).isFalse();
        }
        victim.waitFor();
        assertThat(victim.exitValue()).isNotZero();
        return last;
    }

    private void assertOldOrNew(Acknowledged acknowledged) {
        try (Node node = new Node(settings, folder)) {
            node.tenancy().start();
            Model model = node.tenancy().models().current("market").model();
            assertThat(model.version()).isBetween(acknowledged.version(), Math.max(acknowledged.version(), 1) + 3);
            ObjectType customer = model.requireObject(CUSTOMER);
            for (int i = 0; i <= acknowledged.number(); i++) {
                assertThat(customer.findField("c__k" + i))
                        .as("acknowledged field " + i)
                        .isPresent();
            }
            Map<String, Object> values = new LinkedHashMap<>();
            // The fields are unique, and a victim may die before it changes anything: the version is no fresh value.
            String fresh = UUID.randomUUID().toString();
            values.put("name", fresh);
            customer.fields().keySet().stream()
                    .filter(f -> f.startsWith("c__k"))
                    .forEach(f -> values.put(f, fresh));
            node.session(Node.system("market")).create(CUSTOMER, values);
            assertThat(node.tenancyStore().intents()).isEmpty();
            while (customer.findField("c__k" + next).isPresent()) {
                next++;
            }
        }
    }
}
