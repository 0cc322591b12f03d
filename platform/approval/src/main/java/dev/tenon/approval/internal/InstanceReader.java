package dev.tenon.approval.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.ApprovalError;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.engine.InstanceState;
import dev.tenon.approval.engine.State;
import dev.tenon.approval.port.OpenApproval;
import dev.tenon.approval.view.InstanceView;
import dev.tenon.approval.view.LockView;
import dev.tenon.approval.view.NameLabel;
import dev.tenon.approval.view.RecordApprovalView;
import dev.tenon.approval.view.SubmitOption;
import dev.tenon.metadata.model.ApprovalProcess;
import dev.tenon.records.Query;
import dev.tenon.records.Query.Selection;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Approvals as one person may see them: every part comes through the door to records. */
public final class InstanceReader {

    /** Older approvals of the same record are reached through the list. */
    private static final int MOST_OF_A_RECORD = 10;

    private final Collaborators with;
    private final SubmitRules submitting;

    public InstanceReader(Collaborators with, SubmitRules submitting) {
        this.with = with;
        this.submitting = submitting;
    }

    public void requireVisible(Identity who, UUID instance) {
        if (find(with.as(who), instance).isEmpty()) {
            throw notFound();
        }
    }

    public InstanceView require(Identity who, UUID instance) {
        RecordSession session = with.as(who);
        return view(who, load(session, instance).orElseThrow(InstanceReader::notFound));
    }

    /** What a command has left, without asking the store for it again. */
    public InstanceView after(Identity who, CommandRunner.Result result) {
        Row row = load(with.as(who), result.instance()).orElseThrow(InstanceReader::notFound);
        return result.after().map(state -> view(who, row, state)).orElseGet(() -> view(who, row));
    }

    public RecordApprovalView ofRecord(Identity who, String object, UUID record) {
        RecordSession session = with.as(who);
        List<InstanceView> views = new ArrayList<>();
        for (UUID id : with.approvals().ofRecord(who.tenant(), object, record, MOST_OF_A_RECORD)) {
            load(session, id).ifPresent(row -> views.add(view(who, row)));
        }
        boolean recordVisible = submitting.visible(who, object, record);
        if (!recordVisible && views.isEmpty()) {
            throw notFound();
        }
        List<SubmitOption> options = recordVisible ? submitting.options(who, object, record) : List.of();
        InstanceView current = views.isEmpty() ? null : views.getFirst();
        return new RecordApprovalView(
                current,
                current == null ? views : views.subList(1, views.size()),
                options,
                LockRules.view(with.approvals().open(who.tenant(), object, record), who));
    }

    /** The approval alone; absent where it may not be seen. */
    private static Optional<Row> find(RecordSession session, UUID instance) {
        return session.find(ApprovalObjects.INSTANCE, instance, Selection.of("state"));
    }

    /** The approval with all its parts, in one question. */
    private static Optional<Row> load(RecordSession session, UUID instance) {
        Map<String, Query.Children> parts = Map.of(
                "runs", Reading.parts(session, ApprovalObjects.NODE_RUN, "ordinal"),
                "tasks", Reading.parts(session, ApprovalObjects.TASK, "position", "assignee"),
                "events", Reading.parts(session, ApprovalObjects.EVENT, "at", "actor"),
                "comments", Reading.parts(session, ApprovalObjects.COMMENT, "at"));
        return session.find(
                ApprovalObjects.INSTANCE,
                instance,
                new Selection(List.of(), Map.of("submitter", Selection.of("name")), parts));
    }

    private InstanceView view(Identity who, Row row) {
        return view(
                who,
                row,
                with.approvals()
                        .find(who.tenant(), row.id())
                        .orElseThrow(InstanceReader::notFound)
                        .state());
    }

    private InstanceView view(Identity who, Row row, State state) {
        Locale locale = who.user().locale();
        ApprovalProcess definition =
                with.definitions().pinned(who.tenant(), state.instance().definition());
        String shownState = Reading.text(row, "state", "");
        return new InstanceView(
                row.id(),
                new NameLabel(definition.name(), definition.label().in(locale)),
                Reading.text(row, "object", ""),
                UUID.fromString(Reading.text(row, "recordId", "")),
                Reading.text(row, "title", ""),
                shownState,
                Reading.text(row, "outcome"),
                Reading.number(row, "round"),
                Reading.person(row, "submitter"),
                Reading.time(row, "startedAt"),
                Reading.time(row, "endedAt"),
                lock(who, state, definition),
                Progress.steps(
                        definition,
                        locale,
                        Reading.number(row, "round"),
                        ended(shownState),
                        parts(row, "runs"),
                        parts(row, "tasks")),
                Progress.timeline(definition, locale, parts(row, "events"), parts(row, "comments")),
                ActionOffers.of(definition, state, who.user().id(), with.administers(who)));
    }

    private static List<Row> parts(Row row, String name) {
        return row.children().getOrDefault(name, List.of());
    }

    private static boolean ended(String state) {
        return !state.isEmpty() && InstanceState.valueOf(state).terminal();
    }

    private static LockView lock(Identity who, State state, ApprovalProcess definition) {
        var instance = state.instance();
        Optional<OpenApproval> open = instance.state().terminal()
                ? Optional.empty()
                : Optional.of(new OpenApproval(
                        instance.recordId(),
                        instance.id(),
                        instance.process(),
                        instance.submitter(),
                        instance.state(),
                        definition.lock()));
        return LockRules.view(open, who);
    }

    private static PlatformException notFound() {
        return ApprovalError.NOT_FOUND.error().build();
    }
}
