package dev.tenon.records.internal;

import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Expr;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.LinkChange;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A record on its way through the save order: its values so far, and what they were before. */
final class WorkingRecord implements EvaluationContext {

    private final ObjectPlan plan;
    private final UUID id;
    private final long version;
    private final Optional<Map<String, @Nullable Object>> before;
    private final Map<String, @Nullable Object> values;
    private final Set<String> asked = new LinkedHashSet<>();
    /** By many-to-many field: what the caller sent, then what of it changes something. */
    private final Map<String, Object> sentLinks = new LinkedHashMap<>();

    private final Map<String, LinkChange> links = new LinkedHashMap<>();
    private final Set<String> confirmed = new LinkedHashSet<>();
    private final RowReader reader;
    private final Viewpoint viewpoint;

    private WorkingRecord(
            ObjectPlan plan,
            UUID id,
            long version,
            Optional<Map<String, @Nullable Object>> before,
            RowReader reader,
            Viewpoint viewpoint) {
        this.plan = plan;
        this.id = id;
        this.version = version;
        this.before = before.map(HashMap::new);
        this.values = new HashMap<>(before.orElse(Map.of()));
        this.reader = reader;
        this.viewpoint = viewpoint;
    }

    /** A record that does not exist yet. */
    static WorkingRecord creating(ObjectPlan plan, UUID id, RowReader reader, Viewpoint viewpoint) {
        return restoring(plan, id, 0, reader, viewpoint);
    }

    /** A record that does not exist now, and had the version when it did. */
    static WorkingRecord restoring(ObjectPlan plan, UUID id, long version, RowReader reader, Viewpoint viewpoint) {
        WorkingRecord record = new WorkingRecord(plan, id, version, Optional.empty(), reader, viewpoint);
        plan.type().fields().keySet().forEach(field -> record.values.put(field, null));
        return record;
    }

    /** An existing record, as it was locked. */
    static WorkingRecord existing(
            ObjectPlan plan,
            UUID id,
            long version,
            Map<String, @Nullable Object> stored,
            RowReader reader,
            Viewpoint viewpoint) {
        return new WorkingRecord(plan, id, version, Optional.of(stored), reader, viewpoint);
    }

    /** The record as it was before the save; itself where there was none. */
    WorkingRecord asItWas() {
        return before.map(stored -> new WorkingRecord(plan, id, version, before, reader, viewpoint))
                .orElse(this);
    }

    /** The record without the caller's value of a field; nothing of it is asked. */
    WorkingRecord without(String field) {
        WorkingRecord rest = new WorkingRecord(plan, id, version, before, reader, viewpoint);
        rest.values.putAll(values);
        rest.values.put(field, valueBefore(field));
        return rest;
    }

    ObjectPlan plan() {
        return plan;
    }

    UUID id() {
        return id;
    }

    /** The version before the save; 0 for a new record. */
    long version() {
        return version;
    }

    boolean isNew() {
        return before.isEmpty();
    }

    Optional<Map<String, @Nullable Object>> before() {
        return before;
    }

    @Nullable
    Object valueBefore(String field) {
        return before.isEmpty() ? null : before.get().get(field);
    }

    @Nullable
    Object value(String field) {
        return values.get(field);
    }

    Map<String, @Nullable Object> values() {
        return Collections.unmodifiableMap(values);
    }

    void set(String field, @Nullable Object value) {
        values.put(field, value);
    }

    /** Sets what a default says. */
    void fill(String field, @Nullable Object value) {
        values.put(field, sealed(field, value));
    }

    private @Nullable Object sealed(String field, @Nullable Object value) {
        return viewpoint.sealed().stored(plan.name(), plan.type().requireField(field), id, value);
    }

    /** Sets what the caller sent; such values are checked against the caller's rights. */
    void ask(Map<String, @Nullable Object> sent) {
        sent.forEach((field, value) -> {
            boolean linking = plan.type().requireField(field).type() instanceof FieldType.ManyToMany;
            if (linking && value != null) {
                sentLinks.put(field, value);
            } else {
                values.put(field, sealed(field, value));
            }
        });
        asked.addAll(sent.keySet());
    }

    /** Lists of ids and {@link LinkChange}s by field, as they were sent. */
    Map<String, Object> sentLinks() {
        return Collections.unmodifiableMap(sentLinks);
    }

    void link(String field, LinkChange change) {
        links.put(field, change);
    }

    /** The links that come and go with this save, by field. */
    Map<String, LinkChange> links() {
        return Collections.unmodifiableMap(links);
    }

    /** The record as if it referred to one of those it links, for a condition on candidates. */
    WorkingRecord referring(String field, UUID linked) {
        WorkingRecord one = new WorkingRecord(plan, id, version, before, reader, viewpoint);
        one.values.putAll(values);
        one.values.put(field, linked);
        return one;
    }

    /** Whether the save changes anything. */
    boolean isChanged() {
        return !links.isEmpty() || !changed().isEmpty();
    }

    /** Whether the field's value differs from before. */
    boolean isChanged(String field) {
        return !same(valueBefore(field), values.get(field));
    }

    /** Whether the caller sent the field and nobody has changed it since. */
    boolean asked(String field) {
        return asked.contains(field);
    }

    /** The saver means the record although the duplicate rule has found another one. */
    void confirm(String rule) {
        confirmed.add(rule);
    }

    Set<String> confirmed() {
        return Collections.unmodifiableSet(confirmed);
    }

    /** A trigger's value takes the place of the caller's. */
    void override(String field, @Nullable Object value) {
        asked.remove(field);
        values.put(field, sealed(field, value));
        if (value != null) {
            References.others(plan.type(), plan.type().requireField(field))
                    .forEach(other -> override(other.name(), null));
        }
    }

    /** Names of fields whose value differs from before; for a new record all that have one. */
    Set<String> changed() {
        Set<String> changed = new LinkedHashSet<>();
        for (String field : plan.type().fields().keySet()) {
            if (isChanged(field)) {
                changed.add(field);
            }
        }
        return changed;
    }

    /** The changed fields with their new values. */
    Map<String, @Nullable Object> changes() {
        Map<String, @Nullable Object> changes = new LinkedHashMap<>();
        changed().forEach(field -> changes.put(field, values.get(field)));
        return changes;
    }

    /** Decimals are the same by value: 1.0 is no change of 1.00. */
    static boolean same(@Nullable Object a, @Nullable Object b) {
        return a instanceof BigDecimal x && b instanceof BigDecimal y ? x.compareTo(y) == 0 : Objects.equals(a, b);
    }

    @Override
    public @Nullable Object field(List<Expr.Hop> hops, String field) {
        Map<String, @Nullable Object> at = values;
        UUID current = id;
        for (Expr.Hop hop : hops) {
            if (!(at.get(hop.lookup()) instanceof UUID next)) {
                return null;
            }
            current = next;
            // A record may refer to itself; then its values are the ones being saved.
            boolean itself = next.equals(id) && hop.target().equals(plan.name());
            at = itself ? values : reader.row(hop.target(), next);
        }
        return field.equals(SystemField.ID) ? (at.isEmpty() ? null : current) : at.get(field);
    }

    @Override
    public @Nullable Object variable(String name) {
        return viewpoint.variable(name);
    }
}
