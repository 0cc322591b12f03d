package dev.tenon.store.approval;

import dev.tenon.access.Identity;
import dev.tenon.approval.Answer;
import dev.tenon.approval.ApprovalModelCompiler;
import dev.tenon.approval.ApprovalNotifications;
import dev.tenon.approval.Approvals;
import dev.tenon.approval.RecordLock;
import dev.tenon.approval.Remark;
import dev.tenon.approval.port.UserDirectory;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.metadata.Layer;
import dev.tenon.metadata.Models;
import dev.tenon.metadata.PackageReader;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.CompiledModel;
import dev.tenon.records.GuardedRecords;
import dev.tenon.records.HistoryEntry.Channel;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.RecordSession;
import dev.tenon.records.port.FilePorts;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.shop.MarkedSealing;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.store.Database;
import dev.tenon.store.DiskBlobStore;
import dev.tenon.store.TikaInspection;
import dev.tenon.store.records.JooqFileStore;
import dev.tenon.store.records.JooqRecordStore;
import dev.tenon.store.records.JooqRecycleBin;
import dev.tenon.store.schema.Catalogue;
import dev.tenon.store.schema.JournaledSchemaEvolution;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** One tenant with people, offers and their approval on a real database. */
final class Office implements UserDirectory {

    final String tenant;
    final JooqApprovalStore store;
    final JooqHoldStore holds;
    final JooqRecordStore recordStore;
    final GuardedRecords records;
    final Approvals approvals;
    final ApprovalNotifications notifications;
    private volatile CompiledModel model;
    private volatile @Nullable CompiledModel elsewhere;
    private final Database database;
    private final JournaledSchemaEvolution schema;

    /** As a node that hears of a model only when it asks. */
    private final ModelSource models = new ModelSource() {
        @Override
        public CompiledModel current(String of) {
            return model;
        }

        @Override
        public CompiledModel newerThan(String of, long version) {
            CompiledModel other = elsewhere;
            if (other != null) {
                model = other;
            }
            return model;
        }
    };

    private final TestCode code;
    private final Map<UUID, Identity> people = new HashMap<>();

    Office(Database database, Path folder, String tenant, @Nullable ApprovalVisibilityPolicy policy) {
        this.tenant = tenant;
        this.database = database;
        this.code = new TestCode(
                policy == null
                        ? (v, i, a) -> {
                            throw new IllegalStateException();
                        }
                        : policy);
        List<Layer> layers = new ArrayList<>();
        layers.add(PackageReader.readFiles(OfferPackage.product()).orThrow());
        layers.add(
                policy == null
                        ? Layer.emptyCustom()
                        : PackageReader.readFiles(OfferPackage.policy()).orThrow());
        this.model = compile(1, layers);
        Catalogue catalogue = new Catalogue(database);
        this.schema = new JournaledSchemaEvolution(database, catalogue);
        schema.createTenant(tenant);
        schema.evolve(tenant, model.model());
        this.recordStore = new JooqRecordStore(database, catalogue);
        this.store = new JooqApprovalStore(database, catalogue, models);
        this.holds = new JooqHoldStore(database);
        this.records = new GuardedRecords(
                models,
                recordStore,
                new JooqRecycleBin(database, 30),
                code,
                holds,
                List.of(new RecordLock(models)),
                new FilePorts(
                        new JooqFileStore(database, catalogue),
                        new DiskBlobStore(folder.resolve("files")),
                        new TikaInspection()),
                new MarkedSealing(),
                Clock.systemUTC());
        this.approvals = new Approvals(store, recordStore, records, models, code, this, Clock.systemUTC());
        this.notifications = new ApprovalNotifications(store, records, this);
    }

    private CompiledModel compile(int version, List<Layer> layers) {
        Model merged =
                Models.compile(tenant, version, Models.withSystem(layers)).orThrow();
        return switch (new ApprovalModelCompiler(code, List.of()).compile(merged)) {
            case ModelCompiler.Outcome.Compiled done -> done.model();
            case ModelCompiler.Outcome.Refused refused ->
                throw new IllegalStateException(refused.problems().toString());
        };
    }

