package dev.tenon.approval.internal;

import dev.tenon.approval.engine.Env;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ApprovalProcess.ApprovalStep;
import dev.tenon.sdk.record.RecordIds;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The engine's view of the record and the people. Approver rules may run scripts, so they are asked while nothing is
 * locked; inside the transaction only what was found then may be used, and what is missing gives the attempt up.
 */
final class LiveEnv implements Env {

    private final ApprovalProcess definition;
    private final RecordFacts facts;
    private final ApproverRules rules;
    private final Map<String, Resolution> found;
    private final boolean mayResolve;
    private final Instant now;

    private LiveEnv(
            ApprovalProcess definition,
            RecordFacts facts,
            ApproverRules rules,
            Map<String, Resolution> found,
            boolean mayResolve,
            Instant now) {
        this.definition = definition;
        this.facts = facts;
        this.rules = rules;
        this.found = found;
        this.mayResolve = mayResolve;
        this.now = now;
    }

    /** Outside of the transaction: resolves what the command needs and remembers it. */
    static LiveEnv preparing(ApprovalProcess definition, RecordFacts facts, ApproverRules rules, Instant now) {
        return new LiveEnv(definition, facts, rules, new HashMap<>(), true, now);
    }

    /** Inside the transaction: conditions and the record as they are now, approvers as they were prepared. */
    LiveEnv prepared(RecordFacts current, ApproverRules currentRules, Instant at) {
        return new LiveEnv(definition, current, currentRules, found, false, at);
    }

    boolean resolvedAnything() {
        return !found.isEmpty();
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public UUID newId() {
        return RecordIds.next();
    }

    @Override
    public long recordVersion() {
        return facts.version();
    }

    @Override
    public Condition condition(String stepKey) {
        return step(stepKey).condition().map(facts::condition).orElseGet(Condition.Holds::new);
    }

    @Override
    public Resolution approvers(String stepKey) {
        Resolution known = found.get(stepKey);
        if (known != null) {
            return known;
        }
        if (!mayResolve) {
            throw new Unprepared();
        }
        Resolution resolved = rules.resolve(step(stepKey));
        found.put(stepKey, resolved);
        return resolved;
    }

    @Override
    public Optional<UUID> managerOf(UUID user) {
        return rules.managerOf(user);
    }

    @Override
    public List<UUID> processAdmins() {
        return rules.processAdmins();
    }

    private ApprovalStep step(String key) {
        return definition.steps().stream()
                .filter(s -> s.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no step " + key));
    }

    /** The attempt was prepared for another state of the approval than it met; prepare again. */
    static final class Unprepared extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unprepared() {
            super("the approval has moved on while approvers were looked up");
        }
    }
}
