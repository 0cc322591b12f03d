package dev.tenon.store.tenancy;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.PackageId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Publishes one model after the other in a JVM of its own, by edits or by upgrades of a package, while somebody saves
 * records, until it is killed; says what it has been told.
 */
final class PublishingVictim {

    static final String EDITS = "edits";
    static final String UPGRADES = "upgrades";
    static final String FORMULAS = "formulas";

    /** With more records formulas are computed in the background. */
    static final SchemaSettings LARGE = new SchemaSettings(100, Duration.ofSeconds(5));

    private static final String TENANT = "market";

    private PublishingVictim() {}

    /**
     * Arguments: URL, user, password, folder, {@code edits} or {@code upgrades}, first number, and where to halt:
     * {@code applied}, {@code marked}, {@code never}.
     */
    public static void main(String[] arguments) {
        DatabaseSettings settings = new DatabaseSettings(arguments[0], arguments[1], arguments[2], 8);
        SchemaSettings sizes = arguments[4].equals(FORMULAS) ? LARGE : SchemaSettings.STANDARD;
        Node node = new Node(settings, Path.of(arguments[3]), sizes, haltingAt(arguments[6]), List.of());
        node.tenancy().start();
        Thread.ofVirtual().start(() -> save(node));
        say("ready");
        for (int i = Integer.parseInt(arguments[5]); ; i++) {
            long version = switch (arguments[4]) {
                case UPGRADES -> upgrade(node, i);
                case FORMULAS -> formula(node, i);
                default -> edit(node, i);
            };
            say("ack " + i + " " + version);
        }
    }

    private static StepListener haltingAt(String place) {
        return new StepListener() {
            @Override
            public void applied(String tenant, int ordinal, SchemaStep step) {
                halt("applied");
            }

            @Override
            public void marked(String tenant, int ordinal, SchemaStep step) {
                halt("marked");
            }

            private void halt(String where) {
                if (place.equals(where)) {
                    Runtime.getRuntime().halt(137);
                }
            }
        };
    }

    private static long edit(Node node, int number) {
        LayerEdit edit = new LayerEdit.Add(
                new ElementKey("field", "shop__Customer/c__k" + number),
                Map.of("type", "text", "label", "K" + number, "unique", true));
        return node.tenancy()
                .customizing()
                .apply(Node.system(TENANT), List.of(edit), Optional.empty(), false)
                .orThrow();
    }

    /** Waits for the values of the one before: until then no other change is taken. */
    private static long formula(Node node, int number) {
        while (node.tenancyStore().recomputeDue(TENANT).isPresent()) {
            LockSupport.parkNanos(1_000_000);
        }
        return node.tenancy()
                .customizing()
                .apply(
                        Node.system(TENANT),
                        List.of(ShopPackage.set(
                                "field:shop__Customer/c__product", "expression", "rating * " + (number + 2))),
                        Optional.empty(),
                        false)
                .orThrow();
    }

    private static long upgrade(Node node, int number) {
        Identity system = Node.system(TENANT);
        PackageId version = node.tenancy().packages().add(system, ShopPackage.upgrade(number));
        return node.tenancy().packages().apply(system, version).publication().orThrow();
    }

    private static void save(Node node) {
        while (true) {
            try {
                UUID id = node.session(Node.system(TENANT))
                        .create("shop__Customer", Map.of("name", "acknowledged"))
                        .id();
                say("row " + id);
            } catch (PlatformException busy) {
                // Not acknowledged: the tables are being changed at this moment.
                Thread.yield();
            }
        }
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
