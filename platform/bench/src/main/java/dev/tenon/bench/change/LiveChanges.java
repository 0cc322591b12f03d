package dev.tenon.bench.change;

import dev.tenon.access.Identity;
import dev.tenon.bench.BenchDatabase;
import dev.tenon.bench.BenchTenant;
import dev.tenon.metadata.LayerEdit;
import dev.tenon.records.Records;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.tenancy.Customizing;
import dev.tenon.tenancy.Customizing.UndoConsent;
import dev.tenon.tenancy.Publication;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.Tenancy;
import dev.tenon.tenancy.identity.Users;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Changes a table with many rows in every way while people read and write, and prints how long the change took, how many
 * requests failed and which took the longest. Arguments: number of rows, {@code h2} or {@code postgres} (one is started
 * then), {@code data=} and a folder that keeps the rows for the next time, settings of the platform
 * ({@code --tenon.database.url=…} for an empty PostgreSQL database of one's own).
 */
public final class LiveChanges {

    private static final int QUIET_LOOKS = 100;
    private static final long WARM_MILLIS = 10_000;
    private static final long IDLE_MILLIS = 5_000;

    private final Customizing customizing;
    private final Identity admin = Users.platform(BenchTenant.KEY);
    private final People people;
    private People.Told worst = People.Told.NOTHING;

    private LiveChanges(Customizing customizing, People people) {
        this.customizing = customizing;
        this.people = people;
    }

    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        List<String> others = new ArrayList<>(List.of(arguments).subList(1, arguments.length));
        boolean postgres = others.remove("postgres");
        others.remove("h2");
        Optional<Path> kept = others.stream()
                .filter(argument -> argument.startsWith("data="))
                .map(argument -> Path.of(argument.substring("data=".length())))
                .findFirst();
        others.removeIf(argument -> argument.startsWith("data="));
        Path folder = kept.isPresent() ? kept.get() : Files.createTempDirectory("tenon-changes");
        others.add("--tenon.data=" + folder.resolve("tenon"));
        others.add("--tenon.schema.keep-days=0");
        others.add("--logging.level.root=error");
        try (EmbeddedPostgres server = postgres ? BenchDatabase.started(folder.resolve("postgres")) : null;
                ConfigurableApplicationContext platform = BenchTenant.platform(BenchDatabase.with(server, others))) {
            BenchTenant tenant = new ManyOrders(platform).prepared(rows);
            try (People people = new People(platform.getBean(Records.class), tenant.sales(), 3, 1)) {
                LiveChanges changes = new LiveChanges(platform.getBean(Customizing.class), people);
                changes.run(new ManyOrders(platform), platform.getBean(Tenancy.class), rows);
            }
        }
    }

    private void run(ManyOrders orders, Tenancy tenancy, int rows) throws InterruptedException {
        Thread.sleep(WARM_MILLIS);
        people.told();
        Thread.sleep(IDLE_MILLIS);
        People.Told idle = people.told();
        print("nothing", IDLE_MILLIS, idle);
        ChangeList list = new ChangeList();
        for (ChangeList.Change change : list.beforeNumbers()) {
            apply(change);
        }
        orders.number(rows, ChangeList.SERIAL);
        for (ChangeList.Change change : list.withNumbers()) {
            apply(change);
        }
        long retyped = customizing.history(admin, 1).getFirst().version();
        ended("undo the last retype", () -> undone(retyped));
        cancelled(list.cancelled());
        for (ChangeList.Change change : list.deletions()) {
            apply(change);
            long version = customizing.history(admin, 1).getFirst().version();
            ended("undo: " + change.name(), () -> undone(version));
        }
        // So that the next run begins with the same.
        apply(list.end());
        people.told();
        long begun = System.nanoTime();
        tenancy.purge();
        finished("purge what was deleted", begun);
        System.out.printf("%-30s %10s | %s%n", "worst of all changes", "", worst);
        System.out.printf("%-30s %10s | %s%n", "for comparison, nothing", "", idle);
    }

    private Publication undone(long version) {
        Optional<String> seen =
                Optional.of(customizing.undoLosses(admin, version).digest());
        return customizing.undo(admin, version, Optional.empty(), false, new UndoConsent(seen, false));
    }

    private Publication applied(List<LayerEdit> edits) {
        Optional<String> seen = Optional.of(customizing.losses(admin, edits).digest());
        return customizing.apply(admin, edits, Optional.empty(), false, seen);
    }

    private void apply(ChangeList.Change change) throws InterruptedException {
        ended(change.name(), () -> applied(change.edits()));
    }

    private void ended(String name, Supplier<Publication> change) throws InterruptedException {
        people.told();
        long begun = System.nanoTime();
        String told = name;
        switch (change.get()) {
            case Publication.Started(UUID id) -> told = name + " (" + await(id) + ")";
            // It measures nothing then: the list has something wrong.
            case Publication.Refused refused ->
                told = name + " (REFUSED: " + refused.exception().getMessage() + ")";
            case Publication.Published published -> {}
        }
        finished(told, begun);
    }

    /** Begins something long and cancels it. */
    private void cancelled(ChangeList.Change change) throws InterruptedException {
        people.told();
        long begun = System.nanoTime();
        String told = change.name() + " (too small to cancel)";
        if (applied(change.edits()) instanceof Publication.Started(UUID id)) {
            try {
                customizing.cancelSchemaChange(admin, id);
            } catch (PlatformException tooLate) {
                told = change.name() + " (too late)";
            }
            told = change.name() + " (" + await(id) + ")";
        }
        finished(told, begun);
    }

    private SchemaChange.State await(UUID id) throws InterruptedException {
        while (customizing.schemaChange(admin, id).state() == SchemaChange.State.RUNNING) {
            Thread.sleep(20);
        }
        return customizing.schemaChange(admin, id).state();
    }

    /** What follows from a change that is in force, such as computed values, goes on by itself. */
    private void finished(String name, long begun) throws InterruptedException {
        // It begins a moment later, so it has to be quiet for a while.
        long last = System.nanoTime();
        for (int quiet = 0; quiet < QUIET_LOOKS; quiet++) {
            Thread.sleep(20);
            if (customizing.schemaChanges(admin, 2).stream().anyMatch(c -> c.state() == SchemaChange.State.RUNNING)) {
                quiet = 0;
                last = System.nanoTime();
            }
        }
        long millis = (last - begun) / 1_000_000;
        Thread.sleep(1_000);
        People.Told told = people.told();
        worst = worst.and(told);
        print(name, millis, told);
    }

    private static void print(String name, long millis, People.Told told) {
        System.out.printf("%-30s %,7d ms | %s%n", name, millis, told);
    }
}
