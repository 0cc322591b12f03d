package dev.tenon.store.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.Model;
import dev.tenon.records.port.FileStore;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.process.EvolutionVictim.Work;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.StepListener;
import dev.tenon.store.schema.TenantTables;
import dev.tenon.tenancy.SchemaChange;
import dev.tenon.tenancy.port.SchemaEvolution.Initiator;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What is left after a process was killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class KillContract {

    private static final String TENANT = "killed";
    /** More by hand: {@code -Dkills=200}. */
    private static final int ROUNDS = Integer.getInteger("kills", 3);

    /** The tenant of which the steps are counted. */
    private static final int COUNTED = 999;

    private DatabaseSettings settings;
    private Path files;

    abstract DatabaseSettings settings(Path folder);

    @BeforeAll
    void choose(@TempDir Path folder) {
        settings = settings(folder);
        files = folder.resolve("files");
    }

    @Test
    void everyAcknowledgedSaveIsThereAndNoHalfOne() throws Exception {
        try (Database database = Database.open(settings)) {
            prepare(database, TENANT);
        }
        List<UUID> acknowledged = new ArrayList<>();
        Set<UUID> whole = new HashSet<>();
        Random random = new Random();
        for (int round = 0; round < ROUNDS; round++) {
            Process process = StoreProcess.start(settings, "insert", TENANT, files.toString());
            int wanted = 50 + random.nextInt(250);
            try (BufferedReader out = reader(process)) {
                for (int seen = 0; seen < wanted; ) {
                    seen += acknowledge(Objects.requireNonNull(out.readLine(), "it ended by itself"), acknowledged);
                }
                // Through its handle: the other way would also close what it has printed.
                process.toHandle().destroyForcibly();
                for (String line = out.readLine(); line != null; line = out.readLine()) {
                    acknowledge(line, acknowledged);
                }
            } finally {
                process.toHandle().destroyForcibly();
            }
            assertThat(process.waitFor()).isEqualTo(StoreProcess.KILLED);
            try (Database database = Database.open(settings)) {
                Set<UUID> offers = ids(database, TENANT, "recruiting__offer");
                // By the sets themselves: a comparison one by one takes hours after two hundred rounds.
                Set<UUID> lost = new HashSet<>(acknowledged);
                lost.removeAll(offers);
                assertThat(lost).isEmpty();
                assertThat(ids(database, TENANT, "recruiting__note")).isEqualTo(offers);
                assertThat(ids(database, TENANT, "tenon_file")).isEqualTo(offers);
                offers.removeAll(whole);
                assertThatBytesAreThere(database, offers);
                whole.addAll(offers);
            }
        }
        assertThatNothingElseIsOnTheDisk(whole.size());
        System.out.println(
                getClass().getSimpleName() + ": " + ROUNDS + " kills, " + acknowledged.size() + " saves acknowledged");
    }

    /** One process dies in the middle of all steps of all kinds of changes, each of another tenant. */
    @Test
    void aChangeKilledInAnyStepEndsInTheOldOrTheNewStateWithAllRows() throws Exception {
        List<String> tenants = new ArrayList<>();
        Set<String> switched = new HashSet<>();
        try (Database database = Database.open(settings)) {
            for (Work work : Work.values()) {
                KillPoints counted = new KillPoints(Map.of());
                String first = work.tenant(COUNTED);
                EvolutionVictim.prepare(database, first);
                EvolutionVictim.change(database, first, counted);
                assertThat(counted.passed(first)).as(work.name()).isGreaterThanOrEqualTo(2);
                // The way to where it is taken back is the one of a retype.
                int from = work == Work.TAKE_BACK ? counted.switchedAt(first, 1) : 0;
                for (int point = from; point < counted.passed(first); point++) {
                    EvolutionVictim.prepare(database, work.tenant(point));
                    tenants.add(work.tenant(point));
                    int last = counted.switchedAt(first, 2);
                    if (last >= 0 && point >= last) {
                        switched.add(work.tenant(point));
                    }
                }
            }
        }
        Process process = StoreProcess.start(settings, EvolutionVictim.class, String.join(",", tenants));
        assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
        assertThat(process.exitValue()).isEqualTo(StoreProcess.KILLED);
        try (Database database = Database.open(settings)) {
            EvolutionVictim.evolution(database, StepListener.NONE).resume();
            for (String tenant : tenants) {
                try {
                    assertOldOrNew(database, tenant, switched.contains(tenant));
                } catch (RuntimeException | AssertionError e) {
                    throw new AssertionError(tenant, e);
                }
            }
        }
        System.out.println(getClass().getSimpleName() + ": killed in " + tenants.size() + " steps");
    }

    private static void assertOldOrNew(Database database, String tenant, boolean switched) {
        JournaledSchemaEvolution evolution = EvolutionVictim.evolution(database, StepListener.NONE);
        Catalogue catalogue = new Catalogue(database, EvolutionVictim.SIZES);
        Model before = EvolutionVictim.before(tenant);
        Model after = EvolutionVictim.after(tenant);
        Work work = Work.of(tenant);
        assertThat(evolution.changes(tenant, 5)).noneMatch(change -> change.state() == SchemaChange.State.RUNNING);
        switch (work) {
            case SMALL, LARGE -> {
                evolution.evolve(tenant, after);
                assertThat(evolution.plan(tenant, after)).isEmpty();
                assertThat(codes(database, catalogue, after)).hasSize(work.rows).contains("01");
            }
            case RETYPE, RETYPE_SMALL, TAKE_BACK -> {
                // As tenancy does, which knows the version in force.
                evolution.inForce(tenant, switched ? 2 : 1);
                evolution.evolve(tenant, switched ? after : before);
                if (!switched) {
                    assertThat(evolution.plan(tenant, before)).isEmpty();
                    assertThat(codes(database, catalogue, before))
                            .hasSize(work.rows)
                            .contains("01");
                    evolution.evolve(tenant, wanted(evolution, tenant), Initiator.PLATFORM, id -> {});
                    database.schemaGate().switching(tenant, 2, () -> true);
                    evolution.inForce(tenant, 2);
                }
                evolution.keep(tenant, after, Instant.now());
                assertThat(evolution.plan(tenant, after)).isEmpty();
                assertThat(codes(database, catalogue, after)).hasSize(work.rows).contains(1L);
            }
            case PURGE, PURGE_SMALL -> {
                evolution.purge(tenant, after, Instant.now().plus(Duration.ofDays(31)));
                assertThat(evolution.kept(tenant))
                        .hasSize(2)
                        .allSatisfy(data -> assertThat(data.purgedAt()).isPresent());
                assertThat(columns(database, catalogue, after))
                        .contains("title")
                        .doesNotContain("code");
                assertThat(ids(database, tenant, table(catalogue, after))).hasSize(work.rows);
            }
            case COMPUTE ->
                assertThat(evolution.changes(tenant, 1))
                        .singleElement()
                        .satisfies(change -> assertThat(change.state()).isEqualTo(SchemaChange.State.FAILED));
        }
    }

    private static Wanted wanted(JournaledSchemaEvolution evolution, String tenant) {
        Wanted unseen = new Wanted(
                EvolutionVictim.after(tenant), Optional.of(EvolutionVictim.before(tenant)), Optional.empty());
        return new Wanted(
                unseen.model(),
                unseen.before(),
                Optional.of(evolution.losses(tenant, unseen).digest()));
    }

    private static String table(Catalogue catalogue, Model model) {
        return catalogue.tables(model).object(StoreProcess.OFFER).table().getName();
    }

    private static List<String> columns(Database database, Catalogue catalogue, Model model) {
        return database.dsl()
                .selectFrom(catalogue.tables(model).object(StoreProcess.OFFER).table())
                .limit(0)
                .fetch()
                .fieldStream()
                .map(org.jooq.Field::getName)
                .toList();
    }

    private static List<Object> codes(Database database, Catalogue catalogue, Model model) {
        TenantTables.ObjectTable offers = catalogue.tables(model).object(StoreProcess.OFFER);
        return new ArrayList<>(database.dsl()
                .select(DSL.field(DSL.name(offers.column("code").name())))
                .from(offers.table())
                .fetch(0));
    }

    /** The last line of a process that was killed may be half a one. */
    private static int acknowledge(String line, List<UUID> acknowledged) {
        if (line.startsWith(StoreProcess.SAVED) && line.length() == StoreProcess.SAVED.length() + 36) {
            acknowledged.add(UUID.fromString(line.substring(StoreProcess.SAVED.length())));
            return 1;
        }
        return 0;
    }

    private void assertThatBytesAreThere(Database database, Set<UUID> records) throws IOException {
        DiskBlobStore blobs = new DiskBlobStore(files);
        for (FileStore.Entry entry : new JooqFileStore(database, new Catalogue(database))
                .find(TENANT, records)
                .values()) {
            try (InputStream bytes = blobs.open(TENANT, entry.contentHash()).orElseThrow()) {
                assertThat(bytes.readAllBytes())
                        .isEqualTo(StoreProcess.content(entry.file().id()));
            }
        }
    }

    /** Bytes of saves that were not committed, and halves of uploads, are gone after the next cleaning. */
    private void assertThatNothingElseIsOnTheDisk(int wanted) throws IOException {
        try (Database database = Database.open(settings)) {
            JooqFileStore store = new JooqFileStore(database, new Catalogue(database));
            new DiskBlobStore(files)
                    .sweep(TENANT, Instant.now().plusSeconds(1), hashes -> store.referenced(TENANT, hashes));
        }
        try (Stream<Path> left = Files.walk(files)) {
            assertThat(left.filter(Files::isRegularFile)).hasSize(wanted);
        }
    }

    private static void prepare(Database database, String tenant) {
        JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, new Catalogue(database));
        evolution.createTenant(tenant);
        evolution.evolve(tenant, StoreProcess.before(tenant));
    }

    static Set<UUID> ids(Database database, String tenant, String table) {
        return database
                .dsl()
                .select(DSL.field(DSL.name("id"), UUID.class))
                .from(DSL.table(DSL.name(TenantSchemas.nameOf(tenant), table)))
                .fetch()
                .stream()
                .map(row -> row.value1())
                .collect(Collectors.toSet());
    }

    static BufferedReader reader(Process process) throws IOException {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }
}
