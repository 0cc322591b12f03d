package dev.tenon.approval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Approvers;
import dev.tenon.metadata.model.Model;
import dev.tenon.records.ModelCompiler;
import dev.tenon.records.ModelCompiler.Problem;
import dev.tenon.sdk.error.ErrorCode;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApprovalDefinitionCheckTest {

    private static List<ErrorCode> codes(Model model) {
        return ApprovalDefinitionCheck.check(model, Sample.Code.NONE).stream()
                .map(p -> p.detail().code())
                .toList();
    }

    @Test
    void aSoundDefinitionHasNoProblems() {
        assertThat(codes(Sample.model(Sample.STEPS))).isEmpty();
    }

    /** The reader of packages finds most of this already; here a model is checked that came another way. */
    private static List<ErrorCode> codes(Approvers... rules) {
        Model sound = Sample.model(Sample.STEPS);
        ApprovalProcess process = sound.approvals().get("hr__offer");
        ApprovalStep step = process.steps().getFirst();
        ApprovalStep changed = new ApprovalStep(
                step.key(),
                step.origin(),
                step.label(),
                step.condition(),
                List.of(rules),
                step.mode(),
                step.self(),
                step.empty(),
                step.commentRequired());
        ApprovalProcess other = new ApprovalProcess(
                process.name(),
                process.origin(),
                process.label(),
                process.object(),
                process.entry(),
                process.submitters(),
                process.lock(),
                process.withdraw(),
                List.of(changed),
                process.onOutcome());
        return codes(new Model(
                sound.tenant(),
                sound.version(),
                sound.fingerprint(),
                sound.objects(),
                sound.permissionSets(),
                Map.of(other.name(), other),
                sound.policies(),
                sound.settings(),
                sound.apps(),
                sound.scripts(),
                sound.provenance()));
    }

    @Test
    void aPathMustEndAtAUser() {
        assertThat(codes(new Approvers.RecordField("position"))).containsExactly(ApprovalError.DEFINITION_NOT_A_USER);
        assertThat(codes(new Approvers.RecordField("position.boss")))
                .containsExactly(ApprovalError.DEFINITION_UNKNOWN_FIELD);
        assertThat(codes(new Approvers.RecordField("name.manager")))
                .containsExactly(ApprovalError.DEFINITION_NOT_A_LOOKUP);
        assertThat(codes(new Approvers.RecordField("owner"))).isEmpty();
    }

    @Test
    void everyRuleMustBeAbleToFindSomebody() {
        assertThat(codes(new Approvers[0])).containsExactly(ApprovalError.DEFINITION_NO_APPROVERS);
        assertThat(codes(new Approvers.HoldersOf("hr__nobody")))
                .containsExactly(ApprovalError.DEFINITION_UNKNOWN_PERMISSION_SET);
        assertThat(codes(new Approvers.Manager(0))).containsExactly(ApprovalError.DEFINITION_BAD_LEVEL);
    }

    @Test
    void codeThatCannotBeFoundIsToldWithItsPlace() {
        Model model = Sample.model(Sample.STEPS);
        List<Problem> problems =
                ApprovalDefinitionCheck.check(model, new Sample.Code(Sample.Code.NONE.policy(), false));
        assertThat(problems).hasSize(1);
        assertThat(problems.getFirst().detail().code()).isEqualTo(ApprovalError.DEFINITION_UNKNOWN_CODE);
        assertThat(problems.getFirst().source().file()).isEqualTo("approvals/offer.yaml");
    }

    @Test
    void nobodyCanBeGivenTheRightToWriteWhatTheEngineKeeps() {
        Model model = Sample.model(
                Sample.STEPS,
                "permissions/forger.yaml",
                "label: Forger\nobjects:\n  sys__ApprovalComment: {create: true, read: true, edit: true}\n");
        assertThat(codes(model)).containsExactly(ApprovalError.GRANT_NOT_POSSIBLE);
        assertThat(new ApprovalModelCompiler(Sample.Code.NONE, List.of()).compile(model))
                .isInstanceOf(ModelCompiler.Outcome.Refused.class);
    }
}
