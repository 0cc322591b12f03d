package dev.tenon.records.internal;

import dev.tenon.expression.Expr;
import dev.tenon.records.RecordsError;
import dev.tenon.records.internal.ObjectPlan.FormulaPlan;
import dev.tenon.records.internal.ObjectPlan.RollUpPlan;
import dev.tenon.records.internal.Propagation.Target;
import dev.tenon.records.internal.RecomputationStages.Stage;
import dev.tenon.records.port.RecordStore.LockedPage;
import dev.tenon.records.port.RecordStore.StoredRow;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Computes the fields of a stage for a page of records, whatever their number with a handful of statements: one locks and
 * reads them, one asks for each roll-up, one for each way over lookups, and one writes those that are different.
 */
final class RecomputedPage {

    private final SaveContext context;
    private final Stage stage;
    private final ObjectPlan plan;
    private final List<FormulaPlan> formulas;
    private final Set<RollUpPlan> rollUps;
    private final List<PlatformException> failures = new ArrayList<>();

    RecomputedPage(SaveContext context, Stage stage) {
        this.context = context;
        this.stage = stage;
        this.plan = context.plan(stage.object());
        this.formulas = plan.formulas().stream()
                .filter(formula -> stage.fields().contains(formula.field().name()))
                .toList();
        this.rollUps = new LinkedHashSet<>(plan.rollUps().stream()
                .filter(rollUp -> stage.fields().contains(rollUp.field().name()))
                .toList());
    }

    /**
     * What became of a page.
     *
     * @param reached the last record that was done; empty where there was none
     * @param last behind which there may be more records; empty where there are none
     * @param changed how many of the records got other values
     * @param failures of records that cannot be computed; they keep the values that they have
     */
    record Done(
            int records, Optional<UUID> reached, Optional<UUID> last, long changed, List<PlatformException> failures) {}

    /** To be called in a transaction, which holds the records until its end. */
    Done compute(Optional<UUID> last, int limit) {
        LockedPage page = context.ports().store().lockAfter(context.viewpoint().model(), stage.object(), last, limit);
        List<StoredRow> rows = page.rows();
        Map<Target, Map<String, @Nullable Object>> counted = counted(rows);
        prefetch(rows);
        Map<UUID, Map<String, @Nullable Object>> changes = new LinkedHashMap<>();
        for (StoredRow row : rows) {
            WorkingRecord record = WorkingRecord.existing(
                    plan, row.id(), row.version(), row.values(), context.reader(), context.viewpoint());
            counted.getOrDefault(new Target(stage.object(), row.id()), Map.of()).forEach(record::set);
            if (computed(record) && stage.fields().stream().anyMatch(record::isChanged)) {
                // All of them, so that one statement writes all records.
                Map<String, @Nullable Object> values = new TreeMap<>();
                stage.fields().forEach(field -> values.put(field, record.value(field)));
                changes.put(row.id(), values);
            }
        }
        context.ports().store().writeComputed(context.viewpoint().model(), stage.object(), changes);
        Optional<UUID> reached =
                rows.isEmpty() ? page.last() : Optional.of(rows.getLast().id());
        return new Done(rows.size(), reached, page.last(), changes.size(), failures);
    }

    private Map<Target, Map<String, @Nullable Object>> counted(List<StoredRow> rows) {
        if (rollUps.isEmpty()) {
            return Map.of();
        }
        Map<Target, Set<RollUpPlan>> wanted = new TreeMap<>();
        rows.forEach(row -> wanted.put(new Target(stage.object(), row.id()), rollUps));
        return new RollUpQueries(context).compute(wanted);
    }

    /** Reads what the formulas look at over lookups, each way with one statement and not with one for each record. */
    private void prefetch(List<StoredRow> rows) {
        Set<List<Expr.Hop>> ways = new HashSet<>();
        formulas.forEach(
                formula -> RecomputationStages.hops(formula.expression()).forEach(ways::add));
        List<List<Expr.Hop>> shortFirst = new ArrayList<>(ways);
        shortFirst.sort(Comparator.comparingInt(List::size));
        for (List<Expr.Hop> way : shortFirst) {
            Set<UUID> ids = new HashSet<>();
            rows.forEach(row -> end(row, way).ifPresent(ids::add));
            context.reader().prefetch(way.getLast().target(), ids);
        }
    }

    /** The record that the way leads to; all but its last step have been read. */
    private Optional<UUID> end(StoredRow row, List<Expr.Hop> way) {
        Map<String, @Nullable Object> at = row.values();
        for (Expr.Hop hop : way.subList(0, way.size() - 1)) {
            if (!(at.get(hop.lookup()) instanceof UUID next)) {
                return Optional.empty();
            }
            at = context.reader().row(hop.target(), next);
        }
        return at.get(way.getLast().lookup()) instanceof UUID end ? Optional.of(end) : Optional.empty();
    }

    private boolean computed(WorkingRecord record) {
        try {
            Computation computation = new Computation(context);
            formulas.forEach(formula -> record.set(formula.field().name(), computation.computed(record, formula)));
            return true;
        } catch (PlatformException e) {
            if (e.code() != RecordsError.EXPRESSION_FAILED) {
                throw e;
            }
            failures.add(e);
            return false;
        }
    }
}
