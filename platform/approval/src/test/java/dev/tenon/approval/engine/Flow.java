package dev.tenon.approval.engine;

import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.metadata.model.ApprovalProcess.Decision;
import dev.tenon.metadata.model.ApprovalProcess.EmptyRule;
import dev.tenon.metadata.model.ApprovalProcess.Lock;
import dev.tenon.metadata.model.ApprovalProcess.Mode;
import dev.tenon.metadata.model.ApprovalProcess.SelfRule;
import dev.tenon.metadata.model.ApprovalProcess.Withdraw;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.metadata.model.Label;
import dev.tenon.sdk.error.ErrorSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** One approval that is driven by hand: a definition, people, and everything the engine asks of the world. */
final class Flow implements Env {

    static final UUID SUBMITTER = person(1);
    static final UUID MANAGER = person(2);
    static final UUID ADMIN = person(99);

    final List<Event> events = new ArrayList<>();
    final List<Effect> effects = new ArrayList<>();
    final Map<String, Condition> conditions = new HashMap<>();
    final Map<String, Resolution> approvers = new HashMap<>();
    List<UUID> admins = List.of(ADMIN);
    long recordVersion = 1;
    State state = fresh();
    private final List<ApprovalStep> steps = new ArrayList<>();
    private Withdraw withdraw = Withdraw.BEFORE_FIRST_DECISION;
    private long ids;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");

    static UUID person(int number) {
        return new UUID(0, number);
    }

    static State fresh() {
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        Instance instance = new Instance(
                new UUID(7, 7),
                "p",
                "f",
                "x__Offer",
                new UUID(8, 8),
                "Offer 1",
                SUBMITTER,
                InstanceState.RUNNING,
                1,
                0,
                0,
                start,
                null);
        return new State(instance, List.of(), List.of());
    }

    Flow withdraw(Withdraw policy) {
        withdraw = policy;
        return this;
    }

    Flow step(String key, Mode mode, UUID... people) {
        return step(key, mode, SelfRule.ASK, EmptyRule.TO_PROCESS_ADMIN, false, Set.of(), people);
    }

    Flow step(
            String key,
            Mode mode,
            SelfRule self,
            EmptyRule empty,
            boolean conditional,
            Set<Decision> commentRequired,
            UUID... people) {
        Optional<ExpressionText> condition = conditional
                ? Optional.of(new ExpressionText("true", new ErrorSource("t", "t.yaml", 1, 1)))
                : Optional.empty();
        steps.add(new ApprovalStep(key, "t", Label.of(key), condition, List.of(), mode, self, empty, commentRequired));
        approvers.put(key, new Resolution.Found(List.of(people), List.of("test")));
        return this;
    }

    ApprovalProcess definition() {
        return new ApprovalProcess(
                "p", "t", Label.of("P"), "x__Offer", Optional.empty(), Set.of(), Lock.FULL, withdraw, steps, Map.of());
    }

    StepResult run(Command command) {
        now = now.plusSeconds(1);
        StepResult result = ApprovalEngine.step(definition(), state, command, this);
        if (result instanceof StepResult.Done done) {
            state = done.state();
            events.addAll(done.events());
            effects.addAll(done.effects());
        }
        return result;
    }

    StepResult submit() {
        return run(new Command.Submit(new Command.Actor(SUBMITTER, false), "please"));
    }

    StepResult decide(UUID who, Decision decision) {
        return decide(who, decision, "because");
    }

    StepResult decide(UUID who, Decision decision, String comment) {
        UUID task = state.tasks().stream()
                .filter(t -> t.assignee().equals(who))
                .reduce((a, b) -> b)
                .map(Task::id)
                .orElse(new UUID(0, 0));
        return run(new Command.Decide(new Command.Actor(who, false), task, decision, null, comment));
    }

    StepResult approve(UUID who) {
        return decide(who, Decision.APPROVE);
    }

    StepResult say(UUID who, String text) {
        return run(new Command.Say(new Command.Actor(who, false), text));
    }

    StepResult withdraw() {
        return run(new Command.Withdraw(new Command.Actor(SUBMITTER, false), null));
    }

    StepResult resubmit() {
        return run(new Command.Resubmit(new Command.Actor(SUBMITTER, false), "again"));
    }

    List<Event.Kind> kinds() {
        return events.stream().map(Event::kind).toList();
    }

    List<String> topics() {
        return effects.stream()
                .filter(Effect.Publish.class::isInstance)
                .map(e -> ((Effect.Publish) e).topic())
                .toList();
    }

    Task taskOf(UUID who) {
        return state.tasks().stream()
                .filter(t -> t.assignee().equals(who))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    NodeRun run(String key) {
        return state.runs().stream()
                .filter(r -> r.key().equals(key))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    Effect.KeepComment lastComment() {
        return effects.stream()
                .filter(Effect.KeepComment.class::isInstance)
                .map(Effect.KeepComment.class::cast)
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public UUID newId() {
        return new UUID(1, ++ids);
    }

    @Override
    public long recordVersion() {
        return recordVersion;
    }

    @Override
    public Condition condition(String stepKey) {
        return conditions.getOrDefault(stepKey, new Condition.Holds());
    }

    @Override
    public Resolution approvers(String stepKey) {
        return approvers.getOrDefault(stepKey, new Resolution.Found(List.of(), List.of()));
    }

    @Override
    public Optional<UUID> managerOf(UUID user) {
        return user.equals(SUBMITTER) ? Optional.of(MANAGER) : Optional.empty();
    }

    @Override
    public List<UUID> processAdmins() {
        return admins;
    }
}
