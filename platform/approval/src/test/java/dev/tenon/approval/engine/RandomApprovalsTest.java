package dev.tenon.approval.engine;

import static dev.tenon.approval.engine.Flow.ADMIN;
import static dev.tenon.approval.engine.Flow.SUBMITTER;
import static dev.tenon.approval.engine.Flow.person;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tenon.approval.engine.Event.Kind;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.metadata.model.ApprovalProcess.EmptyRule;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import dev.tenon.metadata.model.ApprovalProcess.SelfRule;
import dev.tenon.metadata.model.ApprovalProcess.Withdraw;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Many small flows with random definitions and commands; what must always hold is looked at after every command. */
class RandomApprovalsTest {

    private static final int FLOWS = 6_000;
    private static final int MOST_COMMANDS = 14;

    @Test
    void whateverPeopleDoTheApprovalStaysSound() {
        int ended = 0;
        for (int seed = 0; seed < FLOWS; seed++) {
            Random random = new Random(seed);
            Flow flow = flow(random);
            flow.submit();
            check(flow, seed);
            for (int i = 0; i < MOST_COMMANDS; i++) {
                Command command = command(flow, random);
                State before = flow.state;
                StepResult offered =
                        Guards.check(flow.definition(), before, command).orElse(null);
                StepResult result = flow.run(command);
                // What the buttons say is what happens, comments aside.
                if (offered != null) {
                    assertThat(result).as("seed %s", seed).isEqualTo(offered);
                }
                if (!(result instanceof StepResult.Done)) {
                    assertThat(flow.state).isSameAs(before);
                }
                if (before.instance().state().terminal()) {
                    assertThat(flow.state.instance().state())
                            .isEqualTo(before.instance().state());
                }
                check(flow, seed);
            }
            if (flow.state.instance().state().terminal()) {
                ended++;
            }
        }
        assertThat(ended).isGreaterThan(FLOWS / 4);
    }

    private static Flow flow(Random random) {
        Flow flow = new Flow().withdraw(pick(random, Withdraw.values()));
        int steps = 1 + random.nextInt(4);
        for (int i = 0; i < steps; i++) {
            UUID[] people = new UUID[random.nextInt(4)];
            for (int p = 0; p < people.length; p++) {
                people[p] = random.nextInt(6) == 0 ? SUBMITTER : person(11 + random.nextInt(4));
            }
            String key = "s" + i;
            boolean conditional = random.nextInt(3) == 0;
            flow.step(
                    key,
                    pick(random, Mode.values()),
                    pick(random, SelfRule.values()),
                    pick(random, EmptyRule.values()),
                    conditional,
                    random.nextInt(3) == 0 ? EnumSet.of(Decision.REJECT, Decision.RETURN) : Set.of(),
                    people);
            if (conditional) {
                Env.Condition outcome = switch (random.nextInt(8)) {
                    case 0 -> new Env.Condition.Failed("expression.invalid");
                    case 1, 2, 3 -> new Env.Condition.DoesNotHold();
                    default -> new Env.Condition.Holds();
                };
                flow.conditions.put(key, outcome);
            }
            if (random.nextInt(20) == 0) {
                flow.approvers.put(key, new Env.Resolution.Failed("script.thrown"));
            }
        }
        flow.admins = random.nextInt(4) == 0 ? List.of() : List.of(ADMIN, person(98));
        return flow;
    }

