package dev.tenon.store.approval;

import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.Trigger;
import dev.tenon.records.port.CodeRuntime;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilitySymbols;
import dev.tenon.sdk.plugin.ActionResult;
import dev.tenon.sdk.plugin.CallContext;
import dev.tenon.sdk.plugin.RecordTrigger;
import dev.tenon.sdk.record.RecordData;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The code behind handlers: one policy. */
record TestCode(ApprovalVisibilityPolicy policy) implements CodeRuntime {

    /** The rule that a later approver sees earlier approvers' comments, and an earlier one never the later ones'. */
    static Visibility earlierOnly(VisibilitySymbols.Viewer me, VisibilitySymbols.Item item, boolean contentOnly) {
        var seen = item.author()
                .is(me.id())
                .or(item.actingFor().is(me.id()))
                .or(item.nodeClosedSeq().le(me.lastActivatedSeq()))
                .or(item.audience().contains(me.id()));
        if (contentOnly) {
            return Visibility.contentOnly(seen);
        }
        var decision = new dev.tenon.sdk.approval.VisibilityExpr.Literal("DECISION");
        return Visibility.existence(item.kind().eq(decision).or(seen));
    }

    @Override
    public void runTrigger(
            Model model, Handler handler, Trigger.Moment moment, RecordTrigger.Change change, CallContext context) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ActionResult runAction(
            Model model, Handler handler, RecordData record, Map<String, Object> parameters, CallContext context) {
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
        return policy.compile(
                new VisibilitySymbols.Viewer(), new VisibilitySymbols.Item(), new VisibilitySymbols.Approval());
    }

    @Override
    public boolean exists(Model model, Handler handler, Use use) {
        return true;
    }
}
