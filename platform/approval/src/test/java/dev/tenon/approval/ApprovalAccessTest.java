package dev.tenon.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.access.AccessKernel;
import dev.tenon.access.Identity;
import dev.tenon.access.ObjectAccess;
import dev.tenon.access.PermissionSetKernel;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.ModelCompiler;
import dev.tenon.sdk.ActingUser;
import dev.tenon.sdk.approval.ApprovalVisibilityPolicy;
import dev.tenon.sdk.approval.Visibility;
import dev.tenon.sdk.approval.VisibilityExpr;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApprovalAccessTest {

    private static final String POLICY = "policies/visible.yaml";
    private static final String POLICY_TEXT = "process: hr__offer\nplugin: p/visible\n";
    private static final String AUDITOR = "permissions/auditor.yaml";
    private static final String AUDITOR_TEXT = "label: Auditor\nsystem: [auditApprovals]\n";

    private static Model model() {
        return Sample.model(Sample.STEPS, POLICY, POLICY_TEXT, AUDITOR, AUDITOR_TEXT);
    }

    private static ApprovalAccess.Compiled compiled(ApprovalVisibilityPolicy policy) {
        return ApprovalAccess.compile(model(), new Sample.Code(policy, true));
    }

    private static ObjectAccess access(ApprovalVisibilityPolicy policy, String object, String... sets) {
        AccessKernel kernel =
                new PermissionSetKernel(model(), List.of(compiled(policy).access()));
        ActingUser user = new ActingUser("t", new UUID(0, 1), "A", Locale.ENGLISH, ZoneOffset.UTC);
        return kernel.access(new Identity(user, Identity.Kind.USER, Set.of(sets)), object);
    }

    private static List<String> problems(ApprovalVisibilityPolicy policy) {
        return compiled(policy).problems().stream()
                .map(p -> p.detail().code().id())
                .toList();
    }

    @Test
    void aPolicyOfContentClosesTheTextAndNothingElse() {
        ApprovalVisibilityPolicy policy =
                (me, item, inst) -> Visibility.contentOnly(item.author().is(me.id()));
        ObjectAccess comments = access(policy, ApprovalObjects.COMMENT);
        assertThat(comments.conditions()).containsOnlyKeys("body");
        assertThat(comments.mayRead("body")).isTrue();
        assertThat(comments.read().toString()).doesNotContain("field=author");
    }

    @Test
    void aPolicyOfExistenceBecomesPartOfTheRowCondition() {
        ApprovalVisibilityPolicy policy =
                (me, item, inst) -> Visibility.existence(item.nodeClosedSeq().le(me.lastActivatedSeq()));
        assertThat(access(policy, ApprovalObjects.COMMENT).read().toString())
                .contains("nodeClosedSeq", "lastActivatedSeq");
        assertThat(access(policy, ApprovalObjects.EVENT).read().toString()).contains("lastActivatedSeq");
        assertThat(access(policy, ApprovalObjects.TASK).read().toString()).contains("lastActivatedSeq");
        assertThat(access(policy, ApprovalObjects.INSTANCE).read().toString()).doesNotContain("lastActivatedSeq");
    }

    @Test
    void numbersOfEventsAreForNobodyButAuditors() {
        ApprovalVisibilityPolicy open = (me, item, inst) -> Visibility.contentOnly(VisibilityExpr.TRUE);
        assertThat(access(open, ApprovalObjects.COMMENT).mayRead("nodeClosedSeq"))
                .isFalse();
        assertThat(access(open, ApprovalObjects.EVENT).mayRead("seq")).isFalse();
        assertThat(access(open, ApprovalObjects.COMMENT).conditions()).isEmpty();
    }

    @Test
    void auditorsSeeEverythingWhateverThePolicySays() {
        ApprovalVisibilityPolicy nothing = (me, item, inst) -> Visibility.existence(new VisibilityExpr.Literal(false));
        ObjectAccess comments = access(nothing, ApprovalObjects.COMMENT, "hr__auditor");
        assertThat(comments.read()).isEqualTo(Expr.TRUE);
        assertThat(comments.conditions()).isEmpty();
    }

    @Test
    void withoutTheRightToTheRecordOnlyParticipantsSeeTheApproval() {
        ApprovalVisibilityPolicy open = (me, item, inst) -> Visibility.contentOnly(VisibilityExpr.TRUE);
        assertThat(access(open, ApprovalObjects.INSTANCE).read().toString())
                .contains(ApprovalObjects.PARTICIPANT)
                .doesNotContain("hr__Offer");
    }

    @Test
    void whatIsNotInTheVocabularyIsRefused() {
        assertThat(problems((me, item, inst) -> Visibility.contentOnly(new VisibilityExpr.Symbol("item.secret"))))
                .containsExactly("approval.policy-unknown-symbol");
        assertThat(problems((me, item, inst) ->
                        Visibility.contentOnly(new VisibilityExpr.Operation("matches", List.of(item.author())))))
                .containsExactly("approval.policy-bad-operation");
        assertThat(problems(
                        (me, item, inst) -> Visibility.contentOnly(item.author().le(me.lastActivatedSeq()))))
                .containsExactly("approval.policy-type-mismatch");
        assertThat(problems((me, item, inst) -> Visibility.contentOnly(item.seq())))
                .containsExactly("approval.policy-not-a-condition");
        assertThat(problems((me, item, inst) -> {
                    throw new IllegalArgumentException("oops");
                }))
                .containsExactly("approval.policy-failed");
    }

    @Test
    void aBrokenPolicyIsRefusedAndHidesWhatItMightHaveHidden() {
        ApprovalVisibilityPolicy broken = (me, item, inst) -> {
            throw new IllegalStateException("broken");
        };
        Sample.Code code = new Sample.Code(broken, true);
        ApprovalModelCompiler compiler = new ApprovalModelCompiler(code, List.of());
        assertThat(compiler.compile(model())).isInstanceOf(ModelCompiler.Outcome.Refused.class);
        assertThat(compiler.inForce().compile(model())).isInstanceOf(ModelCompiler.Outcome.Compiled.class);
        String read = access(broken, ApprovalObjects.COMMENT).read().toString();
        assertThat(read).contains("hr__offer").contains("field=author");
    }
}