    private static Command command(Flow flow, Random random) {
        List<UUID> everybody = List.of(SUBMITTER, person(2), person(11), person(12), person(13), person(14), ADMIN);
        UUID who = everybody.get(random.nextInt(everybody.size()));
        Command.Actor actor = new Command.Actor(who, who.equals(ADMIN));
        String comment = random.nextInt(3) == 0 ? null : "text";
        if (random.nextInt(4) == 0) {
            flow.recordVersion++;
        }
        List<Task> tasks = flow.state.tasks();
        UUID task = tasks.isEmpty()
                ? new UUID(0, 0)
                : tasks.get(random.nextInt(tasks.size())).id();
        return switch (random.nextInt(12)) {
            case 0 -> new Command.Withdraw(actor, comment);
            case 1 -> new Command.Resubmit(actor, comment);
            case 2 -> new Command.Say(actor, comment);
            case 3 -> new Command.Retry(new Command.Actor(ADMIN, true), comment);
            case 4 -> random.nextInt(8) == 0 ? new Command.Terminate(actor, comment) : new Command.Say(actor, comment);
            case 5 ->
                new Command.Reassign(new Command.Actor(ADMIN, true), task, person(15), random.nextBoolean(), comment);
            default -> {
                // Mostly the person whose turn it is.
                Task chosen = tasks.stream()
                        .filter(t -> t.state() == TaskState.PENDING)
                        .skip(random.nextInt(2))
                        .findFirst()
                        .orElse(null);
                Decision decision = random.nextInt(5) == 0 ? pick(random, Decision.values()) : Decision.APPROVE;
                yield chosen == null
                        ? new Command.Decide(actor, task, decision, null, comment)
                        : new Command.Decide(
                                new Command.Actor(chosen.assignee(), false),
                                chosen.id(),
                                decision,
                                chosen.version(),
                                comment);
            }
        };
    }

    private static void check(Flow flow, int seed) {
        String as = "seed " + seed + " " + flow.kinds();
        State state = flow.state;
        long openRuns = state.runs().stream().filter(r -> r.state().open()).count();
        long active =
                state.runs().stream().filter(r -> r.state() == NodeState.ACTIVE).count();
        switch (state.instance().state()) {
            case RUNNING -> assertThat(List.of(openRuns, active)).as(as).containsExactly(1L, 1L);
            case FAULTED -> assertThat(List.of(openRuns, active)).as(as).containsExactly(1L, 0L);
            case RETURNED, APPROVED, REJECTED, WITHDRAWN, TERMINATED -> {
                assertThat(openRuns).as(as).isZero();
                assertThat(state.tasks()).as(as).noneMatch(t -> t.state().open());
            }
        }
        for (NodeRun run : state.runs()) {
            List<Task> tasks = state.tasksOf(run.id());
            if (run.state() == NodeState.ACTIVE) {
                assertThat(Votes.result(run.mode(), Votes.count(tasks))).as(as).isEqualTo(Votes.Result.OPEN);
                assertThat(tasks).as(as).anyMatch(t -> t.state() == TaskState.PENDING);
                assertThat(run.closedSeq()).as(as).isNull();
            } else {
                assertThat(tasks).as(as).noneMatch(t -> t.state().open());
            }
            if (run.state() != NodeState.BLOCKED) {
                assertThat(run.tally()).as(as).isEqualTo(Votes.count(tasks));
            }
            Set<UUID> openPeople = new HashSet<>();
            tasks.stream()
                    .filter(t -> t.state().open())
                    .forEach(
                            t -> assertThat(openPeople.add(t.assignee())).as(as).isTrue());
        }
        events(flow, as);
    }

    private static void events(Flow flow, String as) {
        List<Long> numbers = flow.events.stream().map(Event::seq).toList();
        List<Long> expected = new ArrayList<>();
        for (long i = 1; i <= flow.events.size(); i++) {
            expected.add(i);
        }
        assertThat(numbers).as(as).isEqualTo(expected);
        assertThat(flow.state.instance().seq()).as(as).isEqualTo(flow.events.size());
        for (Task task : flow.state.tasks()) {
            long deciding = flow.events.stream()
                    .filter(e -> task.id().equals(e.task()) && e.kind().decision())
                    .count();
            boolean decided = task.decidedSeq() != null;
            assertThat(deciding).as(as).isEqualTo(decided ? 1 : 0);
        }
        for (Event event : flow.events) {
            if (event.kind() == Kind.AUTO_APPROVED
                    || event.kind() == Kind.AUTO_REJECTED
                    || event.kind() == Kind.SKIPPED) {
                assertThat(event.reason()).as(as).isNotNull();
            }
            if (event.kind() == Kind.ACTIVATED && event.task() == null) {
                List<UUID> asked = flow.state.tasksOf(event.run()).stream()
                        .filter(t -> t.origin() == null)
                        .map(Task::assignee)
                        .toList();
                assertThat(event.data().get("approvers"))
                        .as(as)
                        .isEqualTo(asked.stream().map(UUID::toString).toList());
            }
        }
    }

    private static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
