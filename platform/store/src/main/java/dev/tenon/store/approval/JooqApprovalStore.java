package dev.tenon.store.approval;

import static dev.tenon.store.approval.ApprovalTables.ACTIVE_KEY;
import static dev.tenon.store.approval.ApprovalTables.ACTOR_ID;
import static dev.tenon.store.approval.ApprovalTables.COMMAND_ID;
import static dev.tenon.store.approval.ApprovalTables.DEFINITION;
import static dev.tenon.store.approval.ApprovalTables.FINGERPRINT;
import static dev.tenon.store.approval.ApprovalTables.INSTANCE_ID;
import static dev.tenon.store.approval.ApprovalTables.LAST_AT;
import static dev.tenon.store.approval.ApprovalTables.LAST_HASH;
import static dev.tenon.store.approval.ApprovalTables.LOCK_MODE;
import static dev.tenon.store.approval.ApprovalTables.OBJECT_NAME;
import static dev.tenon.store.approval.ApprovalTables.PROCESS;
import static dev.tenon.store.approval.ApprovalTables.RECORD_ID;
import static dev.tenon.store.approval.ApprovalTables.ROUND_SEQ;
import static dev.tenon.store.approval.ApprovalTables.SEQ;
import static dev.tenon.store.approval.ApprovalTables.STARTED_AT;
import static dev.tenon.store.approval.ApprovalTables.STATE;
import static dev.tenon.store.approval.ApprovalTables.SUBMITTER_ID;
import static dev.tenon.store.approval.ApprovalTables.VERSION;

import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.engine.Instance;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.port.ApprovalChange;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.approval.port.CommandRepeated;
import dev.tenon.approval.port.OpenApproval;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.Catalogue;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;

/** Approvals in the tenant's schema. Safe for use by several threads. */
public final class JooqApprovalStore implements ApprovalStore {

    private final Database database;
    private final Catalogue catalogue;
    private final ModelSource models;

    public JooqApprovalStore(Database database, Catalogue catalogue, ModelSource models) {
        this.database = database;
        this.catalogue = catalogue;
        this.models = models;
    }

    @Override
    public Optional<UUID> instanceOf(String tenant, UUID task) {
        ApprovalTables tables = tables(tenant);
        var instance = tables.column(ApprovalObjects.TASK, "instance", UUID.class);
        return sql().select(instance)
                .from(tables.table(ApprovalObjects.TASK))
                .where(tables.column(ApprovalObjects.TASK, "id", UUID.class).eq(task))
                .fetchOptional(instance);
    }

    @Override
    public Optional<Stored> find(String tenant, UUID instance) {
        return new ApprovalReading(tables(tenant)).load(tenant, instance, false);
    }

    @Override
    public Optional<Stored> lock(String tenant, UUID instance) {
        return new ApprovalReading(tables(tenant)).load(tenant, instance, true);
    }

    @Override
    public void begin(String tenant, Instance instance, Lock lock) {
        try {
            sql().insertInto(ApprovalTables.head(tenant))
                    .set(INSTANCE_ID, instance.id())
                    .set(VERSION, 0L)
                    .set(SEQ, 0L)
                    .set(ROUND_SEQ, 0L)
                    .set(LAST_AT, instance.startedAt())
                    .set(LAST_HASH, "")
                    .set(OBJECT_NAME, instance.object())
                    .set(RECORD_ID, instance.recordId())
                    .set(PROCESS, instance.process())
                    .set(SUBMITTER_ID, instance.submitter())
                    .set(STATE, instance.state().name())
                    .set(LOCK_MODE, lock.name())
                    .set(ACTIVE_KEY, ApprovalTables.key(instance.object(), instance.recordId()))
                    .set(STARTED_AT, instance.startedAt())
                    .execute();
        } catch (PlatformException fault) {
            if (fault.code() == StoreError.DUPLICATE) {
                throw ApprovalError.ACTIVE_INSTANCE_EXISTS
                        .error()
                        .causedBy(fault)
                        .build();
            }
            throw fault;
        }
        ApprovalTables tables = tables(tenant);
        Map<String, @Nullable Object> row =
                ApprovalWriting.row(instance.id(), instance.submitter(), instance.startedAt());
        row.put("title", instance.title());
        row.put("process", instance.process());
        row.put("definition", instance.definition());
        row.put("object", instance.object());
        row.put("recordId", instance.recordId().toString());
        row.put("submitter", instance.submitter());
        row.put("state", instance.state().name());
        row.put("outcome", null);
        row.put("round", (long) instance.round());
        row.put("startedAt", instance.startedAt());
        row.put("endedAt", null);
        tables.insert(ApprovalObjects.INSTANCE, List.of(row));
        tables.insert(
                ApprovalObjects.PARTICIPANT,
                List.of(ApprovalWriting.participant(instance, instance.submitter(), null, instance.startedAt())));
    }

