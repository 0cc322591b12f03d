package dev.tenon.bench.handwritten;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.support.DataAccessUtils;
import org.springframework.jdbc.core.JdbcTemplate;

/** The SQL of the hand-written endpoint. The row rule stands in each statement: own orders, and those of one region. */
class Orders {

    private static final String TABLE = "t_bench.bench__order";

    private static final String COLUMNS = "id, version, code, customer, region, status, quantity, amount, discount,"
            + " express, ordered_on, deliver_at, note, owner, created_at, created_by, updated_at, updated_by";

    private static final String VISIBLE = " (owner = ? or region = 'east') ";

    private final JdbcTemplate jdbc;

    Orders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What a list is narrowed to; empty: not at all. */
    record Filter(
            @Nullable UUID customer,
            @Nullable String status,
            @Nullable BigDecimal amountAbove) {}

    record Total(String region, @Nullable String status, BigDecimal total, long number) {}

    Optional<Order> find(UUID me, UUID id) {
        return Optional.ofNullable(DataAccessUtils.singleResult(jdbc.query(
                "select " + COLUMNS + " from " + TABLE + " where id = ? and" + VISIBLE, Orders::read, id, me)));
    }

    List<Order> list(UUID me, Filter filter, int top) {
        List<Object> values = new ArrayList<>();
        String where = where(me, filter, values);
        values.add(top);
        return jdbc.query(
                "select " + COLUMNS + " from " + TABLE + where + " order by ordered_on desc, id desc limit ?",
                Orders::read,
                values.toArray());
    }

    long count(UUID me, Filter filter) {
        List<Object> values = new ArrayList<>();
        String where = where(me, filter, values);
        Long count = jdbc.queryForObject("select count(*) from " + TABLE + where, Long.class, values.toArray());
        return count == null ? 0 : count;
    }

    private static String where(UUID me, Filter filter, List<Object> values) {
        StringBuilder where = new StringBuilder(" where").append(VISIBLE);
        values.add(me);
        if (filter.customer() != null) {
            where.append("and customer = ? ");
            values.add(filter.customer());
        }
        if (filter.status() != null) {
            where.append("and status = ? ");
            values.add(filter.status());
        }
        if (filter.amountAbove() != null) {
            where.append("and amount > ? ");
            values.add(filter.amountAbove());
        }
        return where.toString();
    }

    List<Total> totals() {
        return jdbc.query(
                "select region, status, sum(amount), count(*) from " + TABLE
                        + " group by region, status order by region, status",
                (row, number) -> new Total(row.getString(1), row.getString(2), row.getBigDecimal(3), row.getLong(4)));
    }

    boolean customerExists(UUID customer) {
        return !jdbc.queryForList("select id from t_bench.bench__customer where id = ?", UUID.class, customer)
                .isEmpty();
    }

    Order insert(UUID me, UUID id, Order.New asked) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        String status = asked.status() == null ? "open" : asked.status();
        jdbc.update(
                "insert into " + TABLE + " (" + COLUMNS + ") values (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                id,
                1L,
                asked.code(),
                asked.customer(),
                asked.region(),
                status,
                asked.quantity(),
                asked.amount(),
                asked.discount(),
                asked.express(),
                asked.orderedOn(),
                utc(asked.deliverAt()),
                asked.note(),
                me,
                utc(now),
                me,
                utc(now),
                me);
        return new Order(
                id,
                1,
                asked.code(),
                asked.customer(),
                asked.region(),
                status,
                asked.quantity(),
                asked.amount(),
                asked.discount(),
                asked.express(),
                asked.orderedOn(),
                asked.deliverAt(),
                asked.note(),
                me,
                now,
                me,
                now,
                me);
    }

    /** False when the order is not there for this person, or no longer in that version. */
    boolean update(UUID me, UUID id, long version, Order.Change change) {
        return jdbc.update(
                        "update " + TABLE + " set amount = coalesce(?, amount), note = coalesce(?, note),"
                                + " version = version + 1, updated_at = ?, updated_by = ?"
                                + " where id = ? and version = ? and" + VISIBLE,
                        change.amount(),
                        change.note(),
                        utc(Instant.now()),
                        me,
                        id,
                        version,
                        me)
                == 1;
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    @SuppressWarnings("NullAway") // which columns may be empty is known from the table
    private static Order read(ResultSet row, int number) throws SQLException {
        return new Order(
                row.getObject(1, UUID.class),
                row.getLong(2),
                row.getString(3),
                row.getObject(4, UUID.class),
                row.getString(5),
                row.getString(6),
                row.getObject(7, Long.class),
                row.getBigDecimal(8),
                row.getBigDecimal(9),
                row.getObject(10, Boolean.class),
                row.getObject(11, LocalDate.class),
                instant(row, 12),
                row.getString(13),
                row.getObject(14, UUID.class),
                instant(row, 15),
                row.getObject(16, UUID.class),
                instant(row, 17),
                row.getObject(18, UUID.class));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
