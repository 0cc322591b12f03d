package dev.tenon.store.tenancy;

import dev.tenon.access.Identity;
import dev.tenon.automation.port.ExportQuery;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.records.HistoryEntry;
import dev.tenon.records.Page;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Records;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists for exports without the data API's query language: the query is the names of fields, sorted by the first. */
final class PlainListReading implements ExportQuery {

    private static final int ROWS = 50;

    private final Records records;

    PlainListReading(Records records) {
        this.records = records;
    }

    @Override
    public Reading open(Identity identity, String object, String query, boolean technicalNames) {
        RecordSession session = records.open(identity, HistoryEntry.Channel.API);
        List<String> fields = Arrays.stream(query.split(","))
                .filter(session.access(object)::mayRead)
                .toList();
        return new Reading() {
            @Override
            public List<String> titles() {
                return fields;
            }

            @Override
            public Chunk read(String after, boolean count) {
                Query.SortKey key =
                        new Query.SortKey(new ExprBuilder(session.scope(object)).field(fields.getFirst()), true);
                Query wanted = new Query(
                        object,
                        Query.Selection.of(fields.toArray(String[]::new)),
                        Optional.empty(),
                        List.of(key),
                        ROWS,
                        0,
                        count);
                Page page = session.query(wanted.from(place(after)));
                List<List<@Nullable Object>> rows = new ArrayList<>();
                page.rows().forEach(row -> {
                    List<@Nullable Object> cells = new ArrayList<>();
                    fields.forEach(field -> cells.add(row.values().get(field)));
                    rows.add(cells);
                });
                String last = page.last()
                        .map(p -> p.id()
                                + (p.values().getFirst() == null
                                        ? ""
                                        : " " + p.values().getFirst()))
                        .orElse(after);
                return new Chunk(rows, last, page.more(), page.count().orElse(-1));
            }
        };
    }

    private static Optional<Query.Place> place(String after) {
        if (after.isEmpty()) {
            return Optional.empty();
        }
        String[] parts = after.split(" ", 2);
        List<@Nullable Object> values = new ArrayList<>();
        values.add(parts.length > 1 ? parts[1] : null);
        return Optional.of(new Query.Place(values, UUID.fromString(parts[0])));
    }
}
