package dev.tenon.automation.internal;

import dev.tenon.access.Identity;
import dev.tenon.approval.ApprovalObjects;
import dev.tenon.approval.Approvals;
import dev.tenon.automation.HandOverStatus.State;
import dev.tenon.automation.port.HandOverStore;
import dev.tenon.automation.port.HandOverStore.Job;
import dev.tenon.automation.port.HandOverStore.Reached;
import dev.tenon.automation.port.IdentitySource;
import dev.tenon.automation.port.ImportStore.Standing;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.expression.ValueType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.ErrorTexts;
import dev.tenon.sdk.error.PlatformException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Carries out hand-overs, object by object in the order of their names, a batch in each transaction. A batch and the note
 * of it are kept together or not at all, so what a dead node has left is gone on with where it was.
 */
public final class HandOverWork {

    private static final Logger LOG = System.getLogger(HandOverWork.class.getName());
    private static final int BATCH = 100;

    /** Records that stand for a person or are written to one; who owns them means nothing. */
    private static final Set<String> NOBODYS = Stream.concat(
                    ApprovalObjects.ALL.stream(), Stream.of(ApprovalObjects.USER, OwnNotifications.OBJECT))
            .collect(java.util.stream.Collectors.toUnmodifiableSet());

    private final HandOverStore store;
    private final Records records;
    private final Approvals approvals;
    private final IdentitySource identities;
    private final Node node;

    public HandOverWork(
            HandOverStore store, Records records, Approvals approvals, IdentitySource identities, Node node) {
        this.store = store;
        this.records = records;
        this.approvals = approvals;
        this.identities = identities;
        this.node = node;
    }

    public void run(String tenant) {
        node.each((now, until) -> store.claim(tenant, node.name(), now, until), job -> {
            run(tenant, job);
            return true;
        });
    }

    private void run(String tenant, Job job) {
        // Who has started it may have gone; what was asked for was his to ask for then.
        Identity actor = identities
                .identity(tenant, job.startedBy())
                .map(Identity::asSystem)
                .orElseGet(() -> Notices.platform(tenant));
        try {
            handOver(tenant, actor, job);
        } catch (PlatformException fault) {
            if (ImportRun.passesBy(fault)) {
                throw fault;
            }
            LOG.log(Level.WARNING, "hand-over " + job.id() + " of tenant " + tenant + " failed", fault);
            store.end(
                    tenant,
                    job.id(),
                    node.name(),
                    State.FAILED,
                    ErrorTexts.render(fault.code(), fault.args(), Locale.ENGLISH),
                    node.now());
        }
    }

    private void handOver(String tenant, Identity actor, Job job) {
        Reached reached = job.reached();
        if (reached.total() < 0) {
            // People wait for work items, so they come first.
            Approvals.HandedOver items = approvals.handOver(actor, job.from(), job.to());
            reached = new Reached(total(actor, job.from()), 0, items.moved(), items.left(), "", Optional.empty());
            if (!goesOn(tenant, job, store.advance(tenant, job.id(), node.name(), reached, node.claim()))) {
                return;
            }
        }
        for (String object : objects(session(actor))) {
            if (object.compareTo(reached.object()) < 0) {
                continue;
            }
            Optional<UUID> last = object.equals(reached.object()) ? reached.last() : Optional.empty();
            boolean more = true;
            while (more) {
                Batch batch = batch(tenant, actor, job, object, reached, last);
                if (!goesOn(tenant, job, batch.standing())) {
                    return;
                }
                reached = batch.reached();
                last = reached.last();
                more = batch.more();
            }
        }
        store.end(tenant, job.id(), node.name(), State.DONE, null, node.now());
    }

    private boolean goesOn(String tenant, Job job, Standing standing) {
        if (standing == Standing.STOP) {
            store.end(tenant, job.id(), node.name(), State.CANCELED, null, node.now());
        } else if (standing == Standing.GO_ON && node.stops()) {
            store.release(tenant, job.id(), node.name());
            return false;
        }
        return standing == Standing.GO_ON;
    }

