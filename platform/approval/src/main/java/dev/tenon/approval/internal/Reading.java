package dev.tenon.approval.internal;

import dev.tenon.approval.view.PersonView;
import dev.tenon.expression.Expr;
import dev.tenon.expression.Expr.BinaryOperator;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.records.Query;
import dev.tenon.records.Query.Selection;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads approval objects through the door to records, with the reader's rights, and takes values out of rows. */
final class Reading {

    /** More than any approval of people has. */
    static final int MOST_PARTS = 1_000;

    private static final Selection NAME = Selection.of("name");

    private Reading() {}

    static Expr equal(ExprBuilder build, String field, @Nullable Object value) {
        return build.binary(BinaryOperator.EQUAL, build.field(field), build.literal(value));
    }

    /** The parts of an approval that the reader may see, in the order of a field. */
    static Query.Children parts(RecordSession session, String object, String order, String... people) {
        ExprBuilder build = new ExprBuilder(session.scope(object));
        return new Query.Children(
                object,
                "instance",
                withPeople(people),
                Optional.empty(),
                List.of(new Query.SortKey(build.field(order), false)),
                MOST_PARTS);
    }

    /** All readable fields, and the names of the people the lookups refer to. */
    static Selection withPeople(String... lookups) {
        Map<String, Selection> parents = new java.util.LinkedHashMap<>();
        for (String lookup : lookups) {
            parents.put(lookup, NAME);
        }
        return new Selection(List.of(), parents, Map.of());
    }

    static @Nullable String text(Row row, String field) {
        return row.values().get(field) instanceof String value ? value : null;
    }

    static String text(Row row, String field, String otherwise) {
        String value = text(row, field);
        return value == null ? otherwise : value;
    }

    static @Nullable UUID id(Row row, String field) {
        return row.values().get(field) instanceof UUID value ? value : null;
    }

    static @Nullable Instant time(Row row, String field) {
        return row.values().get(field) instanceof Instant value ? value : null;
    }

    static int number(Row row, String field) {
        return row.values().get(field) instanceof Long value ? Math.toIntExact(value) : 0;
    }

    static @Nullable PersonView person(Row row, String lookup) {
        UUID user = id(row, lookup);
        if (user == null) {
            return null;
        }
        Row person = row.parents().get(lookup);
        String name = person == null ? null : text(person, "name");
        return new PersonView(user, name == null ? "" : name);
    }
}
