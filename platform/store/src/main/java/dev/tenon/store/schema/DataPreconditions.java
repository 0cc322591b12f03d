package dev.tenon.store.schema;

import dev.tenon.sdk.error.ErrorDetail;
import dev.tenon.store.Database;
import dev.tenon.store.StoreError;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.SchemaPlan.Precondition;
import dev.tenon.store.sql.ExpressionSql;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/** Looks whether the data allows a change of the tables, so that one that would lose some is refused before it begins. */
final class DataPreconditions {

    private final Database database;

    DataPreconditions(Database database) {
        this.database = database;
    }

    /** Throws with one detail for each column that stands in the way. */
    void require(String tenant, List<Precondition> preconditions) {
        List<ErrorDetail> faults = preconditions.stream()
                .map(p -> fault(tenant, p))
                .flatMap(Optional::stream)
                .toList();
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
            case Precondition.Empty(String object, String table, Column column, ColumnType wanted) -> {
                long values = count(tenant, table, field(column).isNotNull());
                yield fault(StoreError.COLUMN_TYPE_CHANGE, object, column, wanted, values);
            }
            case Precondition.NoReferences(String object, String table, Column column) -> {
                long values = count(tenant, table, field(column).isNotNull());
                yield fault(StoreError.TARGET_IN_USE, object, column, column.type(), values);
            }
            case Precondition.ValuesFit(String object, String table, Column column, ColumnType wanted) -> {
                long values = count(tenant, table, tooLarge(column, wanted));
                yield fault(StoreError.COLUMN_NARROWING, object, column, wanted, values);
            }
            case Precondition.NoDuplicates(String object, String table, List<Column> columns, Set<String> folded) -> {
                long values = duplicates(tenant, table, columns, folded);
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
            StoreError code, String object, Column column, ColumnType wanted, long values) {
        return values == 0
                ? Optional.empty()
                : Optional.of(new ErrorDetail(
                        code,
                        pointer(object, column),
                        Map.of(
                                "object", object,
                                "field", column.field(),
                                "from", column.type().toString(),
                                "to", wanted.toString(),
                                "count", values)));
    }

    private static String pointer(String object, Column column) {
        return "/objects/" + object + "/fields/" + column.field();
    }

    private static Field<?> field(Column column) {
        return DSL.field(DSL.name(column.name()), column.type().valueType());
    }

    private static Condition tooLarge(Column column, ColumnType wanted) {
        return switch (wanted) {
            case ColumnType.Text(int length) ->
                DSL.charLength(field(column).coerce(SQLDataType.VARCHAR)).gt(length);
            case ColumnType.Decimal(int precision, int scale) -> {
                Field<BigDecimal> value = field(column).coerce(SQLDataType.NUMERIC);
                yield DSL.abs(value).ge(BigDecimal.TEN.pow(precision - scale)).or(value.ne(DSL.round(value, scale)));
            }
            case ColumnType.Simple simple -> DSL.noCondition();
        };
    }

    private long count(String tenant, String table, Condition condition) {
        return database.dsl()
                .fetchCount(database.dsl().selectOne().from(in(tenant, table)).where(condition));
    }

    private long duplicates(String tenant, String table, List<Column> columns, Set<String> folded) {
        List<Field<?>> fields = columns.stream()
                .<Field<?>>map(c -> folded.contains(c.field())
                        ? ExpressionSql.fold(database.dsl().dialect(), field(c).coerce(SQLDataType.VARCHAR))
                        : field(c))
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
