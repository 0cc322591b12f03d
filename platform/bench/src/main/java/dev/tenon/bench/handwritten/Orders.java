package dev.tenon.bench.handwritten;

import dev.tenon.sdk.record.RecordIds;
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

/**
 * The SQL of the hand-written endpoint: the statements that the platform sends for the same request, written down. The
 * row rule stands in each of them: own orders, and those of one region.
 */
class Orders {

    private static final String TABLE = "t_bench.bench__order";

    private static final String COLUMNS = "id, version, code, customer, region, status, quantity, amount, discount,"
            + " express, ordered_on, deliver_at, note, owner, created_at, created_by, updated_at, updated_by";

    private static final String VISIBLE = " (o.owner = ? or o.region = 'east') ";

    private static final String WITH_CUSTOMER = COLUMNS.replaceAll("(\\w+)", "o.$1") + ", c.version, c.name";

    private final JdbcTemplate jdbc;

    Orders(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** What a list is narrowed to; empty: not at all. */
    record Filter(
            @Nullable UUID customer,
            @Nullable BigDecimal amountAbove,
            @Nullable LocalDate afterDate,
            @Nullable UUID afterId) {}

    record Total(@Nullable String status, BigDecimal total, long number) {}

    Optional<Order> find(UUID me, UUID id) {
        return one(me, id, "");
    }

    private Optional<Order> one(UUID me, UUID id, String lock) {
        return Optional.ofNullable(DataAccessUtils.singleResult(jdbc.query(
                "select " + COLUMNS + " from " + TABLE + " o where id = ? and" + VISIBLE + lock,
                Orders::read,
                id,
                me)));
    }

    List<Order> list(UUID me, Filter filter, int top) {
        List<Object> values = new ArrayList<>();
        String where = where(me, filter, values);
        values.add(top);
        return jdbc.query(
                "select " + WITH_CUSTOMER + " from " + TABLE
                        + " o left join t_bench.bench__customer c on c.id = o.customer" + where
                        + " order by o.ordered_on desc, o.id desc limit ?",
                Orders::readWithCustomer,
                values.toArray());
    }

    long count(UUID me, Filter filter) {
        List<Object> values = new ArrayList<>();
        String where = where(me, filter, values);
        Long count = jdbc.queryForObject("select count(*) from " + TABLE + " o" + where, Long.class, values.toArray());
        return count == null ? 0 : count;
    }

    private static String where(UUID me, Filter filter, List<Object> values) {
        StringBuilder where = new StringBuilder(" where").append(VISIBLE);
        values.add(me);
        if (filter.customer() != null) {
            where.append("and o.customer = ? ");
            values.add(filter.customer());
        }
        if (filter.amountAbove() != null) {
            where.append("and o.amount > ? ");
            values.add(filter.amountAbove());
        }
        if (filter.afterDate() != null && filter.afterId() != null) {
            where.append("and (o.ordered_on < ? or o.ordered_on = ? and o.id < ?) ");
            values.add(filter.afterDate());
            values.add(filter.afterDate());
            values.add(filter.afterId());
        }
        return where.toString();
    }

    List<Total> totals(UUID me) {
        return jdbc.query(
                "select status, sum(amount), count(*) from " + TABLE + " o where" + VISIBLE
                        + "group by status order by status",
                (row, number) -> new Total(row.getString(1), row.getBigDecimal(2), row.getLong(3)),
                me);
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
        history(me, id, "CREATED", now, List.of(new Changed(null, null, null)));
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
                me,
                null);
    }

    /** The order as it is, locked until the transaction ends. */
    Optional<Order> lock(UUID me, UUID id) {
        return one(me, id, "for update");
    }

    void update(UUID me, Order before, Order.Change change) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
        jdbc.update(
                "update " + TABLE + " set amount = coalesce(?, amount), note = coalesce(?, note),"
                        + " version = version + 1, updated_at = ?, updated_by = ? where id = ? and version = ?",
                change.amount(),
                change.note(),
                utc(now),
                me,
                before.id(),
                before.version());
        List<Changed> changed = new ArrayList<>();
        if (change.amount() != null && change.amount().compareTo(before.amount()) != 0) {
            changed.add(new Changed(
                    "amount", before.amount().toPlainString(), change.amount().toPlainString()));
        }
        if (change.note() != null && !change.note().equals(before.note())) {
            changed.add(new Changed("note", quoted(before.note()), quoted(change.note())));
        }
        history(me, before.id(), "UPDATED", now, changed);
    }

    private static @Nullable String quoted(@Nullable String text) {
        return text == null ? null : '"' + text.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    /** A field with its values before and after, as the history keeps them. */
    private record Changed(
            @Nullable String field,
            @Nullable String before,
            @Nullable String after) {}

    private void history(UUID me, UUID id, String kind, Instant now, List<Changed> changes) {
        UUID save = RecordIds.next();
        jdbc.batchUpdate(
                "insert into t_bench.tenon_history (save_id, object_name, record_id, kind, field_name, old_value,"
                        + " new_value, changed_by, channel, changed_at) values (?,?,?,?,?,?,?,?,?,?)",
                changes.stream()
                        .map(c -> new @Nullable Object[] {
                            save, "bench__Order", id, kind, c.field(), c.before(), c.after(), me, "API", utc(now)
                        })
                        .toList());
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Order read(ResultSet row, int number) throws SQLException {
        return order(row, null);
    }

    private static Order readWithCustomer(ResultSet row, int number) throws SQLException {
        return order(row, new Order.Customer(row.getObject(4, UUID.class), row.getLong(19), row.getString(20)));
    }

    @SuppressWarnings("NullAway") // which columns may be empty is known from the table
    private static Order order(ResultSet row, Order.@Nullable Customer customer) throws SQLException {
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
                row.getObject(18, UUID.class),
                customer);
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
