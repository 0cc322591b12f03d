package dev.tenon.bench;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A PostgreSQL server for one run, whose data may be kept for the next one. */
public final class BenchDatabase {

    private BenchDatabase() {}

    /** A commit waits for the disk, as in production; the library's defaults are made for tests. */
    public static EmbeddedPostgres started(Path data) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setServerConfig("shared_buffers", "256MB")
                .start();
    }

    /** The settings with those of the server, where there is one. */
    public static List<String> with(@Nullable EmbeddedPostgres server, List<String> settings) {
        List<String> all = new ArrayList<>(settings);
        if (server != null) {
            all.add("--tenon.database.url=jdbc:postgresql://localhost:" + server.getPort() + "/postgres");
            all.add("--tenon.database.user=postgres");
            all.add("--tenon.database.password=postgres");
        }
        return all;
    }
}
