package dev.tenon.approval;

import dev.tenon.access.AccessKernel;
import dev.tenon.access.AccessRestriction;
import dev.tenon.access.Identity;
import dev.tenon.access.ObjectAccess;
import dev.tenon.approval.internal.ApprovalRights;
import dev.tenon.approval.internal.PolicyCompiler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.PermissionSet.SystemPermission;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.records.port.CodeRuntime;
import java.util.List;
import java.util.Optional;

/**
 * Who sees what of approvals. Built in: those who take part, those who see the record, administrators of approvals and
 * auditors see an approval and everything in it. A process' visibility policy takes away from that and can never add.
 * One instance belongs to one model.
 */
public final class ApprovalAccess implements AccessRestriction {

    private final ApprovalRights rights;

    private ApprovalAccess(ApprovalRights rights) {
        this.rights = rights;
    }

    /**
     * The rules of a model, and what is wrong with its policies. Publishing is refused where there are problems; should
     * the model be used all the same, everything a broken policy might have hidden is hidden from everybody but its
     * author and auditors.
     */
    public record Compiled(ApprovalAccess access, List<Problem> problems) {
        public Compiled {
            problems = List.copyOf(problems);
        }
    }

    public static Compiled compile(Model model, CodeRuntime code) {
        PolicyCompiler.Outcome outcome = PolicyCompiler.compile(model, code);
        return new Compiled(new ApprovalAccess(new ApprovalRights(model, outcome.policies())), outcome.problems());
    }

    @Override
    public Optional<Rules> forObject(String object, Identity identity, AccessKernel kernel) {
        if (!ApprovalObjects.ALL.contains(object)) {
            return Optional.empty();
        }
        boolean audits = kernel.holds(identity, SystemPermission.AUDIT_APPROVALS);
        boolean administers = kernel.holds(identity, SystemPermission.MANAGE_APPROVALS);
        return Optional.of(rights.rules(object, audits, administers, approved -> {
            ObjectAccess access = kernel.access(identity, approved);
            return access.describable() ? access.read() : dev.tenon.expression.Expr.FALSE;
        }));
    }
}
