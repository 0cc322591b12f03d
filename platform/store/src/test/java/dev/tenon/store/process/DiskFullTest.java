package dev.tenon.store.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.TestDatabases;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The embedded database and the files beside it where nothing more can be written; a limit of the process stands for the disk. */
@Timeout(120)
class DiskFullTest {

    private static final String TENANT = "full";
    private static final int BLOCKS = 3_000;

    @TempDir
    Path folder;

    @Test
    void isToldAndHarmsNothingAndIsOverWhenThereIsSpace() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/prlimit")), "the limit is raised with prlimit");
        DatabaseSettings settings = TestDatabases.h2(folder);
        try (Database database = Database.open(settings)) {
            KillContract.prepare(database, TENANT, 0);
        }
        Path files = folder.resolve("files");
        Process process = StoreProcess.startWithin(BLOCKS, settings, "fill", TENANT, files.toString());
        Set<UUID> saved = new HashSet<>();
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine())
                    .as("a file that is too large for the disk")
                    .isEqualTo("store.disk-full");
            assertThat(filesIn(files)).as("nothing of it stays").isZero();
            assertThat(savedUntil(out, saved)).isEqualTo("store.disk-full");

            String id = String.valueOf(process.pid());
            assertThat(new ProcessBuilder("prlimit", "--pid", id, "--fsize=unlimited:unlimited")
                            .start()
                            .waitFor())
                    .isZero();
            process.outputWriter(StandardCharsets.UTF_8).append("\n").flush();
            saved.add(UUID.fromString(out.readLine()));
            assertThat(out.readLine()).isEqualTo(String.valueOf(StoreProcess.FILE));
        }
        assertThat(process.waitFor()).isZero();
        assertThat(saved).hasSizeGreaterThan(100);
        try (Database database = Database.open(settings)) {
            Set<UUID> offers = KillContract.ids(database, TENANT, "recruiting__offer");
            assertThat(offers).containsAll(saved);
            assertThat(KillContract.ids(database, TENANT, "recruiting__note")).isEqualTo(offers);
        }
    }

    private static String savedUntil(BufferedReader out, Set<UUID> saved) throws IOException {
        String line = out.readLine();
        for (; line != null && line.length() == 36; line = out.readLine()) {
            saved.add(UUID.fromString(line));
        }
        return String.valueOf(line);
    }

    private static long filesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).count();
        }
    }
}
