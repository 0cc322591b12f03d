package dev.tenon.automation.internal;

import dev.tenon.access.ObjectAccess;
import dev.tenon.automation.AutomationError;
import dev.tenon.expression.Expr;
import dev.tenon.expression.ExprBuilder;
import dev.tenon.metadata.model.Field;
import dev.tenon.metadata.model.FieldType;
import dev.tenon.metadata.model.ObjectType;
import dev.tenon.metadata.model.SystemField;
import dev.tenon.records.Query;
import dev.tenon.records.RecordSession;
import dev.tenon.records.Row;
import dev.tenon.sdk.error.PlatformException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Finds records by what people call them: the id, the title, or another text that no two records share. Only records
 * that the importing person may see are found.
 */
final class ReferenceLookup {

    /** The same few hundred names come again and again; a file with a hundred thousand is still bounded. */
    private static final int REMEMBERED = 20_000;

    private static final int ASKED_AT_ONCE = 200;
    private static final int MOST_ROWS = 1000;

    private final RecordSession session;
    private final Map<Key, Set<UUID>> found = new HashMap<>();

    ReferenceLookup(RecordSession session) {
        this.session = session;
    }

    private record Key(String object, String text) {}

    /** Looks up all texts that are not known yet, with few queries. */
    void prepare(String object, List<String> texts) {
        if (found.size() > REMEMBERED) {
            found.clear();
        }
        Set<String> open = new LinkedHashSet<>();
        for (String text : texts) {
            String wanted = text.strip();
            if (!wanted.isEmpty() && asId(wanted).isEmpty() && !found.containsKey(new Key(object, wanted))) {
                open.add(wanted);
            }
        }
        List<String> all = List.copyOf(open);
        for (int at = 0; at < all.size(); at += ASKED_AT_ONCE) {
            ask(object, all.subList(at, Math.min(all.size(), at + ASKED_AT_ONCE)));
        }
    }

    UUID require(String field, String object, String text) {
        Optional<UUID> id = asId(text);
        if (id.isPresent()) {
            return id.get();
        }
        prepare(object, List.of(text));
        Set<UUID> hits = found.getOrDefault(new Key(object, text), Set.of());
        if (hits.size() == 1) {
            return hits.iterator().next();
        }
        AutomationError code =
                hits.isEmpty() ? AutomationError.REFERENCE_NOT_FOUND : AutomationError.REFERENCE_AMBIGUOUS;
        throw code.error()
                .with("field", field)
                .with("value", text)
                .with("object", object)
                .build();
    }

    private void ask(String object, List<String> texts) {
        texts.forEach(t -> found.put(new Key(object, t), new LinkedHashSet<>()));
        List<String> fields = namingFields(object);
        if (fields.isEmpty()) {
            return;
        }
        ExprBuilder builder = new ExprBuilder(session.scope(object));
        List<Expr> wanted = texts.stream().map(builder::literal).toList();
        Expr filter = Expr.FALSE;
        for (String field : fields) {
            filter = Expr.or(filter, builder.in(builder.field(field), wanted));
        }
        Query query = new Query(
                object,
                Query.Selection.of(fields.toArray(String[]::new)),
                Optional.of(filter),
                List.of(),
                MOST_ROWS,
                0,
                false);
        for (Row row : session.query(query).rows()) {
            for (String field : fields) {
                Set<UUID> hits =
                        found.get(new Key(object, String.valueOf(row.values().get(field))));
                if (hits != null) {
                    hits.add(row.id());
                }
            }
        }
    }

    private List<String> namingFields(String object) {
        ObjectAccess access;
        try {
            access = session.access(object);
        } catch (PlatformException notDescribable) {
            return List.of();
        }
        ObjectType type = session.model().requireObject(object);
        List<String> fields = new ArrayList<>();
        for (Field field : type.fields().values()) {
            boolean names = field.name().equals(type.titleField()) || field.unique() || isNumber(field);
            if (names && isText(field) && !field.name().equals(SystemField.ID) && access.mayRead(field.name())) {
                fields.add(field.name());
            }
        }
        return fields;
    }

    private static boolean isNumber(Field field) {
        return field.type() instanceof FieldType.AutoNumber;
    }

    private static boolean isText(Field field) {
        return field.type() instanceof FieldType.Text text && !text.multiline() || isNumber(field);
    }

    private static Optional<UUID> asId(String text) {
        if (text.length() != 36) {
            return Optional.empty();
        }
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }
}
