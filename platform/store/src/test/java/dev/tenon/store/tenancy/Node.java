package dev.tenon.store.tenancy;

import dev.tenon.access.Identity;
import dev.tenon.approval.Approvals;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.automation.AsyncRequests;
import dev.tenon.automation.Automation;
import dev.tenon.automation.HandOvers;
import dev.tenon.automation.OutboxConsumer;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.automation.port.RequestRunner;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ScriptFile;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.ExpressionModelCompiler;
import dev.tenon.records.GuardedRecords;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.RecordSession;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.shop.MarkedSealing;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.sdk.error.ErrorSource;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import dev.tenon.store.Database;
import dev.tenon.store.DatabaseSettings;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.DiskExportFiles;
import dev.tenon.store.TikaInspection;
import dev.tenon.store.approval.JooqApprovalStore;
import dev.tenon.store.approval.JooqHoldStore;
import dev.tenon.store.automation.JooqAsyncStore;
import dev.tenon.store.automation.JooqExportStore;
import dev.tenon.store.automation.JooqHandOverStore;
import dev.tenon.store.automation.JooqImportStore;
import dev.tenon.store.automation.JooqMatchKeyBuilds;
import dev.tenon.store.automation.JooqOutboxQueue;
import dev.tenon.store.automation.StatementInterruption;
import dev.tenon.store.identity.JooqIdentityStore;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.records.JooqRecycleBin;
import dev.tenon.store.records.OutboxListener;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import dev.tenon.store.schema.SchemaSettings;
import dev.tenon.store.schema.StepListener;
import dev.tenon.tenancy.Tenancy;
import dev.tenon.tenancy.TenancyError;
import dev.tenon.tenancy.identity.AdministratorsStay;
import dev.tenon.tenancy.port.CodeChecks;
import dev.tenon.tenancy.port.SchemaEvolution;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** One node of the platform without scripts, plugins and HTTP: real metadata, records, tenancy, automation and database. */
public final class Node implements AutoCloseable {

    private final Database database;
    private final JooqTenancyStore tenancyStore;
    private final Tenancy tenancy;
    private final GuardedRecords records;
    private final JooqRecordStore recordStore;
    private final Automation automation;
    private final DiskBlobStore blobs;
    private final DiskExportFiles exportFiles;
    private final JooqIdentityStore accounts;
    private volatile @Nullable RequestRunner requests;
    private final Map<UUID, Identity> people = new ConcurrentHashMap<>();

    public Node(DatabaseSettings settings, Path folder) {
        this(settings, folder, StepListener.NONE, List.of());
    }

    public Node(DatabaseSettings settings, Path folder, StepListener listener, List<OutboxConsumer> consumers) {
        this(settings, folder, SchemaSettings.STANDARD, listener, consumers);
    }

    public Node(
            DatabaseSettings settings,
            Path folder,
            SchemaSettings schemaSettings,
            StepListener listener,
            List<OutboxConsumer> consumers) {
        this(settings, folder, schemaSettings, listener, consumers, (database, schema) -> schema);
    }

    /** @param around what is put around the changes of tables */
    Node(
            DatabaseSettings settings,
            Path folder,
            SchemaSettings schemaSettings,
            StepListener listener,
            List<OutboxConsumer> consumers,
            BiFunction<Database, SchemaEvolution, SchemaEvolution> around) {
        this.database = Database.open(settings);
        Catalogue catalogue = new Catalogue(database, schemaSettings);
        SchemaEvolution schema =
                around.apply(database, new JournaledSchemaEvolution(database, catalogue, schemaSettings, listener));
        this.recordStore = new JooqRecordStore(database, catalogue, new Delivery());
        this.exportFiles = new DiskExportFiles(folder.resolve("exports"));
        this.accounts = new JooqIdentityStore(database.dsl());
        this.blobs = new DiskBlobStore(folder.resolve("files"));
        Clock clock = Clock.systemUTC();
        this.tenancyStore = new JooqTenancyStore(database);
        this.tenancy = new Tenancy(new Tenancy.Ports(
                tenancyStore,
                new PollingModelChangeFeed(database, Duration.ofMillis(200)),
                schema,
                new ExpressionModelCompiler(List.of()),
                new TextChecks(),
                this::records,
                this::records,
                () -> (identity, object, csv) -> automation().insertRows(identity, object, csv),
                List.of(accounts::removeTenant, blobs::removeTenant),
                new AdministratorsStay(accounts),
                clock));
        FilePorts files = new FilePorts(new JooqFileStore(database, catalogue), blobs, new TikaInspection());
        JooqRecycleBin bin = new JooqRecycleBin(database, 30);
        this.records = new GuardedRecords(
                tenancy.models(),
                recordStore,
                bin,
                new NoCode(),
                new JooqHoldStore(database),
                List.of(),
                files,
                new MarkedSealing(),
                clock);
        IdentitySource identities = (tenant, user) -> Optional.ofNullable(people.get(user));
        JooqApprovalStore approvals = new JooqApprovalStore(database, catalogue, tenancy.models());
        this.automation = new Automation(new Automation.Ports(
                new JooqOutboxQueue(database),
                new JooqImportStore(database),
                new JooqExportStore(database),
                exportFiles,
                () -> new PlainListReading(records),
                Duration.ofDays(1),
                Duration.ofHours(1),
                new Automation.AsyncPorts(
                        new JooqAsyncStore(database, new MarkedSealing()),
                        () -> Objects.requireNonNull(requests),
                        new StatementInterruption(database),
                        new AsyncRequests.Limits(Duration.ofHours(1), Duration.ofMinutes(5), 700_000, 3, 4, 2)),
                new Automation.HandOverPorts(
                        new JooqHandOverStore(database),
                        new EverybodyMayHandOver(),
                        () -> new Approvals(
                                approvals, recordStore, records, tenancy.models(), new NoCode(), known(), clock)),
                new JooqMatchKeyBuilds(database),
                records,
                bin,
                records,
                tenancy.models(),
                files,
                identities,
                () -> tenancy.tenants().list().stream().map(t -> t.key()).toList(),
                consumers,
                clock));
    }

