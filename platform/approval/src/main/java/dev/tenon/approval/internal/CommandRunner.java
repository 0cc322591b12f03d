package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.engine.ApprovalEngine;
import dev.tenon.approval.engine.Command;
import dev.tenon.approval.engine.Effect;
import dev.tenon.approval.engine.Instance;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.engine.Refusal;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.engine.StepResult;
import dev.tenon.approval.port.ApprovalChange;
import dev.tenon.approval.port.ApprovalStore.Stored;
import dev.tenon.approval.port.CommandRepeated;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.metadata.model.ExpressionText;
import dev.tenon.records.RecordSession;
import dev.tenon.records.RecordsError;
import dev.tenon.records.StorableText;
import dev.tenon.records.port.RecordStore.OutboxEvent;
import dev.tenon.sdk.error.PlatformException;
import dev.tenon.sdk.record.RecordIds;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One command, one transaction, one lock. Statements keep one order everywhere (approval, record, inserts), so commands
 * cannot block each other in a circle; what may take long happens before, and is thrown away when it came too late.
 */
public final class CommandRunner {

    private static final int ATTEMPTS = 4;
    /** The database gave one of two transactions up; nothing of it is left, so it can simply be tried again. */
    private static final String STORE_CONFLICT = "store.conflict";

    private static final int MOST_COMMENT_CHARS = 10_000;
    private static final int MOST_ID_CHARS = 100;

    private final Collaborators with;

    public CommandRunner(Collaborators with) {
        this.with = with;
    }

    /**
     * What a command worked on.
     *
     * @param after the approval as the command left it; empty for a command that had been carried out before
     */
    public record Result(UUID instance, Optional<State> after) {}

    /** Starts an approval; the caller has checked what can be checked outside of the transaction. */
    public Result submit(Identity who, Submission submission, String commandId, @Nullable String comment) {
        String tenant = who.tenant();
        ApprovalProcess process = submission.process();
        String fingerprint = with.definitions().keep(tenant, process);
        Command command = new Command.Submit(new Command.Actor(who.user().id(), false), comment);
        return attempts(who, commandId, false, () -> {
            UUID id = RecordIds.next();
            Instant now = now(Instant.EPOCH);
            State fresh = new State(instance(id, fingerprint, submission, who, now), List.of(), List.of());
            LiveEnv prepared = prepare(who, process, fresh, now);
            ApprovalEngine.step(process, fresh, command, prepared);
            return with.records().inTransaction(tenant, () -> {
                // First, so that the same click twice is told from a second approval of the record.
                with.approvals().rememberCommand(tenant, who.user().id(), commandId, id);
                with.approvals().begin(tenant, fresh.instance(), process.lock());
                RecordSession session = with.engine(who);
                // Whoever is saving the record ends first, so the entry condition is asked of what is really saved.
                if (with.records()
                        .lock(session.model(), process.object(), submission.record())
                        .isEmpty()) {
                    throw notFound();
                }
                RecordFacts facts = facts(session, fresh.instance(), now);
                submission.requireEntry(facts);
                Stored stored = new Stored(fresh, 0, now, "");
                Optional<State> after = carryOut(who, stored, process, command, session, facts, prepared, now);
                requireInForce(session);
                return new Result(id, after);
            });
        });
    }

    /** Carries out a command on an approval that the caller may see. */
    public Result run(Identity who, UUID instance, String commandId, Command command) {
        String tenant = who.tenant();
        return attempts(who, commandId, true, () -> {
            Stored seen = with.approvals().find(tenant, instance).orElseThrow(CommandRunner::notFound);
            ApprovalProcess process =
                    with.definitions().pinned(tenant, seen.state().instance().definition());
            Instant before = now(seen.lastAt());
            LiveEnv prepared = prepare(who, process, seen.state(), before);
            // A trial run without effect: it asks for just the approvers that the command will need.
            ApprovalEngine.step(process, seen.state(), command, prepared);
            return with.records().inTransaction(tenant, () -> {
                Stored locked = with.approvals().lock(tenant, instance).orElseThrow(CommandRunner::notFound);
                if (prepared.resolvedAnything() && locked.version() != seen.version()) {
                    throw new LiveEnv.Unprepared();
                }
                Instant now = now(locked.lastAt());
                RecordSession session = with.engine(who);
                RecordFacts facts = facts(session, locked.state().instance(), now);
                Optional<State> after = carryOut(who, locked, process, command, session, facts, prepared, now);
                if (after.isPresent()) {
                    with.approvals().rememberCommand(tenant, who.user().id(), commandId, instance);
                }
                requireInForce(session);
                return new Result(instance, after);
            });
        });
    }

    /** What was decided by rules that are not in force any more, on whatever node they were changed, is not kept. */
    private void requireInForce(RecordSession session) {
        if (!with.records().holdModel(session.model())) {
            throw RecordsError.MODEL_CHANGED.error().build();
        }
    }

    /** The approval that the person's earlier command with this id worked on. */
    public @Nullable UUID earlier(Identity who, String commandId) {
        return with.approvals()
                .commandResult(who.tenant(), who.user().id(), commandId)
                .orElse(null);
    }

    public static void check(String commandId, @Nullable String comment) {
        boolean plain = !commandId.isBlank()
                && commandId.length() <= MOST_ID_CHARS
                && commandId.chars().allMatch(c -> c > ' ' && c < 127);
        if (!plain) {
            throw ApprovalError.COMMAND_ID_INVALID
                    .error()
                    .with("limit", MOST_ID_CHARS)
                    .build();
        }
        if (comment == null) {
            return;
        }
        if (comment.length() > MOST_COMMENT_CHARS) {
            throw ApprovalError.COMMENT_TOO_LONG
                    .error()
                    .with("limit", MOST_COMMENT_CHARS)
                    .build();
        }
        StorableText.require("comment", comment);
    }

