package dev.tenon.store.sql.internal;

import dev.tenon.expression.ValueType;
import org.jooq.DataType;
import org.jooq.impl.SQLDataType;

/** The types of values in statements. */
final class SqlTypes {

    private SqlTypes() {}

    static DataType<?> of(ValueType type) {
        return switch (type) {
            case ValueType.Simple simple ->
                switch (simple) {
                    case TEXT -> SQLDataType.VARCHAR;
                    case INTEGER -> SQLDataType.BIGINT;
                    case DECIMAL -> SQLDataType.NUMERIC;
                    case BOOLEAN -> SQLDataType.BOOLEAN;
                    case DATE -> SQLDataType.LOCALDATE;
                    case DATE_TIME -> SQLDataType.INSTANT;
                    case TIME -> SQLDataType.LOCALTIME;
                    case JSON, ENCRYPTED_TEXT -> SQLDataType.VARCHAR;
                    case ID -> SQLDataType.UUID;
                    case NULL -> SQLDataType.VARCHAR;
                };
            case ValueType.Reference reference -> SQLDataType.UUID;
            // The keys of a field in one text; other lists are never values.
            case ValueType.ListOf list -> SQLDataType.VARCHAR;
        };
    }
}