    @Override
    public void write(String tenant, ApprovalChange change) {
        if (!change.events().isEmpty()) {
            new ApprovalWriting(tables(tenant), tenant, change).write();
        }
    }

    @Override
    public Optional<UUID> commandResult(String tenant, UUID actor, String commandId) {
        return sql().select(INSTANCE_ID)
                .from(ApprovalTables.commands(tenant))
                .where(ACTOR_ID.eq(actor).and(COMMAND_ID.eq(commandId)))
                .fetchOptional(INSTANCE_ID);
    }

    @Override
    public void rememberCommand(String tenant, UUID actor, String commandId, UUID instance) {
        try {
            sql().insertInto(ApprovalTables.commands(tenant))
                    .set(ACTOR_ID, actor)
                    .set(COMMAND_ID, commandId)
                    .set(INSTANCE_ID, instance)
                    .execute();
        } catch (PlatformException fault) {
            if (fault.code() == StoreError.DUPLICATE) {
                throw new CommandRepeated(commandId);
            }
            throw fault;
        }
    }

    /** {@link JooqHoldStore} tells saves the same, with what else holds a record. */
    @Override
    public Optional<OpenApproval> open(String tenant, String object, UUID record) {
        return sql().select(RECORD_ID, INSTANCE_ID, PROCESS, SUBMITTER_ID, STATE, LOCK_MODE)
                .from(ApprovalTables.head(tenant))
                .where(ACTIVE_KEY.eq(ApprovalTables.key(object, record)))
                .fetchOptional(row -> new OpenApproval(
                        row.value1(),
                        row.value2(),
                        row.value3(),
                        row.value4(),
                        InstanceState.valueOf(row.value5()),
                        Lock.valueOf(row.value6())));
    }

    @Override
    public List<UUID> ofRecord(String tenant, String object, UUID record, int limit) {
        return sql().select(INSTANCE_ID)
                .from(ApprovalTables.head(tenant))
                .where(RECORD_ID.eq(record).and(OBJECT_NAME.eq(object)))
                .orderBy(STARTED_AT.desc(), INSTANCE_ID.desc())
                .limit(limit)
                .fetch(INSTANCE_ID);
    }

    @Override
    public List<UUID> participants(String tenant, UUID instance) {
        ApprovalTables tables = tables(tenant);
        String object = ApprovalObjects.PARTICIPANT;
        var user = tables.column(object, "user", UUID.class);
        return sql().select(user)
                .from(tables.table(object))
                .where(tables.column(object, "instance", UUID.class).eq(instance))
                .orderBy(tables.column(object, "id", UUID.class))
                .fetch(user);
    }

    @Override
    public Optional<UUID> commentOf(String tenant, UUID instance, long seq) {
        ApprovalTables tables = tables(tenant);
        String object = ApprovalObjects.COMMENT;
        var id = tables.column(object, "id", UUID.class);
        return sql().select(id)
                .from(tables.table(object))
                .where(tables.column(object, "instance", UUID.class).eq(instance))
                .and(tables.column(object, "seq", Long.class).eq(seq))
                .fetchOptional(id);
    }

    @Override
    public void keepDefinition(String tenant, String process, String fingerprint, String json) {
        if (definition(tenant, fingerprint).isPresent()) {
            return;
        }
        try {
            sql().insertInto(ApprovalTables.definitions(tenant))
                    .set(FINGERPRINT, fingerprint)
                    .set(PROCESS, process)
                    .set(DEFINITION, json)
                    .execute();
        } catch (PlatformException fault) {
            // Another submission kept the same definition at the same moment.
            if (fault.code() != StoreError.DUPLICATE) {
                throw fault;
            }
        }
    }

    @Override
    public Optional<String> definition(String tenant, String fingerprint) {
        return sql().select(DEFINITION)
                .from(ApprovalTables.definitions(tenant))
                .where(FINGERPRINT.eq(fingerprint))
                .fetchOptional(DEFINITION);
    }

    private DSLContext sql() {
        return database.dsl();
    }

    private ApprovalTables tables(String tenant) {
        return new ApprovalTables(sql(), catalogue.tables(models.current(tenant).model()));
    }
}