    /** Who may is the accounts' to say, which are not in this node. */
    private static final class EverybodyMayHandOver implements HandOvers.Rules {
        @Override
        public void require(Identity actor, UUID from, UUID to) {}

        @Override
        public void started(Identity actor, UUID from, UUID to) {}

        @Override
        public void requireAdministrator(Identity actor) {}
    }

    private UserDirectory known() {
        return new UserDirectory() {
            @Override
            public Optional<Identity> identity(String tenant, UUID user) {
                return Optional.ofNullable(people.get(user));
            }

            @Override
            public List<UUID> holders(String tenant, String permissionSet) {
                return List.of();
            }
        };
    }

    private final class Delivery implements OutboxListener {
        @Override
        public boolean wants(String topic) {
            return automation().wants(topic);
        }

        @Override
        public void appended(String tenant, Set<String> topics) {
            automation().wake(tenant);
        }
    }

    /** Who answers requests to the data API, which is not in this node. */
    public void answerRequestsWith(RequestRunner runner) {
        requests = runner;
    }

    public Tenancy tenancy() {
        return tenancy;
    }

    public GuardedRecords records() {
        return records;
    }

    public JooqRecordStore recordStore() {
        return recordStore;
    }

    public JooqTenancyStore tenancyStore() {
        return tenancyStore;
    }

    public DiskBlobStore blobs() {
        return blobs;
    }

    public DiskExportFiles exportFiles() {
        return exportFiles;
    }

    public JooqIdentityStore accounts() {
        return accounts;
    }

    public Automation automation() {
        return automation;
    }

    public Database database() {
        return database;
    }

    /** A person with these permission sets. */
    public Identity person(String tenant, String... permissionSets) {
        ActingUser user =
                new ActingUser(tenant, UUID.randomUUID(), "Wang Fang", Locale.ENGLISH, ZoneId.of("Asia/Shanghai"));
        Identity identity = new Identity(user, Identity.Kind.USER, Set.of(permissionSets));
        people.put(user.id(), identity);
        return identity;
    }

    /** A person who was there before this node. */
    public void know(Identity identity) {
        people.put(identity.user().id(), identity);
    }

    public static Identity system(String tenant) {
        return new Identity(
                new ActingUser(tenant, new UUID(0, 0), "Tenon", Locale.ENGLISH, ZoneId.of("UTC")),
                Identity.Kind.SYSTEM,
                Set.of());
    }

    public RecordSession session(Identity identity) {
        return records.open(identity, HistoryEntry.Channel.API);
    }

    @Override
    public void close() {
        automation.close();
        tenancy.close();
        database.close();
    }

    /** Looks at scripts as text: a line with {@code SYNTAX ERROR} does not compile. */
    private static final class TextChecks implements CodeChecks {
        @Override
        public List<Problem> check(Model model) {
            List<Problem> problems = new ArrayList<>();
            for (ScriptFile script : model.scripts().values()) {
                problems.addAll(checkScript(script.origin(), script.path(), script.source()));
            }
            return problems;
        }

        @Override
        public List<Problem> checkScript(String origin, String path, String source) {
            List<String> lines = source.lines().toList();
            List<Problem> problems = new ArrayList<>();
            for (int i = 0; i < lines.size(); i++) {
                int column = lines.get(i).indexOf("SYNTAX ERROR");
                if (column >= 0) {
                    problems.add(new Problem(
                            new ErrorDetail(TenancyError.SCRIPT_SYNTAX, "/" + path, Map.of("message", "unexpected")),
                            new ErrorSource(origin, path, i + 1, column + 1)));
                }
            }
            return problems;
        }
    }

    /** No test here runs code. */
    private static final class NoCode implements CodeRuntime {
        @Override
        public void runTrigger(
                Model model, Handler handler, Trigger.Moment moment, RecordTrigger.Change change, CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public ActionResult runAction(
                Model model,
                Handler handler,
                RecordData record,
                Map<String, @Nullable Object> parameters,
                CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public List<UUID> resolveApprovers(
                Model model,
                Handler handler,
                RecordData record,
                UUID submitter,
                Map<String, Object> parameters,
                CallContext context) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Visibility compileVisibility(Model model, Handler handler, String process) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean exists(Model model, Handler handler, Use use) {
            return true;
        }
    }
}
