package dev.tenon.approval.engine;

import static dev.tenon.approval.engine.Flow.ADMIN;
import static dev.tenon.approval.engine.Flow.MANAGER;
import static dev.tenon.approval.engine.Flow.SUBMITTER;
import static dev.tenon.approval.engine.Flow.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.approval.engine.Event.Kind;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.metadata.model.ApprovalProcess.EmptyRule;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import dev.tenon.metadata.model.ApprovalProcess.Outcome;
import dev.tenon.metadata.model.ApprovalProcess.SelfRule;
import dev.tenon.metadata.model.ApprovalProcess.Withdraw;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApprovalEngineTest {

    private static final UUID A = person(11);
    private static final UUID B = person(12);
    private static final UUID C = person(13);

    @Test
    void stepsFollowEachOtherAndTheLastApprovalEndsTheApproval() {
        Flow flow = new Flow().step("manager", Mode.ALL, A).step("hrbp", Mode.ALL, B);

        flow.submit();
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.PENDING);
        assertThat(flow.state.runs()).hasSize(1);

        flow.approve(A);
        assertThat(flow.run("manager").state()).isEqualTo(NodeState.PASSED);
        assertThat(flow.taskOf(B).state()).isEqualTo(TaskState.PENDING);

        flow.approve(B);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.APPROVED);
        assertThat(flow.kinds())
                .containsExactly(
                        Kind.SUBMITTED,
                        Kind.ACTIVATED,
                        Kind.APPROVED,
                        Kind.NODE_PASSED,
                        Kind.ACTIVATED,
                        Kind.APPROVED,
                        Kind.NODE_PASSED,
                        Kind.INSTANCE_APPROVED);
        assertThat(flow.topics())
                .containsExactly(
                        "submitted",
                        "task-created",
                        "task-decided",
                        "task-created",
                        "task-decided",
                        "instance-approved");
    }

    @Test
    void aStepIsClosedBeforeTheNextPersonIsAsked() {
        Flow flow = new Flow().step("manager", Mode.ALL, A).step("hrbp", Mode.ALL, B);
        flow.submit();
        flow.approve(A);

        assertThat(flow.run("manager").closedSeq()).isLessThan(flow.taskOf(B).activatedSeq());
        assertThat(flow.lastComment().closedSeq()).isEqualTo(flow.run("manager").closedSeq());
    }

    @Test
    void aRejectionEndsTheApprovalAndFreesThePeers() {
        Flow flow = new Flow().step("all", Mode.ALL, A, B, C);
        flow.submit();
        flow.decide(B, Decision.REJECT);

        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.REJECTED);
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.NOT_REQUIRED);
        assertThat(flow.run("all").state()).isEqualTo(NodeState.REJECTED);
        assertThat(flow.effects).contains(new Effect.SetFields(Outcome.REJECTED));
    }

    @Test
    void inASequenceEachIsAskedWhenTheOneBeforeHasApproved() {
        Flow flow = new Flow().step("line", Mode.SEQUENTIAL, A, B);
        flow.submit();
        assertThat(flow.taskOf(B).state()).isEqualTo(TaskState.WAITING);
        assertThat(flow.taskOf(B).activatedSeq()).isNull();
        assertThat(flow.approve(B)).isEqualTo(new StepResult.Refused(Refusal.WRONG_STATE));

        flow.approve(A);
        assertThat(flow.taskOf(B).state()).isEqualTo(TaskState.PENDING);
        flow.approve(B);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.APPROVED);
    }

    @Test
    void theFirstAnswerDecidesWhereAnyoneDecides() {
        Flow approved = new Flow().step("any", Mode.ANY_DECIDES, A, B);
        approved.submit();
        approved.approve(B);
        assertThat(approved.state.instance().state()).isEqualTo(InstanceState.APPROVED);

        Flow rejected = new Flow().step("any", Mode.ANY_DECIDES, A, B);
        rejected.submit();
        rejected.decide(B, Decision.REJECT);
        assertThat(rejected.state.instance().state()).isEqualTo(InstanceState.REJECTED);
    }

    @Test
    void whereOneApprovalIsEnoughOnlyEverybodysRejectionRejects() {
        Flow flow = new Flow().step("any", Mode.ANY_APPROVES, A, B);
        flow.submit();
        flow.decide(A, Decision.REJECT);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.RUNNING);
        flow.approve(B);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.APPROVED);
    }

    @Test
    void aReturnGoesToTheSubmitterWhoStartsTheNextRoundFromTheBeginning() {
        Flow flow = new Flow().step("manager", Mode.ALL, A).step("hrbp", Mode.ALL, B, C);
        flow.submit();
        flow.approve(A);
        flow.decide(B, Decision.RETURN, "the salary");

        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.RETURNED);
        assertThat(flow.run("hrbp").state()).isEqualTo(NodeState.RETURNED);
        assertThat(flow.taskOf(C).state()).isEqualTo(TaskState.CANCELED);
        assertThat(flow.lastComment().audience()).containsExactly(SUBMITTER);

        flow.resubmit();
        assertThat(flow.state.instance().round()).isEqualTo(2);
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.PENDING);
        flow.approve(A);
        flow.approve(B);
        flow.approve(C);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.APPROVED);
    }

    @Test
    void onlyTheSubmitterResubmitsAndOnlyWhatWasReturned() {
        Flow flow = new Flow().step("manager", Mode.ALL, A);
        flow.submit();
        assertThat(flow.resubmit()).isEqualTo(new StepResult.Refused(Refusal.WRONG_STATE));
        flow.decide(A, Decision.RETURN);
        assertThat(flow.run(new Command.Resubmit(new Command.Actor(A, false), null)))
                .isEqualTo(new StepResult.Refused(Refusal.NOT_ALLOWED));
    }

    @Test
    void theSubmitterTakesItBackUntilSomebodyHasDecided() {
        Flow early = new Flow().step("manager", Mode.ALL, A);
        early.submit();
        early.withdraw();
        assertThat(early.state.instance().state()).isEqualTo(InstanceState.WITHDRAWN);
        assertThat(early.taskOf(A).state()).isEqualTo(TaskState.CANCELED);
        assertThat(early.withdraw()).isEqualTo(new StepResult.Already());

        Flow late = new Flow().step("manager", Mode.ALL, A).step("hrbp", Mode.ALL, B);
        late.submit();
        late.approve(A);
        assertThat(late.withdraw()).isEqualTo(new StepResult.Refused(Refusal.WRONG_STATE));

        Flow anytime = new Flow()
                .withdraw(Withdraw.ANYTIME)
                .step("manager", Mode.ALL, A)
                .step("hrbp", Mode.ALL, B);
        anytime.submit();
        anytime.approve(A);
        anytime.withdraw();
        assertThat(anytime.state.instance().state()).isEqualTo(InstanceState.WITHDRAWN);

        Flow never = new Flow().withdraw(Withdraw.NEVER).step("manager", Mode.ALL, A);
        never.submit();
        assertThat(never.withdraw()).isEqualTo(new StepResult.Refused(Refusal.NOT_ALLOWED));
    }

    @Test
    void whatWasReturnedCanAlwaysBeTakenBackUnlessThatIsForbidden() {
        Flow flow = new Flow().step("manager", Mode.ALL, A);
        flow.submit();
        flow.decide(A, Decision.RETURN);
        flow.withdraw();
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.WITHDRAWN);
    }

    @Test
    void theSameClickTwiceIsOneVote() {
        Flow flow = new Flow().step("all", Mode.ALL, A, B);
        flow.submit();
        flow.approve(A);
        assertThat(flow.approve(A)).isEqualTo(new StepResult.Already());
        assertThat(flow.run("all").tally()).isEqualTo(new Tally(2, 1, 0, 1));
    }

    @Test
    void approvingInOneWindowAndRejectingInAnotherIsRefusedTheSecondTime() {
        Flow flow = new Flow().step("all", Mode.ALL, A, B);
        flow.submit();
        flow.approve(A);
        assertThat(flow.decide(A, Decision.REJECT)).isEqualTo(new StepResult.Refused(Refusal.TASK_ALREADY_DECIDED));
    }

    @Test
    void aDecisionOnAnOldViewOfTheTaskIsRefused() {
        Flow flow = new Flow().step("manager", Mode.ALL, A);
        flow.submit();
        Task task = flow.taskOf(A);
        assertThat(flow.run(new Command.Decide(
                        new Command.Actor(A, false), task.id(), Decision.APPROVE, task.version() - 1, null)))
                .isEqualTo(new StepResult.Refused(Refusal.STALE_VIEW));
    }

    @Test
    void nobodyDecidesForSomebodyElse() {
        Flow flow = new Flow().step("manager", Mode.ALL, A);
        flow.submit();
        assertThat(flow.run(new Command.Decide(
                        new Command.Actor(B, true), flow.taskOf(A).id(), Decision.APPROVE, null, null)))
                .isEqualTo(new StepResult.Refused(Refusal.NOT_ALLOWED));
    }

    @Test
    void aDecisionThatNeedsACommentIsRefusedWithoutOne() {
        Flow flow = new Flow().step("m", Mode.ALL, SelfRule.ASK, EmptyRule.FAULT, false, Set.of(Decision.REJECT), A);
        flow.submit();
        assertThat(flow.decide(A, Decision.REJECT, " ")).isEqualTo(new StepResult.Refused(Refusal.COMMENT_REQUIRED));
        assertThat(flow.decide(A, Decision.REJECT, "no")).isInstanceOf(StepResult.Done.class);
    }

    @Test
    void aStepWhoseConditionDoesNotHoldIsSkippedWithTheReason() {
        Flow flow = new Flow()
                .step("vp", Mode.ALL, SelfRule.ASK, EmptyRule.FAULT, true, Set.of(), A)
                .step("hrbp", Mode.ALL, B);
        flow.conditions.put("vp", new Env.Condition.DoesNotHold());
        flow.submit();
        assertThat(flow.run("vp").state()).isEqualTo(NodeState.SKIPPED);
        assertThat(flow.run("vp").reason()).isEqualTo(Reason.CONDITION);
        assertThat(flow.taskOf(B).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void aConditionThatFailsStopsTheApprovalUntilAnAdministratorRetries() {
        Flow flow = new Flow().step("vp", Mode.ALL, SelfRule.ASK, EmptyRule.FAULT, true, Set.of(), A);
        flow.conditions.put("vp", new Env.Condition.Failed("expression.invalid"));
        flow.submit();
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.FAULTED);
        assertThat(flow.run("vp").state()).isEqualTo(NodeState.BLOCKED);

        assertThat(flow.run(new Command.Retry(new Command.Actor(A, false), null)))
                .isEqualTo(new StepResult.Refused(Refusal.NOT_ALLOWED));
        flow.conditions.clear();
        flow.run(new Command.Retry(new Command.Actor(ADMIN, true), null));
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.RUNNING);
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void aResolverThatFailsStopsTheApprovalAndAnAdministratorCanEndIt() {
        Flow flow = new Flow().step("vp", Mode.ALL, A);
        flow.approvers.put("vp", new Env.Resolution.Failed("script.thrown"));
        flow.submit();
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.FAULTED);

        Command.Actor admin = new Command.Actor(ADMIN, true);
        assertThat(flow.run(new Command.Terminate(admin, null)))
                .isEqualTo(new StepResult.Refused(Refusal.COMMENT_REQUIRED));
        flow.run(new Command.Terminate(admin, "wrong script"));
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.TERMINATED);
        assertThat(flow.effects).contains(new Effect.SetFields(Outcome.WITHDRAWN));
    }

    @Test
    void theSelfRuleDecidesWhatBecomesOfTheSubmitterAsApprover() {
        assertThat(self(SelfRule.ASK).taskOf(SUBMITTER).state()).isEqualTo(TaskState.PENDING);
        assertThat(self(SelfRule.TO_MANAGER).taskOf(MANAGER).state()).isEqualTo(TaskState.PENDING);
        assertThat(self(SelfRule.DROP).taskOf(ADMIN).state()).isEqualTo(TaskState.PENDING);

        Flow auto = self(SelfRule.AUTO_APPROVE);
        assertThat(auto.taskOf(SUBMITTER).state()).isEqualTo(TaskState.AUTO_APPROVED);
        assertThat(auto.taskOf(SUBMITTER).reason()).isEqualTo(Reason.SELF);
        assertThat(auto.taskOf(SUBMITTER).activatedSeq()).isNull();
        assertThat(auto.run("s").state()).isEqualTo(NodeState.SKIPPED);
        assertThat(auto.kinds()).endsWith(Kind.AUTO_COMPLETED, Kind.INSTANCE_APPROVED);
    }

    private static Flow self(SelfRule rule) {
        Flow flow = new Flow().step("s", Mode.ALL, rule, EmptyRule.TO_PROCESS_ADMIN, false, Set.of(), SUBMITTER);
        flow.submit();
        return flow;
    }

    @Test
    void theEmptyRuleDecidesWhatHappensWhenNobodyIsFound() {
        assertThat(empty(EmptyRule.TO_PROCESS_ADMIN).taskOf(ADMIN).state()).isEqualTo(TaskState.PENDING);
        assertThat(empty(EmptyRule.AUTO_APPROVE).state.instance().state()).isEqualTo(InstanceState.APPROVED);
        assertThat(empty(EmptyRule.AUTO_REJECT).state.instance().state()).isEqualTo(InstanceState.REJECTED);
        assertThat(empty(EmptyRule.FAULT).state.instance().state()).isEqualTo(InstanceState.FAULTED);
    }

    private static Flow empty(EmptyRule rule) {
        Flow flow = new Flow().step("e", Mode.ALL, SelfRule.ASK, rule, false, Set.of());
        flow.submit();
        return flow;
    }

    @Test
    void oneProcessAdministratorIsEnoughForPeopleThatWereNotFound() {
        Flow flow = new Flow().step("e", Mode.ALL);
        flow.admins = List.of(ADMIN, C);
        flow.submit();
        flow.approve(C);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.APPROVED);
    }

    @Test
    void withoutProcessAdministratorsNobodyApprovesSilently() {
        Flow flow = new Flow().step("e", Mode.ALL);
        flow.admins = List.of();
        flow.submit();
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.FAULTED);
    }

    @Test
    void whoHasJustApprovedIsNotAskedAgainInTheNextStep() {
        Flow flow =
                new Flow().step("one", Mode.ALL, A).step("two", Mode.ALL, A, B).step("three", Mode.ALL, A);
        flow.submit();
        flow.approve(A);
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.AUTO_APPROVED);
        assertThat(flow.taskOf(A).reason()).isEqualTo(Reason.DUPLICATE);
        flow.approve(B);
        // Step two was passed by B alone; A's own approval is no longer the last one.
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void whoApprovedAnotherVersionOfTheRecordIsAskedAgain() {
        Flow flow = new Flow().step("one", Mode.ALL, A, B).step("two", Mode.ALL, A);
        flow.submit();
        flow.approve(A);
        flow.recordVersion = 2;
        flow.approve(B);
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void anApprovalDoesNotCountAcrossAReturn() {
        Flow flow = new Flow().step("one", Mode.ALL, A).step("two", Mode.ALL, B);
        flow.submit();
        flow.approve(A);
        flow.decide(B, Decision.RETURN);
        flow.resubmit();
        assertThat(flow.taskOf(A).state()).isEqualTo(TaskState.PENDING);
    }

    @Test
    void anAdministratorGivesATaskToSomebodyElse() {
        Flow flow = new Flow().step("one", Mode.ALL, A, B);
        flow.submit();
        Command.Actor admin = new Command.Actor(ADMIN, true);
        UUID task = flow.taskOf(A).id();
        assertThat(flow.run(new Command.Reassign(admin, task, B, true, "ill")))
                .isEqualTo(new StepResult.Refused(Refusal.ALREADY_PARTICIPANT));
        assertThat(flow.run(new Command.Reassign(admin, task, C, false, "ill")))
                .isEqualTo(new StepResult.Refused(Refusal.TARGET_INACTIVE));
        flow.run(new Command.Reassign(admin, task, C, true, "ill"));
        assertThat(flow.state.findTask(task).orElseThrow().state()).isEqualTo(TaskState.CANCELED);
        assertThat(flow.taskOf(C).state()).isEqualTo(TaskState.PENDING);
        flow.approve(C);
        flow.approve(B);
        assertThat(flow.state.instance().state()).isEqualTo(InstanceState.APPROVED);
    }

    @Test
    void aCommentBelongsToTheStepInWhichItsAuthorActs() {
        Flow flow = new Flow().step("one", Mode.ALL, A).step("two", Mode.ALL, B);
        flow.submit();
        flow.approve(A);
        flow.say(A, "one more thing");
        assertThat(flow.lastComment().stepKey()).isEqualTo("one");
        assertThat(flow.lastComment().closedSeq()).isEqualTo(flow.run("one").closedSeq());
        flow.say(B, "a question");
        assertThat(flow.lastComment().stepKey()).isEqualTo("two");
        assertThat(flow.lastComment().closedSeq()).isNull();
        flow.say(SUBMITTER, "an answer");
        assertThat(flow.lastComment().closedSeq())
                .isEqualTo(flow.state.instance().roundSeq());
        assertThat(flow.say(C, "me too")).isEqualTo(new StepResult.Refused(Refusal.NOT_ALLOWED));
    }
}
