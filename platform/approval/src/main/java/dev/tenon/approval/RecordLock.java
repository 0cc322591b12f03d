package dev.tenon.approval;

import dev.tenon.access.Identity;
import dev.tenon.approval.internal.LockRules;
import dev.tenon.approval.port.ApprovalStore;
import dev.tenon.approval.port.ApprovalStore.OpenApproval;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.SaveGuard;
import dev.tenon.records.port.ModelSource;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import dev.tenon.sdk.error.PlatformException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps people and programs from changing a record while it is under approval, whatever door they come through; parts
 * of a record (its details) are kept with it. The approval objects themselves are written by the engine alone.
 */
public final class RecordLock implements SaveGuard {

    /** A circle of masters is a fault of the model; here it must only not hang. */
    private static final int MOST_MASTERS = 10;

    private final ApprovalStore approvals;
    private final RecordStore records;
    private final ModelSource models;

    public RecordLock(ApprovalStore approvals, RecordStore records, ModelSource models) {
        this.approvals = approvals;
        this.records = records;
        this.models = models;
    }

    @Override
    public void check(Identity identity, String object, UUID id, Set<String> fields, boolean delete) {
        if (identity.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        if (ApprovalObjects.ALL.contains(object)) {
            throw ApprovalError.NOT_ALLOWED.error().build();
        }
        Model model = models.current(identity.tenant()).model();
        checkOpen(identity, object, id, delete);
        ObjectType type = model.findObject(object).orElse(null);
        UUID at = id;
        for (int i = 0; type != null && i < MOST_MASTERS; i++) {
            Optional<Field> via = type.masterField();
            if (via.isEmpty() || !(via.get().type() instanceof FieldType.MasterDetail link)) {
                return;
            }
            Optional<UUID> master = master(model, type.name(), via.get().name(), at);
            if (master.isEmpty()) {
                return;
            }
            // A part that goes is a change of the whole, not its deletion.
            checkOpen(identity, link.target(), master.get(), false);
            at = master.get();
            type = model.findObject(link.target()).orElse(null);
        }
    }

    private void checkOpen(Identity identity, String object, UUID id, boolean delete) {
        Optional<OpenApproval> open = approvals.open(identity.tenant(), object, id);
        if (open.isEmpty()) {
            return;
        }
        if (delete && LockRules.refusesDeletion(identity)) {
            throw refused(ApprovalError.RECORD_DELETE_BLOCKED, identity, open.get());
        }
        if (!delete && LockRules.refusesChange(open.get(), identity)) {
            throw refused(ApprovalError.RECORD_LOCKED, identity, open.get());
        }
    }

    private PlatformException refused(ApprovalError code, Identity identity, OpenApproval open) {
        String label = Optional.ofNullable(
                        models.current(identity.tenant()).model().approvals().get(open.process()))
                .map(process -> process.label().in(identity.user().locale()))
                .orElse(open.process());
        return code.error()
                .with("process", label)
                .with("instance", open.instance())
                .build();
    }

    private Optional<UUID> master(Model model, String object, String via, UUID id) {
        Expr field = new Expr.FieldRef(0, object, List.of(), via, ValueType.Simple.ID);
        Expr thisRecord = Expr.equal(
                new Expr.FieldRef(0, object, List.of(), SystemField.ID, ValueType.Simple.ID),
                new Expr.Literal(id, ValueType.Simple.ID));
        QueryPlan plan = new QueryPlan(
                object,
                List.of(new QueryPlan.Projection("master", field)),
                Map.of(),
                thisRecord,
                List.of(),
                1,
                0,
                Optional.empty(),
                false,
                Map.of());
        return records.query(model, plan).rows().stream()
                .map(row -> row.get("master"))
                .filter(UUID.class::isInstance)
                .map(UUID.class::cast)
                .findFirst();
    }
}
