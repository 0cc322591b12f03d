package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.port.OpenApproval;
import dev.tenon.approval.view.LockView;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import java.util.Optional;

/** What an open approval means for writes of its record: one answer, for the guard and for people to read. */
public final class LockRules {

    public static final String REASON = "APPROVAL_PENDING";

    private LockRules() {}

    /** Whether the identity's change of the record is refused. */
    public static boolean refusesChange(OpenApproval open, Identity who) {
        return switch (who.kind()) {
            case SYSTEM -> false;
            case USER ->
                switch (open.lock()) {
                    case NONE -> false;
                    case FULL ->
                        !(open.state() == InstanceState.RETURNED
                                && who.user().id().equals(open.submitter()));
                };
        };
    }

    /** Whether the identity's deletion of the record is refused: an approval without its record has no end. */
    public static boolean refusesDeletion(Identity who) {
        return who.kind() == Identity.Kind.USER;
    }

    static LockView view(Optional<OpenApproval> open, Identity who) {
        if (open.isEmpty()) {
            return new LockView(false, Lock.NONE.name(), "");
        }
        boolean locked = refusesChange(open.get(), who);
        return new LockView(locked, open.get().lock().name(), locked ? REASON : "");
    }
}