    private void renew(String tenant) {
        long version = with.models().current(tenant).model().version();
        with.models().newerThan(tenant, version);
    }

    /** @param anew whether an attempt can be made again after a change of the model: it takes nothing from before */
    private Result attempts(Identity who, String commandId, boolean anew, Supplier<Result> attempt) {
        for (int i = 0; i < ATTEMPTS; i++) {
            UUID earlier = earlier(who, commandId);
            if (earlier != null) {
                return new Result(earlier, Optional.empty());
            }
            try {
                return attempt.get();
            } catch (LiveEnv.Unprepared | CommandRepeated again) {
                // The next attempt sees what the other command did.
            } catch (PlatformException fault) {
                boolean overtaken = fault.code() == RecordsError.MODEL_CHANGED;
                if (overtaken) {
                    renew(who.tenant());
                }
                boolean again = overtaken ? anew : fault.code().id().equals(STORE_CONFLICT);
                if (!again || i == ATTEMPTS - 1) {
                    throw fault;
                }
            }
        }
        throw ApprovalError.BUSY.error().build();
    }

    /** The approval afterwards; empty when nothing changed, as by a repeated click. */
    private Optional<State> carryOut(
            Identity who,
            Stored stored,
            ApprovalProcess process,
            Command command,
            RecordSession session,
            RecordFacts facts,
            LiveEnv prepared,
            Instant now) {
        State before = stored.state();
        UUID submitter = before.instance().submitter();
        ApproverRules rules = new ApproverRules(with.users(), with.code(), session, facts, submitter, now);
        StepResult result = ApprovalEngine.step(process, before, command, prepared.prepared(facts, rules, now));
        return switch (result) {
            case StepResult.Refused(Refusal why) ->
                throw Refusals.error(why, before.instance().state());
            case StepResult.Already() -> Optional.empty();
            case StepResult.Done done -> {
                done.effects().stream()
                        .filter(Effect.SetFields.class::isInstance)
                        .map(Effect.SetFields.class::cast)
                        .forEach(e ->
                                setFields(session, process, before.instance().recordId(), e, facts));
                with.approvals().write(who.tenant(), change(stored, done));
                with.records().appendJournal(who.tenant(), List.of(), messages(done));
                yield Optional.of(done.state());
            }
        };
    }

    private static void setFields(
            RecordSession session, ApprovalProcess process, UUID record, Effect.SetFields effect, RecordFacts facts) {
        Map<String, ExpressionText> fields = process.onOutcome().getOrDefault(effect.outcome(), Map.of());
        if (fields.isEmpty() || facts.record().isEmpty()) {
            return;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        fields.forEach((field, text) -> values.put(field, facts.value(text)));
        session.update(process.object(), record, Optional.empty(), values);
    }

    private static ApprovalChange change(Stored stored, StepResult.Done done) {
        State before = stored.state();
        return new ApprovalChange(
                before,
                done.state(),
                EventChain.link(before.instance().id(), stored.lastHash(), done.events()),
                of(done, Effect.KeepComment.class),
                of(done, Effect.Asked.class),
                of(done, Effect.Decided.class));
    }

    private static <T extends Effect> List<T> of(StepResult.Done done, Class<T> type) {
        return done.effects().stream().filter(type::isInstance).map(type::cast).toList();
    }

    private static List<OutboxEvent> messages(StepResult.Done done) {
        Instance instance = done.state().instance();
        List<OutboxEvent> messages = new ArrayList<>();
        for (Effect.Publish publish : of(done, Effect.Publish.class)) {
            Map<String, Object> payload = new LinkedHashMap<>();
            payload.put("instance", instance.id().toString());
            payload.put("process", instance.process());
            payload.put("object", instance.object());
            payload.put("record", instance.recordId().toString());
            payload.put("seq", publish.seq());
            if (publish.task() != null) {
                payload.put("task", publish.task().toString());
            }
            if (publish.actor() != null) {
                payload.put("actor", publish.actor().toString());
            }
            messages.add(new OutboxEvent(
                    RecordIds.next(),
                    "approval." + publish.topic(),
                    instance.id().toString(),
                    EventChain.json(payload)));
        }
        return messages;
    }

    private LiveEnv prepare(Identity who, ApprovalProcess process, State state, Instant now) {
        RecordSession session = with.engine(who);
        RecordFacts facts = facts(session, state.instance(), now);
        UUID submitter = state.instance().submitter();
        return LiveEnv.preparing(
                process, facts, new ApproverRules(with.users(), with.code(), session, facts, submitter, now), now);
    }

    private static RecordFacts facts(RecordSession session, Instance instance, Instant now) {
        return new RecordFacts(session, instance.object(), instance.recordId(), instance.submitter(), now);
    }

    private static Instance instance(UUID id, String fingerprint, Submission submission, Identity who, Instant now) {
        return new Instance(
                id,
                submission.process().name(),
                fingerprint,
                submission.process().object(),
                submission.record(),
                submission.title(),
                who.user().id(),
                InstanceState.RUNNING,
                1,
                0,
                0,
                now,
                null);
    }

    /** Later than everything that happened so far, in the precision the database keeps. */
    private Instant now(Instant lastAt) {
        Instant now = with.clock().instant().truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(lastAt) ? now : lastAt.plus(1, ChronoUnit.MICROS);
    }

    private static PlatformException notFound() {
        return ApprovalError.NOT_FOUND.error().build();
    }
}
