package dev.tenon.store.schema;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.sql.ExpressionSql;
import dev.tenon.tenancy.RetypeLoss;
import dev.tenon.tenancy.RetypeLoss.Kind;
import dev.tenon.tenancy.RetypeLosses;
import dev.tenon.tenancy.port.SchemaEvolution.Wanted;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Looks whether the data allows a change of the tables, so that one that would lose some is refused before it begins. */
final class DataPreconditions {

    private static final Field<UUID> ID = DSL.field(DSL.name("id"), SQLDataType.UUID);

    private final Database database;
    private final Catalogue catalogue;

    DataPreconditions(Database database, Catalogue catalogue) {
        this.database = database;
        this.catalogue = catalogue;
    }

    /**
     * Throws with one detail for each column that stands in the way.
     *
     * @param wanted with the digest of the losses that somebody has seen and wants
     */
    void require(String tenant, List<Precondition> preconditions, Wanted wanted) {
        List<ErrorDetail> faults = preconditions.stream()
                .map(p -> fault(tenant, p))
                .flatMap(Optional::stream)
                .collect(Collectors.toCollection(ArrayList::new));
        RetypeLosses losses = losses(tenant, preconditions);
        if (!wanted.confirmed().equals(Optional.of(losses.digest()))) {
            losses.losses().stream()
                    .filter(loss -> wanted.asks() || !LostReferences.KINDS.contains(loss.kind()))
                    .forEach(loss -> faults.add(fault(loss)));
        }
        refuse(faults);
    }

    /** Throws where more would be lost than when somebody looked. */
    void requireNoMore(String tenant, List<Precondition> preconditions, RetypeLosses seen) {
        refuse(losses(tenant, preconditions).losses().stream()
                .filter(loss -> seen.losses().stream()
                        .noneMatch(known -> known.object().equals(loss.object())
                                && known.field().equals(loss.field())
                                && known.kind() == loss.kind()
                                && known.count() >= loss.count()))
                .map(DataPreconditions::fault)
                .toList());
    }

    private static void refuse(List<ErrorDetail> faults) {
        if (!faults.isEmpty()) {
            throw StoreError.SCHEMA_CHANGE_REFUSED
                    .error()
                    .with("count", faults.size())
                    .details(faults)
                    .build();
        }
    }

    private Optional<ErrorDetail> fault(String tenant, Precondition precondition) {
        return switch (precondition) {
            case Precondition.Empty(String object, String table, Column column, String then, String now) -> {
                long values = count(tenant, table, field(column).isNotNull());
                yield fault(StoreError.COLUMN_TYPE_CHANGE, object, column, then, now, values);
            }
            case Precondition.NoReferences(String object, String table, Column column) -> {
                long values = count(tenant, table, field(column).isNotNull());
                String type = column.type().toString();
                yield fault(StoreError.TARGET_IN_USE, object, column, type, type, values);
            }
            case Precondition.Confirmed confirmed -> Optional.empty();
            case Precondition.Returning returning -> Optional.empty();
            case Precondition.NoDuplicates(
                    String object,
                    String table,
                    List<Column> columns,
                    Set<String> folded,
                    List<Recast> recasts) -> {
                long values = duplicates(tenant, table, columns, folded, recasts);
                String fields = columns.stream().map(Column::field).collect(Collectors.joining(", "));
                yield values == 0
                        ? Optional.empty()
                        : Optional.of(new ErrorDetail(
                                StoreError.DUPLICATES_PRESENT,
                                pointer(object, columns.getFirst()),
                                Map.of("object", object, "fields", fields, "count", values)));
            }
        };
    }

    private static Optional<ErrorDetail> fault(
            StoreError code, String object, Column column, String from, String to, long values) {
        return values == 0
                ? Optional.empty()
                : Optional.of(new ErrorDetail(
                        code,
                        pointer(object, column),
                        Map.of(
                                "object", object,
                                "field", column.field(),
                                "from", from,
                                "to", to,
                                "count", values)));
    }

    private static String pointer(String object, Column column) {
        return "/objects/" + object + "/fields/" + column.field();
    }

    private static Field<?> field(Column column) {
        return DSL.field(DSL.name(column.name()), column.type().valueType());
    }

    private static ErrorDetail fault(RetypeLoss loss) {
        return new ErrorDetail(
                StoreError.VALUES_WOULD_BE_LOST,
                "/objects/" + loss.object() + "/fields/" + loss.field(),
                Map.of(
                        "object", loss.object(),
                        "field", loss.field(),
                        "from", loss.from(),
                        "to", loss.to(),
                        "kind", loss.kind(),
                        "count", loss.count()));
    }

    /** Whether every value stays what it is. */
    boolean fits(String tenant, String table, Recast recast) {
        return !database.dsl()
                .fetchExists(DSL.selectOne().from(in(tenant, table)).where(recast.differs()));
    }

