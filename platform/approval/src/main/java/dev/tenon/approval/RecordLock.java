package dev.tenon.approval;

import dev.tenon.access.Identity;
import dev.tenon.approval.internal.LockRules;
import dev.tenon.approval.port.OpenApproval;
import dev.tenon.records.Hold;
import dev.tenon.records.SaveGuard;
import dev.tenon.records.port.ModelSource;
import dev.tenon.sdk.error.PlatformException;
import java.util.Optional;

/**
 * Keeps people and programs from changing a record while it is under approval, whatever door they come through; parts
 * of a record (its details) are kept with it. The approval objects themselves are written by the engine alone.
 */
public final class RecordLock implements SaveGuard {

    private final ModelSource models;

    public RecordLock(ModelSource models) {
        this.models = models;
    }

    @Override
    public void check(Identity identity, Change change) {
        if (identity.kind() == Identity.Kind.SYSTEM) {
            return;
        }
        if (ApprovalObjects.ALL.contains(change.object())) {
            throw ApprovalError.NOT_ALLOWED.error().build();
        }
        for (Hold hold : change.holds()) {
            if (hold instanceof OpenApproval open) {
                // A part that goes is a change of the whole, not its deletion.
                check(identity, open, change.delete() && open.record().equals(change.id()));
            }
        }
    }

    private void check(Identity identity, OpenApproval open, boolean delete) {
        if (delete && LockRules.refusesDeletion(identity)) {
            throw refused(ApprovalError.RECORD_DELETE_BLOCKED, identity, open);
        }
        if (!delete && LockRules.refusesChange(open, identity)) {
            throw refused(ApprovalError.RECORD_LOCKED, identity, open);
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
}
