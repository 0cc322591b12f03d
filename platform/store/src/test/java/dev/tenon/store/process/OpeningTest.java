package dev.tenon.store.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.StoreError;
import dev.tenon.store.TestDatabases;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people are told when the database cannot be opened. */
class OpeningTest {

    @TempDir
    Path folder;

    @Test
    void aWrongPasswordIsToldOnBothDatabases() {
        DatabaseSettings h2 = TestDatabases.h2(folder);
        Database.open(h2).close();
        PlatformException refused = refused(new DatabaseSettings(h2.url(), h2.user(), "wrong", 4));
        assertThat(refused.code()).isEqualTo(StoreError.ACCESS_DENIED);
        assertThat(text(refused, Locale.ENGLISH))
                .contains("refuses the user tenon")
                .doesNotContain("wrong");
        assertThat(text(refused, Locale.SIMPLIFIED_CHINESE)).contains("拒绝用户 tenon");

        DatabaseSettings postgres = TestDatabases.postgres();
        assertThat(refused(new DatabaseSettings(postgres.url(), "nobody", "wrong", 4))
                        .code())
                .isEqualTo(StoreError.ACCESS_DENIED);
    }

    @Test
    void aMissingDatabaseAndAnUnreachableServerAreDifferent() {
        DatabaseSettings postgres = TestDatabases.postgres();
        String missing = postgres.shownUrl().replaceAll("/test_\\d+", "/not_there");
        assertThat(refused(new DatabaseSettings(missing, "postgres", "postgres", 4))
                        .code())
                .isEqualTo(StoreError.DATABASE_MISSING);
        PlatformException unreachable =
                refused(new DatabaseSettings("jdbc:postgresql://localhost:1/tenon?password=x", "tenon", "secret", 4));
        assertThat(unreachable.code()).isEqualTo(StoreError.UNREACHABLE);
        assertThat(text(unreachable, Locale.ENGLISH))
                .contains("jdbc:postgresql://localhost:1/tenon cannot be reached")
                .doesNotContain("secret", "password=x");
    }

    @Test
    void anUnwritableFolderIsTold() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "not a folder");
        PlatformException refused = refused(DatabaseSettings.embedded(file.resolve("data")));
        assertThat(refused.code()).isEqualTo(StoreError.FOLDER_UNWRITABLE);
        assertThat(text(refused, Locale.ENGLISH)).contains(file.resolve("data").toString());
    }

    @Test
    void anAddressOfNoKnownKindIsTold() {
        assertThat(refused(new DatabaseSettings("jdbc:h2:mem:x", "sa", "", 4)).code())
                .isEqualTo(StoreError.UNSUPPORTED_URL);
    }

    @Test
    void anotherProcessOnTheSameFilesIsTold() throws Exception {
        DatabaseSettings h2 = TestDatabases.h2(folder);
        try (Database database = Database.open(h2)) {
            assertThat(database.dsl().selectOne().fetchOne(0, int.class)).isEqualTo(1);
            Process second = StoreProcess.start(h2, "open");
            assertThat(new String(second.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .contains("store.locked-by-another-process");
        }
    }

    @Test
    void damagedFilesAreTold() throws Exception {
        DatabaseSettings h2 = TestDatabases.h2(folder);
        Database.open(h2).close();
        Files.write(folder.resolve("data").resolve("tenon.mv.db"), new byte[100_000]);
        assertThat(refused(h2).code()).isEqualTo(StoreError.DATA_DAMAGED);
    }

    @Test
    void dataOfANewerProgramAreLeftAlone() {
        for (DatabaseSettings settings : new DatabaseSettings[] {TestDatabases.h2(folder), TestDatabases.postgres()}) {
            try (Database database = Database.open(settings)) {
                database.dsl()
                        .execute(
                                "insert into tenon.schema_version (installed_rank, version, description, type, script,"
                                        + " checksum, installed_by, execution_time, success)"
                                        + " values (999, '9999', 'from the future', 'SQL', 'V9999__from_the_future.sql', 1, 'x', 1, true)");
            }
            PlatformException refused = refused(settings);
            assertThat(refused.code()).isEqualTo(StoreError.DATA_NEWER);
            assertThat(text(refused, Locale.ENGLISH)).contains("9999 from the future");
        }
    }

    @Test
    void openingAgainFindsEverything() {
        DatabaseSettings h2 = TestDatabases.h2(folder);
        for (int i = 0; i < 2; i++) {
            try (Database database = Database.open(h2)) {
                assertThat(database.dsl()
                                .fetchCount(org.jooq.impl.DSL.table(org.jooq.impl.DSL.name("tenon", "tenant_schema"))))
                        .isZero();
            }
        }
    }

    private static PlatformException refused(DatabaseSettings settings) {
        try (Database database = Database.open(settings)) {
            throw new AssertionError("opened " + database);
        } catch (PlatformException e) {
            return e;
        }
    }

    private static String text(PlatformException e, Locale locale) {
        return ErrorTexts.render(e.code(), e.args(), locale);
    }
}
