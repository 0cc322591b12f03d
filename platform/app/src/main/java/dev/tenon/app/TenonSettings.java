package dev.tenon.app;

import dev.tenon.automation.AsyncRequests;
import dev.tenon.store.records.JooqRecycleBin;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.tenancy.TenantModels;
import dev.tenon.tenancy.identity.SignInLimits;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the platform may be set up; keys {@code tenon.*}. The operator's guide explains each.
 *
 * @param data folder of files, plugins and, unless another one is named, the embedded database
 * @param database where the data is
 * @param packages folders with packages that tenants may install, beside those on the class path
 * @param scripts limits of script workers
 * @param recycleBin how long deleted records are kept
 * @param imports how long files of imports are kept
 * @param exports how long files of exports are kept
 * @param async requests to the data API that are answered later
 * @param models how many tenants' models are kept in memory
 * @param schema how changes of tables treat those who work meanwhile
 * @param encryption the keys that stored secrets are sealed with
 * @param signIn how far tenants may go in what they set about signing in
 */
@ConfigurationProperties("tenon")
public record TenonSettings(
        @DefaultValue("data") Path data,
        @DefaultValue Database database,
        @DefaultValue List<Path> packages,
        @DefaultValue Scripts scripts,
        @DefaultValue RecycleBin recycleBin,
        @DefaultValue Imports imports,
        @DefaultValue Exports exports,
        @DefaultValue Async async,
        @DefaultValue Models models,
        @DefaultValue Schema schema,
        @DefaultValue Encryption encryption,
        @DefaultValue SignIn signIn) {

    public TenonSettings {
        packages = List.copyOf(packages);
    }

    /**
     * @param url JDBC URL of a PostgreSQL database; empty: the embedded H2 database in the data folder
     * @param poolSize most connections
     */
    public record Database(
            @Nullable String url,
            @DefaultValue("tenon") String user,
            @DefaultValue("") String password,
            @DefaultValue("20") int poolSize) {

        @Override
        public String toString() {
            return "Database[url=" + url + ", user=" + user + "]";
        }
    }

    /**
     * @param workers most worker processes that take calls
     * @param heapMegabytes heap of one worker
     * @param deadlineMillis computing time of one call
     * @param classArchive file of the workers' classes, which a rehearsal writes
     */
    public record Scripts(
            @DefaultValue("2") int workers,
            @DefaultValue("256") int heapMegabytes,
            @DefaultValue("1000") int deadlineMillis,
            @Nullable Path classArchive) {}

    /** @param days how long; 0: nothing is kept */
    public record RecycleBin(@DefaultValue("30") int days) {
        public RecycleBin {
            JooqRecycleBin.requireDays(days);
        }
    }

    /** @param keepHours how long, after the import has ended */
    public record Imports(@DefaultValue("720") int keepHours) {
        public Imports {
            requireHours("imports", keepHours);
        }

        Duration kept() {
            return Duration.ofHours(keepHours);
        }
    }

    /** A year: longer is an archive, and the disk is the server's. */
    private static final int MOST_HOURS = 8_784;

    private static void requireHours(String what, int keepHours) {
        if (keepHours < 1 || keepHours > MOST_HOURS) {
            throw new IllegalArgumentException(
                    "tenon." + what + ".keep-hours is " + keepHours + "; it must be 1 to " + MOST_HOURS);
        }
    }

    /** @param keepHours how long; the person may fetch the file as often as he likes meanwhile */
    public record Exports(@DefaultValue("72") int keepHours) {
        public Exports {
            requireHours("exports", keepHours);
        }

        Duration kept() {
            return Duration.ofHours(keepHours);
        }
    }

    /** @param maxLoaded tenants whose models are kept; those that were idle for longest make room for others */
    public record Models(
            @DefaultValue("" + TenantModels.STANDARD_MOST) int maxLoaded) {
        public Models {
            if (maxLoaded < 1) {
                throw new IllegalArgumentException(
                        "tenon.models.max-loaded is " + maxLoaded + "; it must be 1 at least");
            }
        }
    }

    /**
     * @param keepHours how long answers are kept
     * @param longest how long one request may take
     * @param maxAnswer most bytes of one answer
     * @param perPerson most of one person that are not answered yet
     * @param perTenant most of one tenant that are not answered yet
     */
    public record Async(
            @DefaultValue("24") int keepHours,
            @DefaultValue("30m") Duration longest,
            @DefaultValue("32MB") DataSize maxAnswer,
            @DefaultValue("5") int perPerson,
            @DefaultValue("50") int perTenant) {

        /** What a person has not fetched by then he has forgotten. */
        private static final int ANSWERS_OF_PERSON = 20;

        public Async {
            requireHours("async", keepHours);
            if (perPerson < 1 || perTenant < 1 || longest.toSeconds() < 1 || maxAnswer.toBytes() < 1) {
                throw new IllegalArgumentException(
                        "tenon.async.per-person, per-tenant, longest and max-answer must be more than 0");
            }
        }

        AsyncRequests.Limits limits() {
            return new AsyncRequests.Limits(
                    Duration.ofHours(keepHours), longest, maxAnswer.toBytes(), perPerson, perTenant, ANSWERS_OF_PERSON);
        }
    }

    /**
     * @param onlineRows a table with more rows is changed in the background
     * @param writeWait how long a save waits for a table that is being copied
     * @param keepDays how long data of deleted fields and objects is kept
     */
    public record Schema(
            @DefaultValue("20000") int onlineRows,
            @DefaultValue("5s") Duration writeWait,
            @DefaultValue("30") int keepDays) {

        public Schema {
            new SchemaSettings(onlineRows, writeWait, keepDays);
        }

        SchemaSettings forStore() {
            return new SchemaSettings(onlineRows, writeWait, keepDays);
        }
    }

    /**
     * @param keys {@code id:key}, the first one seals; empty: those of the file
     * @param keyFile empty: {@code keys/master.keys} in the data folder
     */
    public record Encryption(
            @DefaultValue List<String> keys, @Nullable Path keyFile) {
        public Encryption {
            keys = List.copyOf(keys);
        }

        @Override
        public String toString() {
            return "Encryption[keyFile=" + keyFile + "]";
        }
    }

    /**
     * @param idle longest time a session may be left unused
     * @param longest longest time from a sign-in to the next
     * @param tokenDays longest life of a personal access token
     * @param addressFailures wrong passwords from one address before it has to wait
     */
    public record SignIn(
            @DefaultValue("12h") Duration idle,
            @DefaultValue("30d") Duration longest,
            @DefaultValue("365") int tokenDays,
            @DefaultValue("50") int addressFailures) {

        public SignIn {
            new SignInLimits(idle, longest, tokenDays, addressFailures);
        }

        SignInLimits limits() {
            return new SignInLimits(idle, longest, tokenDays, addressFailures);
        }
    }
}
