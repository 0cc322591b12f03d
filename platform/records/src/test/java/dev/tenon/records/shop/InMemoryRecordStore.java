package dev.tenon.records.shop;

import dev.tenon.expression.EvaluationContext;
import dev.tenon.expression.Evaluator;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Operations;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.records.Aggregation;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.RecordsError;
import dev.tenon.records.port.AggregatePlan;
import dev.tenon.records.port.MatchKeyStore;
import dev.tenon.records.port.QueryPlan;
import dev.tenon.records.port.RecordStore;
import dev.tenon.sdk.record.Attachment;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A fake store for tests of planning and of the save order, for one thread. Conditions that look further are SQL's. */
public final class InMemoryRecordStore implements RecordStore {

    private Map<String, Map<UUID, Map<String, @Nullable Object>>> tables = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private final List<HistoryEntry> history = new ArrayList<>();
    private final List<OutboxEvent> events = new ArrayList<>();
    private final List<StoredAttachment> attachments = new ArrayList<>();
    private final List<String> locks = new ArrayList<>();
    private int depth;

    public List<OutboxEvent> events() {
        return events;
    }

    /** Every lock taken, as object and id. */
    public List<String> locks() {
        return locks;
    }

    private final InMemoryMatchKeys matchKeys =
            new InMemoryMatchKeys(object -> table(object).keySet(), plan -> query(plan, Integer.MAX_VALUE));