    private RecordSession session(Identity actor) {
        return records.open(actor, HistoryEntry.Channel.SYSTEM);
    }

    private static List<String> objects(RecordSession session) {
        return session.model().objects().values().stream()
                .filter(object -> object.findField(SystemField.OWNER).isPresent())
                .map(object -> object.name())
                .filter(name -> !NOBODYS.contains(name))
                .sorted()
                .toList();
    }

    private long total(Identity actor, UUID from) {
        RecordSession session = session(actor);
        long total = 0;
        for (String object : objects(session)) {
            ExprBuilder build = new ExprBuilder(session.scope(object));
            total += session.query(new Query(
                            object,
                            Query.Selection.of(SystemField.ID),
                            Optional.of(owned(build, from)),
                            List.of(),
                            1,
                            0,
                            true))
                    .count()
                    .orElse(0);
        }
        return total;
    }

    private static Expr owned(ExprBuilder build, UUID by) {
        return build.binary(BinaryOperator.EQUAL, build.field(SystemField.OWNER), build.literal(by));
    }

    private static Page page(RecordSession session, String object, UUID from, Optional<UUID> last) {
        ExprBuilder build = new ExprBuilder(session.scope(object));
        Expr filter = owned(build, from);
        if (last.isPresent()) {
            // Made without the checker: ids have an order for pages, but not in the language.
            filter = Expr.and(
                    filter,
                    new Expr.Binary(
                            BinaryOperator.GREATER,
                            build.field(SystemField.ID),
                            build.literal(last.get()),
                            ValueType.Simple.BOOLEAN));
        }
        return session.query(new Query(
                object,
                Query.Selection.of(SystemField.ID),
                Optional.of(filter),
                List.of(new Query.SortKey(build.field(SystemField.ID), false)),
                BATCH,
                0,
                false));
    }

    private record Batch(Reached reached, boolean more, Standing standing) {}

    private Batch batch(String tenant, Identity actor, Job job, String object, Reached reached, Optional<UUID> last) {
        RecordSession session = session(actor);
        Page page = page(session, object, job.from(), last);
        try {
            return session.inTransaction(() -> {
                for (Row row : page.rows()) {
                    give(session, object, row, job.to());
                }
                return noted(tenant, job, object, reached, page, 0);
            });
        } catch (PlatformException refused) {
            if (ImportRun.passesBy(refused)) {
                throw refused;
            }
            return noted(tenant, job, object, reached, page, oneByOne(actor, object, page, job.to()));
        }
    }

    /** Of a batch with a record that refuses, the others are handed over all the same. */
    private long oneByOne(Identity actor, String object, Page page, UUID to) {
        long left = 0;
        for (Row row : page.rows()) {
            try {
                give(session(actor), object, row, to);
            } catch (PlatformException refused) {
                if (ImportRun.passesBy(refused)) {
                    throw refused;
                }
                left++;
                LOG.log(Level.INFO, () -> object + " " + row.id() + " is not handed over: " + refused.getMessage());
            }
        }
        return left;
    }

    private static void give(RecordSession session, String object, Row row, UUID to) {
        Map<String, @Nullable Object> change = new HashMap<>();
        change.put(SystemField.OWNER, to);
        session.update(object, row.id(), Optional.empty(), change);
    }

    private Batch noted(String tenant, Job job, String object, Reached reached, Page page, long left) {
        Optional<UUID> before = reached.object().equals(object) ? reached.last() : Optional.empty();
        Optional<UUID> last = page.rows().isEmpty()
                ? before
                : Optional.of(page.rows().getLast().id());
        Reached now = new Reached(
                reached.total(),
                reached.processed() + page.rows().size(),
                reached.workItems(),
                reached.leftOver() + left,
                object,
                last);
        return new Batch(now, page.more(), store.advance(tenant, job.id(), node.name(), now, node.claim()));
    }
}
