package dev.tenon.store.records.internal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.Record1;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * Selects the rows of an object that are found under keys of duplicate rules.
 *
 * @param keys the table of keys
 * @param first slot of the first key
 * @param number of keys
 */
record KeyedSelect(Table<Record> keys, int first, int number) {

    /** Stands where there are fewer keys than places for them. */
    static final String NO_KEY = "";

    private static final Field<String> KEY = DSL.field(DSL.name("match_key"), SQLDataType.VARCHAR);
    private static final Field<UUID> RECORD = DSL.field(DSL.name("record_id"), SQLDataType.UUID);
    private static final Field<Integer> SHARED = DSL.field(DSL.name("shared"), SQLDataType.INTEGER);
    private static final String FOUND = "found";

    /** Filled up to the next power of two: each length is a statement of its own. */
    static <T> List<T> padded(List<T> values, T filler) {
        int length = values.size() == 1 ? 1 : Integer.highestOneBit(values.size() - 1) * 2;
        List<T> padded = new ArrayList<>(values);
        padded.addAll(Collections.nCopies(length - values.size(), filler));
        return padded;
    }

    Select<?> select(DSLContext dsl, List<Field<?>> fields, Table<?> from, Field<?> id, Condition condition) {
        return number == 1
                ? underOne(dsl, fields, from, id, condition)
                : underSeveral(dsl, fields, from, id, condition);
    }

    private Field<String> key(int place) {
        return DSL.param(PlanShape.name(first + place), SQLDataType.VARCHAR);
    }

    private Select<?> underOne(DSLContext dsl, List<Field<?>> fields, Table<?> from, Field<?> id, Condition condition) {
        Table<?> found = keys.as(FOUND);
        Field<UUID> record = DSL.field(DSL.name(FOUND, RECORD.getName()), SQLDataType.UUID);
        Field<String> under = DSL.field(DSL.name(FOUND, KEY.getName()), SQLDataType.VARCHAR);
        return dsl.select(fields)
                .from(from)
                .join(found)
                .on(record.eq(id.coerce(UUID.class)))
                .where(under.eq(key(0)))
                .and(condition)
                // In the order of the index, as it is declared: only so does each database read no more than it needs.
                .orderBy(under, record.desc())
                .limit(SelectBuilder.LIMIT);
    }

    private Select<?> underSeveral(
            DSLContext dsl, List<Field<?>> fields, Table<?> from, Field<?> id, Condition condition) {
        Select<Record1<UUID>> all = newest(dsl, 0);
        for (int place = 1; place < number; place++) {
            all = all.unionAll(newest(dsl, place));
        }
        Table<?> best = dsl.select(RECORD, DSL.count().as(SHARED))
                .from(all.asTable("every"))
                .groupBy(RECORD)
                .orderBy(SHARED.desc(), RECORD.desc())
                .limit(SelectBuilder.LIMIT)
                .asTable(FOUND);
        Field<UUID> record = DSL.field(DSL.name(FOUND, RECORD.getName()), SQLDataType.UUID);
        return dsl.select(fields)
                .from(from)
                .join(best)
                .on(record.eq(id.coerce(UUID.class)))
                .where(condition)
                .orderBy(
                        DSL.field(DSL.name(FOUND, SHARED.getName()), SQLDataType.INTEGER)
                                .desc(),
                        record.desc());
    }

    private Select<Record1<UUID>> newest(DSLContext dsl, int place) {
        return dsl.select(RECORD)
                .from(dsl.select(RECORD)
                        .from(keys)
                        .where(KEY.eq(key(place)))
                        .orderBy(KEY, RECORD.desc())
                        .limit(SelectBuilder.LIMIT)
                        .asTable("newest" + place));
    }
}
