package dev.tenon.store.tenancy;

import dev.tenon.access.Identity;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.metadata.model.ElementKey;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.schema.SchemaStep;
import dev.tenon.store.schema.StepListener;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Publishes one model after the other in a JVM of its own, until it is killed; says what it has been told. */
final class PublishingVictim {

    private PublishingVictim() {}

    /** Arguments: URL, user, password, folder, first number, and where to halt: {@code applied}, {@code marked}, {@code never}. */
    public static void main(String[] arguments) {
        String haltAt = arguments[5];
        StepListener halting = new StepListener() {
            @Override
            public void applied(String tenant, int ordinal, SchemaStep step) {
                halt("applied");
            }

            @Override
            public void marked(String tenant, int ordinal, SchemaStep step) {
                halt("marked");
            }

            private void halt(String where) {
                if (haltAt.equals(where)) {
                    System.out.println("halted");
                    System.out.flush();
                    Runtime.getRuntime().halt(137);
                }
            }
        };
        DatabaseSettings settings = new DatabaseSettings(arguments[0], arguments[1], arguments[2], 8);
        Node node = new Node(settings, Path.of(arguments[3]), halting, List.of());
        node.tenancy().start();
        Identity system = Node.system("market");
        System.out.println("ready");
        for (int i = Integer.parseInt(arguments[4]); ; i++) {
            LayerEdit edit = new LayerEdit.Add(
                    new ElementKey("field", "shop__Customer/c__k" + i),
                    Map.of("type", "text", "label", "K" + i, "unique", true));
            long version = node.tenancy()
                    .customizing()
                    .apply(system, List.of(edit), Optional.empty(), false)
                    .orThrow();
            System.out.println("ack " + i + " " + version);
            System.out.flush();
        }
    }
}