    /** What would be lost, with a digest that is another one as soon as one of the records is saved again. */
    RetypeLosses losses(String tenant, List<Precondition> preconditions) {
        List<RetypeLoss> losses = new ArrayList<>();
        StringBuilder state = new StringBuilder();
        for (Precondition precondition : preconditions) {
            if (precondition instanceof Precondition.Confirmed(String object, String table, Recast recast)) {
                loss(tenant, object, table, recast, Kind.EMPTIED, state).ifPresent(losses::add);
                recast.changes()
                        .flatMap(kind -> loss(tenant, object, table, recast, kind, state))
                        .ifPresent(losses::add);
            } else if (precondition instanceof Precondition.Returning returning) {
                loss(tenant, returning, state).ifPresent(losses::add);
            }
        }
        return new RetypeLosses(losses, losses.isEmpty() ? "" : Names.digest(state.toString()));
    }

    private Optional<RetypeLoss> loss(
            String tenant, String object, String table, Recast recast, Kind kind, StringBuilder state) {
        String to = recast.way() == Recast.Way.EMPTIED
                ? Meaning.COMPUTED
                : recast.to().type().toString();
        String from = recast.from().type().toString();
        RetypeLoss one = new RetypeLoss(object, recast.from().field(), from, to, kind, 0);
        return counted(tenant, table, one, which(recast, kind), state, recast.keys());
    }

    private Optional<RetypeLoss> loss(String tenant, Precondition.Returning returning, StringBuilder state) {
        CatalogueContent have = catalogue.read(tenant);
        String type = Meaning.record(returning.target());
        RetypeLoss one = new RetypeLoss(
                returning.object(), returning.column().field(), type, type, LostReferences.kind(returning), 0);
        String table = have.tables().get(returning.object());
        return table == null
                ? Optional.empty()
                : counted(tenant, table, one, LostReferences.lost(tenant, have, returning), state, List.of());
    }

    private Optional<RetypeLoss> counted(
            String tenant, String table, RetypeLoss one, Condition which, StringBuilder state, List<String> keys) {
        var row = database.dsl()
                .select(
                        DSL.count().cast(SQLDataType.BIGINT),
                        DSL.sum(DSL.field(DSL.name("version"), SQLDataType.BIGINT)),
                        DSL.min(DSL.cast(ID, SQLDataType.VARCHAR)),
                        DSL.max(DSL.cast(ID, SQLDataType.VARCHAR)))
                .from(in(tenant, table))
                .where(which)
                .fetchSingle();
        if (row.value1() == 0) {
            return Optional.empty();
        }
        RetypeLoss loss = new RetypeLoss(one.object(), one.field(), one.from(), one.to(), one.kind(), row.value1());
        state.append(loss).append(row).append(keys);
        return Optional.of(loss);
    }

    private static Condition which(Recast recast, Kind kind) {
        return kind == Kind.EMPTIED
                ? recast.emptied()
                : recast.changed().and(recast.value().isNotNull());
    }

    /** The first records that a loss concerns, in the order of their keys. */
    List<UUID> records(String tenant, List<Precondition> preconditions, RetypeLoss loss, int limit) {
        return preconditions.stream()
                .flatMap(
                        p -> concerned(tenant, p, loss).stream().flatMap(which -> first(tenant, which, limit).stream()))
                .toList();
    }

    private record Rows(String table, Condition which) {}

    private Optional<Rows> concerned(String tenant, Precondition precondition, RetypeLoss loss) {
        if (precondition instanceof Precondition.Confirmed(String object, String table, Recast recast)
                && object.equals(loss.object())
                && recast.from().field().equals(loss.field())) {
            return Optional.of(new Rows(table, which(recast, loss.kind())));
        }
        if (precondition instanceof Precondition.Returning returning
                && returning.object().equals(loss.object())
                && returning.column().field().equals(loss.field())
                && LostReferences.kind(returning) == loss.kind()) {
            CatalogueContent have = catalogue.read(tenant);
            return Optional.ofNullable(have.tables().get(returning.object()))
                    .map(table -> new Rows(table, LostReferences.lost(tenant, have, returning)));
        }
        return Optional.empty();
    }

    private List<UUID> first(String tenant, Rows rows, int limit) {
        return database.dsl()
                .select(ID)
                .from(in(tenant, rows.table()))
                .where(rows.which())
                .orderBy(ID)
                .limit(limit)
                .fetch(ID);
    }

    private long count(String tenant, String table, Condition condition) {
        return database.dsl()
                .fetchCount(database.dsl().selectOne().from(in(tenant, table)).where(condition));
    }

    private long duplicates(
            String tenant, String table, List<Column> columns, Set<String> folded, List<Recast> recasts) {
        List<Field<?>> fields = columns.stream()
                .<Field<?>>map(c -> {
                    Field<?> value = recasts.stream()
                            .filter(r -> r.to().equals(c))
                            .findFirst()
                            .<Field<?>>map(Recast::value)
                            .orElseGet(() -> field(c));
                    return folded.contains(c.field())
                            ? ExpressionSql.fold(database.dsl().dialect(), value.coerce(SQLDataType.VARCHAR))
                            : value;
                })
                .toList();
        return database.dsl()
                .fetchCount(database.dsl()
                        .select(fields)
                        .from(in(tenant, table))
                        .where(fields.stream().map(Field::isNotNull).toList())
                        .groupBy(fields)
                        .having(DSL.count().gt(1)));
    }

    private static Table<Record> in(String tenant, String table) {
        return Catalogue.at(tenant, table);
    }
}
