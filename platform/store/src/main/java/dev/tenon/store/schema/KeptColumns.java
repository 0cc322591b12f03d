package dev.tenon.store.schema;

import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.Model;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.store.Database;
import dev.tenon.store.schema.CatalogueContent.Column;
import dev.tenon.store.schema.CatalogueContent.Former;
import dev.tenon.tenancy.KeptData;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.Condition;
import org.jooq.Record;
import org.jooq.Table;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;
import org.jspecify.annotations.Nullable;

/** The record of data that no model uses, and since when. */
final class KeptColumns {

    private static final org.jooq.Field<String> OBJECT = DSL.field(DSL.name("object_name"), SQLDataType.VARCHAR);
    private static final org.jooq.Field<String> FIELD = DSL.field(DSL.name("field_name"), SQLDataType.VARCHAR);
    private static final org.jooq.Field<String> COLUMN = DSL.field(DSL.name("column_name"), SQLDataType.VARCHAR);
    private static final org.jooq.Field<Long> VERSION = DSL.field(DSL.name("since_version"), SQLDataType.BIGINT);
    private static final org.jooq.Field<Instant> SINCE = DSL.field(DSL.name("kept_since"), SQLDataType.INSTANT);
    private static final org.jooq.Field<Instant> PURGED = DSL.field(DSL.name("purged_at"), SQLDataType.INSTANT);

    /** What nobody would scroll to. */
    private static final int SHOWN = 1_000;

    private final Database database;
    private final Duration keep;

    KeptColumns(Database database, Duration keep) {
        this.database = database;
        this.keep = keep;
    }

    /** A column, or a whole object where field and column are empty texts. */
    record Piece(String object, String field, String column) {

        boolean isObject() {
            return field.isEmpty();
        }
    }

    private static Table<Record> table(String tenant) {
        return Catalogue.at(tenant, "tenon_kept_data");
    }

    /** Pieces that a model does not use, with the version since which. */
    static Map<Piece, Long> unused(CatalogueContent have, Model model) {
        Map<Piece, Long> unused = new LinkedHashMap<>();
        have.tables().keySet().forEach(name -> {
            Optional<ObjectType> object = model.findObject(name);
            if (object.isEmpty()) {
                unused.put(new Piece(name, "", ""), model.version());
                return;
            }
            for (Column column : have.columnsOf(name).values()) {
                if (!uses(object.get(), column.field())) {
                    unused.put(new Piece(name, column.field(), column.name()), model.version());
                }
            }
        });
        for (Former former : have.former()) {
            if (former.settled() && model.findObject(former.object()).isPresent()) {
                unused.put(
                        new Piece(
                                former.object(),
                                former.column().field(),
                                former.column().name()),
                        former.until());
            }
        }
        return unused;
    }

    private static boolean uses(ObjectType object, String field) {
        return field.equals(SystemField.ID)
                || field.equals(SystemField.VERSION)
                || object.findField(field).filter(Field::stored).isPresent();
    }

    /** Brings the record up to what a model uses. */
    void note(String tenant, CatalogueContent have, Model model, Instant now) {
        Map<Piece, Long> unused = unused(have, model);
        Set<Piece> known = new LinkedHashSet<>();
        database.transactions().run(() -> {
            for (Piece piece : open(tenant)) {
                if (unused.containsKey(piece)) {
                    known.add(piece);
                } else {
                    database.dsl()
                            .deleteFrom(table(tenant))
                            .where(is(piece))
                            .and(PURGED.isNull())
                            .execute();
                }
            }
            unused.forEach((piece, version) -> {
                if (!known.contains(piece)) {
                    database.dsl()
                            .insertInto(table(tenant), OBJECT, FIELD, COLUMN, VERSION, SINCE)
                            .values(piece.object(), piece.field(), piece.column(), version, now)
                            .execute();
                }
            });
        });
    }

    private static Condition is(Piece piece) {
        return OBJECT.eq(piece.object()).and(FIELD.eq(piece.field())).and(COLUMN.eq(piece.column()));
    }

    private List<Piece> open(String tenant) {
        return pieces(tenant, DSL.noCondition());
    }

    private List<Piece> pieces(String tenant, Condition which) {
        return database.dsl()
                .select(OBJECT, FIELD, COLUMN)
                .from(table(tenant))
                .where(PURGED.isNull())
                .and(which)
                .orderBy(OBJECT, FIELD, COLUMN)
                .fetch(row -> new Piece(row.value1(), row.value2(), row.value3()));
    }

    /** Pieces whose time is over. */
    List<Piece> expired(String tenant, Instant now) {
        return pieces(tenant, SINCE.le(now.minus(keep)));
    }

    void purged(String tenant, List<Piece> pieces, Instant now) {
        database.transactions()
                .run(() -> pieces.forEach(piece -> database.dsl()
                        .update(table(tenant))
                        .set(PURGED, now)
                        .where(is(piece))
                        .and(PURGED.isNull())
                        .execute()));
    }

    List<KeptData> all(String tenant, CatalogueContent have) {
        return database.dsl()
                .select(OBJECT, FIELD, COLUMN, VERSION, SINCE, PURGED)
                .from(table(tenant))
                .orderBy(VERSION.desc(), OBJECT, FIELD, COLUMN)
                .limit(SHOWN)
                .fetch(row -> new KeptData(
                        row.value1(),
                        row.value2(),
                        isFormer(have.columnsOf(row.value1()).get(row.value2()), row.value3()),
                        row.value4(),
                        row.value5().plus(keep),
                        Optional.ofNullable(row.value6())));
    }

    /** Whether a field goes on with another column. */
    private static boolean isFormer(@Nullable Column present, String column) {
        return present != null && !present.name().equals(column);
    }
}
