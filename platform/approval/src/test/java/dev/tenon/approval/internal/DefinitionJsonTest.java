package dev.tenon.approval.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.metadata.model.ApprovalProcess.EmptyRule;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import dev.tenon.metadata.model.ApprovalProcess.SelfRule;
import dev.tenon.metadata.model.ApprovalProcess.Withdraw;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Handler;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.ErrorSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DefinitionJsonTest {

    private static ExpressionText text(String expression) {
        return new ExpressionText(expression, new ErrorSource("hr", "approvals/offer.yaml", 3, 8));
    }

    private static ApprovalProcess process() {
        ApprovalStep manager = new ApprovalStep(
                "manager",
                "hr",
                new Label(Map.of("en", "Manager", "zh-CN", "经理")),
                Optional.empty(),
                List.of(new Approvers.RecordField("position.manager"), new Approvers.Manager(2)),
                Mode.SEQUENTIAL,
                SelfRule.TO_MANAGER,
                EmptyRule.TO_PROCESS_ADMIN,
                Set.of(Decision.REJECT, Decision.RETURN));
        ApprovalStep code = new ApprovalStep(
                "c__code",
                "custom",
                Label.of("Code"),
                Optional.of(text("salary > 10.0")),
                List.of(
                        new Approvers.HoldersOf("hr__vp"),
                        new Approvers.Code(new Handler.Script("custom", "scripts/a.js", "find"), Map.of("limit", 3L)),
                        new Approvers.Code(new Handler.Plugin("p", "r"), Map.of("names", List.of("a", "b")))),
                Mode.ANY_APPROVES,
                SelfRule.DROP,
                EmptyRule.FAULT,
                Set.of());
        return new ApprovalProcess(
                "hr__offer",
                "hr",
                Label.of("Offer approval"),
                "hr__Offer",
                Optional.of(text("status == 'draft'")),
                Set.of("hr__recruiter", "hr__vp"),
                Lock.FULL,
                Withdraw.ANYTIME,
                List.of(manager, code),
                Map.of(Outcome.APPROVED, Map.of("status", text("'approved'"))));
    }

    @Test
    void whatIsKeptIsReadBackAsItWas() {
        assertThat(DefinitionJson.read(DefinitionJson.write(process()))).isEqualTo(process());
    }

    @Test
    void equalDefinitionsGiveEqualText() {
        String json = DefinitionJson.write(process());
        assertThat(DefinitionJson.write(DefinitionJson.read(json))).isEqualTo(json);
        assertThat(Hashes.of(json)).hasSize(64);
    }
}
