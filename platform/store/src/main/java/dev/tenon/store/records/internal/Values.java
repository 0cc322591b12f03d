package dev.tenon.store.records.internal;

import dev.tenon.store.schema.ColumnType;
import dev.tenon.store.schema.KeyList;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Values between the platform's Java types and JDBC. */
public final class Values {

    private Values() {}

    /** Binds a value by its Java type. */
    public static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        switch (value) {
            case null -> statement.setNull(index, Types.NULL);
            case String text -> statement.setString(index, text);
            case Long number -> statement.setLong(index, number);
            case Integer number -> statement.setLong(index, number);
            case BigDecimal number -> statement.setBigDecimal(index, number);
            case Boolean truth -> statement.setBoolean(index, truth);
            case UUID id -> statement.setObject(index, id);
            case LocalTime time -> statement.setObject(index, time);
            case List<?> keys -> statement.setString(index, KeyList.text(keys));
            case LocalDate date -> statement.setObject(index, date);
            // Databases round to microseconds; what is read must be what was written, so cut here.
            case Instant instant ->
                statement.setObject(
                        index, instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC));
            default -> statement.setObject(index, value);
        }
    }

    /** Reads a value of a field. */
    public static @Nullable Object read(ResultSet row, int index, ColumnType type) throws SQLException {
        return switch (type) {
            case ColumnType.Text text -> row.getString(index);
            case ColumnType.Sealed sealed -> row.getString(index);
            case ColumnType.Decimal(int precision, int scale) -> {
                BigDecimal number = row.getBigDecimal(index);
                // The column may be wider than the field, and then keeps more digits, all of them zero.
                yield number == null || number.scale() == scale ? number : number.setScale(scale, RoundingMode.HALF_UP);
            }
            case ColumnType.Simple simple ->
                switch (simple) {
                    case WHOLE -> {
                        long number = row.getLong(index);
                        yield row.wasNull() ? null : number;
                    }
                    case BOOL -> {
                        boolean truth = row.getBoolean(index);
                        yield row.wasNull() ? null : truth;
                    }
                    case DATE -> row.getObject(index, LocalDate.class);
                    case INSTANT -> {
                        OffsetDateTime time = row.getObject(index, OffsetDateTime.class);
                        yield time == null ? null : time.toInstant();
                    }
                    case TIME -> row.getObject(index, LocalTime.class);
                    case KEYS -> {
                        String keys = row.getString(index);
                        yield keys == null ? null : KeyList.keys(keys);
                    }
                    case ID -> row.getObject(index, UUID.class);
                };
        };
    }
}
