package dev.tenon.store.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tenon.metadata.model.Model;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.TenantSchemas;
import dev.tenon.store.TestDatabases;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What happens to saves when the embedded database cannot grow any more, and when it can again. */
class DiskFullTest {

    private static final String TENANT = "full";
    private static final int SAVES = 200;
    private static final int REFUSALS = 20;

    private final Model model = StoreProcess.before(TENANT);
    private final Set<UUID> saved = new HashSet<>();
    private DatabaseSettings settings;

    @TempDir
    private Path folder;

    @BeforeEach
    void prepare() {
        settings = TestDatabases.h2(folder);
        try (Database database = Database.open(settings)) {
            JournaledSchemaEvolution evolution = new JournaledSchemaEvolution(database, new Catalogue(database));
            evolution.createTenant(TENANT);
            evolution.evolve(TENANT, model);
        }
    }

    /** Linux lets files of a running process end where they are, and grow again. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void savesAreRefusedUntilThereIsRoomAndNothingIsLost() throws Exception {
        Process process = StoreProcess.start(
                settings, "insert", TENANT, folder.resolve("files").toString());
        try (BufferedReader out = KillContract.reader(process)) {
            until(out, StoreProcess.SAVED, SAVES);
            Path data = folder.resolve("data").resolve("tenon.mv.db");
            largestFile(process, String.valueOf(Files.size(data)));
            until(out, StoreProcess.REFUSED + StoreError.DISK_FULL.id(), 1);
            until(out, StoreProcess.REFUSED, REFUSALS);
            largestFile(process, "unlimited");
            until(out, StoreProcess.SAVED, SAVES);
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        try (Database database = Database.open(settings)) {
            Set<UUID> offers = KillContract.ids(database, TENANT, "recruiting__offer");
            assertThat(offers).containsAll(saved);
            assertThat(KillContract.ids(database, TENANT, "recruiting__note")).isEqualTo(offers);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void uploadsAreRefusedWithoutHalvesOfFilesUntilThereIsRoom() throws Exception {
        Path files = folder.resolve("files");
        Process process = StoreProcess.start(settings, "insert", TENANT, files.toString());
        try (BufferedReader out = KillContract.reader(process)) {
            until(out, StoreProcess.SAVED, SAVES);
            // Less than one of the files.
            largestFile(process, "1000");
            until(out, StoreProcess.REFUSED + StoreError.DISK_FULL.id(), REFUSALS);
            try (Stream<Path> halves =
                    Files.list(files.resolve(TenantSchemas.nameOf(TENANT)).resolve("incoming"))) {
                // The one that is being written.
                assertThat(halves.count()).isLessThanOrEqualTo(1);
            }
            largestFile(process, "unlimited");
            until(out, StoreProcess.SAVED, SAVES);
        } finally {
            process.toHandle().destroyForcibly();
            process.waitFor();
        }
        try (Database database = Database.open(settings)) {
            assertThat(KillContract.ids(database, TENANT, "recruiting__offer")).containsAll(saved);
        }
    }

    /** As after a write that failed: each connection of the pool is to a database that is gone, and refuses once at most. */
    @Test
    void aDatabaseThatClosedIsOpenedAgain() {
        try (Database database = Database.open(settings)) {
            assertThatThrownBy(() -> database.dsl().execute("shutdown immediately"))
                    .extracting("code")
                    .isEqualTo(StoreError.CONNECTION_LOST);
            int refused = 0;
            for (int i = 0; i < 2 * settings.poolSize(); i++) {
                refused += refuses(database) ? 1 : 0;
            }
            assertThat(refused).isLessThan(settings.poolSize());
            assertThat(refuses(database)).isFalse();
        }
    }

    private static boolean refuses(Database database) {
        try {
            return !KillContract.ids(database, TENANT, "recruiting__offer").isEmpty();
        } catch (PlatformException e) {
            assertThat(e.code()).isEqualTo(StoreError.CONNECTION_LOST);
            return true;
        }
    }

    private void until(BufferedReader out, String beginning, int times) throws IOException {
        for (int seen = 0; seen < times; ) {
            String line = Objects.requireNonNull(out.readLine(), "it ended by itself");
            if (line.startsWith(StoreProcess.SAVED)) {
                saved.add(UUID.fromString(line.substring(StoreProcess.SAVED.length())));
            }
            seen += line.startsWith(beginning) ? 1 : 0;
        }
    }

    private static void largestFile(Process process, String bytes) throws Exception {
        Process limit = new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + bytes + ":")
                .inheritIO()
                .start();
        assertThat(limit.waitFor()).isZero();
    }
}