    @Override
    public <T> T inTransaction(String tenant, Supplier<T> work) {
        Map<String, Map<UUID, Map<String, @Nullable Object>>> saved = copy();
        List<HistoryEntry> savedHistory = List.copyOf(history);
        List<OutboxEvent> savedEvents = List.copyOf(events);
        depth++;
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            tables = saved;
            history.clear();
            history.addAll(savedHistory);
            events.clear();
            events.addAll(savedEvents);
            throw e;
        } finally {
            depth--;
        }
    }

    private Map<String, Map<UUID, Map<String, @Nullable Object>>> copy() {
        Map<String, Map<UUID, Map<String, @Nullable Object>>> copy = new HashMap<>();
        tables.forEach((object, rows) -> {
            Map<UUID, Map<String, @Nullable Object>> copied = new LinkedHashMap<>();
            rows.forEach((id, row) -> copied.put(id, new HashMap<>(row)));
            copy.put(object, copied);
        });
        return copy;
    }

    @Override
    public boolean transactionRuns() {
        return depth > 0;
    }

    @Override
    public void afterCommit(Runnable work) {
        if (depth > 0) {
            throw new UnsupportedOperationException("not needed by these tests");
        }
        work.run();
    }

    private Map<UUID, Map<String, @Nullable Object>> table(String object) {
        return tables.computeIfAbsent(object, o -> new LinkedHashMap<>());
    }

    /** A record as expressions see it. */
    private final class Values implements EvaluationContext {
        private final Map<String, @Nullable Object> row;
        private final Map<String, @Nullable Object> variables;

        private Values(Map<String, @Nullable Object> row, Map<String, @Nullable Object> variables) {
            this.row = row;
            this.variables = variables;
        }

        @Override
        public @Nullable Object field(List<Expr.Hop> hops, String field) {
            Map<String, @Nullable Object> at = row;
            for (Expr.Hop hop : hops) {
                Map<String, @Nullable Object> next = table(hop.target()).get(at.get(hop.lookup()));
                if (next == null) {
                    return null;
                }
                at = next;
            }
            return at.get(field);
        }

        @Override
        public @Nullable Object variable(String name) {
            if (!variables.containsKey(name)) {
                throw new AssertionError("the plan has no value for " + name);
            }
            return variables.get(name);
        }
    }

    @Override
    public QueryAnswer query(Model model, QueryPlan plan) {
        List<Map<String, @Nullable Object>> answers = query(plan, plan.limit());
        return new QueryAnswer(
                answers,
                plan.count()
                        ? OptionalLong.of(
                                plan.offset() + query(plan, Integer.MAX_VALUE).size())
                        : OptionalLong.empty());
    }

    private List<Map<String, @Nullable Object>> query(QueryPlan plan, int limit) {
        List<Map<String, @Nullable Object>> found = new ArrayList<>();
        for (Map<String, @Nullable Object> row : table(plan.object()).values()) {
            if (Evaluator.holds(plan.where(), new Values(row, plan.variables()))) {
                found.add(row);
            }
        }
        for (QueryPlan.Order order : plan.order().reversed()) {
            found.sort(byValue(order, plan.variables()));
        }
        List<Map<String, @Nullable Object>> limited = new ArrayList<>();
        Map<Object, Integer> perParent = new HashMap<>();
        for (Map<String, @Nullable Object> row : found) {
            boolean take = plan.perParent().isEmpty()
                    || perParent.merge(
                                    String.valueOf(
                                            row.get(plan.perParent().get().field())),
                                    1,
                                    Integer::sum)
                            <= plan.perParent().get().limit();
            if (take) {
                limited.add(row);
            }
        }
        List<Map<String, @Nullable Object>> answers = new ArrayList<>();
        limited.stream().skip(plan.offset()).limit(limit).forEach(row -> {
            Map<String, @Nullable Object> answer = new HashMap<>();
            answer.put("id", row.get("id"));
            answer.put("version", row.get("version"));
            plan.projections()
                    .forEach(p ->
                            answer.put(p.name(), Evaluator.evaluate(p.value(), new Values(row, plan.variables()))));
            answers.add(answer);
        });
        return answers;
    }

    @SuppressWarnings("unchecked")
    private Comparator<Map<String, @Nullable Object>> byValue(
            QueryPlan.Order order, Map<String, @Nullable Object> variables) {
        Comparator<Map<String, @Nullable Object>> comparator = Comparator.comparing(
                row -> (Comparable<Object>) Evaluator.evaluate(order.value(), new Values(row, variables)),
                Comparator.nullsLast(Comparator.naturalOrder()));
        return order.descending() ? comparator.reversed() : comparator;
    }

    @Override
    public List<Map<String, @Nullable Object>> aggregate(Model model, AggregatePlan plan) {
        Map<List<Object>, List<Map<String, @Nullable Object>>> groups = new LinkedHashMap<>();
        for (Map<String, @Nullable Object> row : table(plan.object()).values()) {
            Values values = new Values(row, plan.variables());
            if (Evaluator.holds(plan.where(), values)) {
                List<Object> key = new ArrayList<>();
                plan.groupBy().forEach(k -> key.add(Optional.ofNullable(Evaluator.evaluate(k.value(), values))));
                groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
            }
        }
        List<Map<String, @Nullable Object>> answers = new ArrayList<>();
        groups.forEach((key, rows) -> {
            Map<String, @Nullable Object> answer = new LinkedHashMap<>();
            for (int i = 0; i < key.size(); i++) {
                answer.put(plan.groupBy().get(i).name(), ((Optional<?>) key.get(i)).orElse(null));
            }
            plan.measures().forEach(m -> answer.put(m.name(), measure(m, rows, plan.variables())));
            answers.add(answer);
        });
        return answers;
    }

    private @Nullable Object measure(
            Aggregation.Measure measure,
            List<Map<String, @Nullable Object>> rows,
            Map<String, @Nullable Object> variables) {
        List<Object> values = rows.stream()
                .map(row -> measure.value()
                        .map(v -> Evaluator.evaluate(v, new Values(row, variables)))
                        .orElse(measure.value().isEmpty() ? 1L : null))
                .filter(Objects::nonNull)
                .toList();
        return switch (measure.function()) {
            case COUNT -> (long) values.size();
            case SUM ->
                values.stream()
                        .map(v -> new BigDecimal(v.toString()))
                        .reduce(BigDecimal::add)
                        .orElse(null);
            case COUNT_DISTINCT, MIN, MAX, AVERAGE -> throw new UnsupportedOperationException();
        };
    }

    @Override
    public Optional<StoredRow> lock(Model model, String object, UUID id) {
        locks.add(object + " " + id);
        Map<String, @Nullable Object> row = table(object).get(id);
        return row == null
                ? Optional.empty()
                : Optional.of(new StoredRow(id, (Long) Objects.requireNonNull(row.get("version")), new HashMap<>(row)));
    }

    @Override
    public LockedPage lockAfter(Model model, String object, Optional<UUID> last, int limit) {
        List<StoredRow> rows = table(object).keySet().stream()
                .filter(id ->
                        last.isEmpty() || id.toString().compareTo(last.get().toString()) > 0)
                .sorted(Comparator.comparing(UUID::toString))
                .limit(limit)
                .map(id -> lock(model, object, id).orElseThrow())
                .toList();
        return new LockedPage(
                rows,
                rows.size() < limit
                        ? Optional.empty()
                        : Optional.of(rows.getLast().id()));
    }

    @Override
    public Optional<StoredRow> lockToDelete(Model model, String object, UUID id) {
        return lock(model, object, id);
    }

    @Override
    public List<UUID> keeping(Model model, QueryPlan plan, List<UUID> ids) {
        return matching(model, plan, ids);
    }

    @Override
    public List<UUID> matching(Model model, QueryPlan plan, List<UUID> ids) {
        return ids.stream()
                .filter(id -> table(plan.object()).containsKey(id))
                .filter(id -> Evaluator.holds(
                        plan.where(), new Values(table(plan.object()).getOrDefault(id, Map.of()), plan.variables())))
                .toList();
    }

    @Override
    public void insert(Model model, String object, UUID id, Map<String, @Nullable Object> values) {
        unique(model.requireObject(object), id, values);
        Map<String, @Nullable Object> row = new HashMap<>(values);
        row.put("id", id);
        row.put("version", 1L);
        table(object).put(id, row);
    }

    private void unique(ObjectType type, UUID id, Map<String, @Nullable Object> values) {
        Map<String, @Nullable Object> whole = new HashMap<>(table(type.name()).getOrDefault(id, Map.of()));
        whole.putAll(values);
        type.allKeys().forEach(key -> {
            List<@Nullable Object> mine = keyValues(type, key, whole);
            boolean taken = !mine.contains(null)
                    && table(type.name()).values().stream()
                            .anyMatch(r -> !id.equals(r.get("id")) && mine.equals(keyValues(type, key, r)));
            if (taken) {
                throw RecordsError.DUPLICATE
                        .error()
                        .with("object", type.name())
                        .with("field", String.join(",", key.fields()))
                        .build();
            }
        });
    }

    private static List<@Nullable Object> keyValues(
            ObjectType type, ObjectType.UniqueKey key, Map<String, @Nullable Object> row) {
        List<@Nullable Object> values = new java.util.ArrayList<>();
        for (String field : key.fields()) {
            Object value = row.get(field);
            values.add(value instanceof String text && type.folded(key, field) ? Operations.fold(text) : value);
        }
        return values;
    }

    @Override
    public void insertAll(Model model, String object, List<NewRow> rows) {
        rows.forEach(row -> {
            insert(model, object, row.id(), row.values());
            writeComputed(model, object, row.id(), Map.of("version", row.version()));
        });
    }

    @Override
    public boolean update(Model model, String object, UUID id, long version, Map<String, @Nullable Object> changes) {
        Map<String, @Nullable Object> row = table(object).get(id);
        if (row == null || !Objects.equals(row.get("version"), version)) {
            return false;
        }
        unique(model.requireObject(object), id, changes);
        row.putAll(changes);
        row.put("version", version + 1);
        return true;
    }

    @Override
    public void writeComputed(Model model, String object, UUID id, Map<String, @Nullable Object> values) {
        Objects.requireNonNull(table(object).get(id)).putAll(values);
    }

    @Override
    public void writeComputed(Model model, String object, Map<UUID, Map<String, @Nullable Object>> values) {
        values.forEach((id, row) -> writeComputed(model, object, id, row));
    }

    @Override
    public boolean delete(Model model, String object, UUID id, long version) {
        return table(object).remove(id) != null;
    }

    @Override
    public List<UUID> referring(Model model, String object, String field, List<UUID> targets, int limit) {
        return table(object).entrySet().stream()
                .filter(e -> e.getValue().get(field) instanceof UUID target && targets.contains(target))
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    @Override
    public long nextNumber(Model model, Series series, long count) {
        return numbers.merge(series.toString(), count, Long::sum) - count + 1;
    }

    @Override
    public MatchKeyStore matchKeys() {
        return matchKeys;
    }

    @Override
    public List<HistoryEntry> history(String tenant, String object, UUID id, int limit) {
        return history.stream().filter(e -> e.recordId().equals(id)).toList().reversed();
    }

    @Override
    public void appendJournal(String tenant, List<HistoryEntry> entries, List<OutboxEvent> appended) {
        history.addAll(entries);
        events.addAll(appended);
    }

    @Override
    public void insertAttachment(
            String tenant, String object, UUID recordId, Attachment attachment, String contentHash) {
        attachments.add(new StoredAttachment(object, recordId, attachment, contentHash));
    }

    @Override
    public List<Attachment> attachments(String tenant, String object, UUID recordId) {
        return attachments.stream()
                .filter(a -> a.recordId().equals(recordId))
                .map(StoredAttachment::attachment)
                .toList();
    }

    @Override
    public Optional<StoredAttachment> findAttachment(String tenant, UUID attachmentId) {
        return attachments.stream()
                .filter(a -> a.attachment().id().equals(attachmentId))
                .findFirst();
    }
}