    /** Puts another version of the product in force. */
    void publish(Map<String, byte[]> product) {
        CompiledModel next = compile(2, List.of(PackageReader.readFiles(product).orThrow(), Layer.emptyCustom()));
        schema.evolve(tenant, next.model());
        model = next;
    }

    /** The same on another node; this one has not heard of it. */
    void publishElsewhere(Map<String, byte[]> product) {
        CompiledModel next = compile(2, List.of(PackageReader.readFiles(product).orThrow(), Layer.emptyCustom()));
        schema.evolve(tenant, next.model());
        database.dsl()
                .insertInto(DSL.table(DSL.name("tenon", "tenant")))
                .set(DSL.field(DSL.name("tenant"), String.class), tenant)
                .set(DSL.field(DSL.name("name"), String.class), tenant)
                .set(DSL.field(DSL.name("active"), Boolean.class), true)
                .set(DSL.field(DSL.name("version"), Long.class), 2L)
                .set(DSL.field(DSL.name("platform"), String.class), "")
                .set(DSL.field(DSL.name("created_at"), SQLDataType.INSTANT), Instant.now())
                .execute();
        database.schemaGate().switching(tenant, 2, () -> true);
        elsewhere = next;
    }

    Model model() {
        return model.model();
    }

    Identity person(String name, String... permissionSets) {
        UUID id = as(platform())
                .create("sys__User", Map.of("name", name, "login", name.toLowerCase(Locale.ROOT), "active", true))
                .id();
        Identity identity = new Identity(
                new ActingUser(tenant, id, name, Locale.ENGLISH, ZoneOffset.UTC),
                Identity.Kind.USER,
                Set.of(permissionSets));
        people.put(id, identity);
        return identity;
    }

    void leaves(Identity person) {
        people.remove(person.user().id());
    }

    Identity platform() {
        return new Identity(
                new ActingUser(tenant, new UUID(0, 0), "Tenon", Locale.ENGLISH, ZoneOffset.UTC),
                Identity.Kind.SYSTEM,
                Set.of());
    }

    RecordSession as(Identity who) {
        return records.open(who, Channel.USER);
    }

    UUID offer(Identity recruiter, Identity manager, int salary) {
        RecordSession system = as(platform());
        UUID position = system.create(
                        "recruiting__Position",
                        Map.of("name", "Baker", "hiringManager", manager.user().id()))
                .id();
        return as(recruiter)
                .create(
                        "recruiting__Offer",
                        Map.of("name", "Offer for Li Na", "position", position, "salary", BigDecimal.valueOf(salary)))
                .id();
    }

    String status(UUID offer) {
        return (String) as(platform())
                .find("recruiting__Offer", offer, dev.tenon.records.Query.Selection.ALL)
                .orElseThrow()
                .values()
                .get("status");
    }

    InstanceView submit(Identity who, UUID offer) {
        return approvals.submit(who, "recruiting__offer_approval", offer, id(), "please");
    }

    static String id() {
        return UUID.randomUUID().toString();
    }

    static Answer answer(@Nullable String comment) {
        return new Answer(id(), null, comment);
    }

    static Remark remark(@Nullable String comment) {
        return new Remark(id(), comment);
    }

    /** The person's task in the list of what is to be done. */
    UUID task(Identity who) {
        return approvals.todo(who, null, 10).items().getFirst().taskId();
    }

    @Override
    public Optional<Identity> identity(String ofTenant, UUID user) {
        return Optional.ofNullable(people.get(user));
    }

    @Override
    public List<UUID> holders(String ofTenant, String permissionSet) {
        return people.values().stream()
                .filter(p -> p.permissionSets().contains(permissionSet))
                .map(p -> p.user().id())
                .sorted()
                .toList();
    }
}
